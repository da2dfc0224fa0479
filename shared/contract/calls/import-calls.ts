import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import { importLimitsSchema } from '@shared/contract/import-limits'
import type { ImportLimits } from '@shared/contract/import-limits'
import type { ImportInspection, ImportSummary } from '@shared/contract/views/import-views'
import type { TaskView } from '@shared/contract/views/task-views'
import { id, recordType, fieldCode, token, nothing } from './call-inputs'

const hiddenRows = v.optional(v.nullable(v.picklist(['include', 'skip'])), null)
const mapping = v.record(v.pipe(v.string(), v.regex(/^\d{1,4}$/)), v.nullable(fieldCode))
/** Texts for fields that no column gives, the same for every row; null leaves it to memory. */
const fills = v.optional(v.nullable(v.record(fieldCode, v.pipe(v.string(), v.maxLength(4_000)))), null)

/** Tables that come in and templates that go out. */
export const importCalls = {
  'import.inspect': call<ImportInspection>()(
    'engine',
    v.strictObject({
      file: token,
      recordType: v.optional(v.nullable(recordType), null),
      sheet: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(255))), null),
      headerRow: v.optional(
        v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
        null,
      ),
    }),
  ),
  /** Checks the whole file without storing anything: the preview with counts. */
  'import.preview': call<TaskView>()(
    'engine',
    v.strictObject({
      file: token,
      recordType,
      sheet: v.string(),
      headerRow: v.pipe(v.number(), v.integer(), v.minValue(1)),
      mapping,
      fills,
      /** Null until the clerk was asked: hidden rows are read, each with a warning. */
      hiddenRows,
    }),
  ),
  'import.run': call<TaskView>()(
    'engine',
    v.strictObject({
      file: token,
      recordType,
      sheet: v.string(),
      headerRow: v.pipe(v.number(), v.integer(), v.minValue(1)),
      mapping,
      fills,
      hiddenRows,
    }),
  ),
  /** Ends every inspection under way: whoever asked has turned away. */
  'import.stopInspecting': call<{ readonly stopped: number }>()('engine', nothing),
  'import.limits': call<ImportLimits>()('engine', nothing),
  /** Null goes back to the defaults. */
  'import.setLimits': call<ImportLimits>()(
    'engine',
    v.strictObject({ limits: v.nullable(importLimitsSchema) }),
  ),
  'import.summary': call<ImportSummary>()('engine', v.strictObject({ importId: id })),
  'import.errorWorkbook': call<{ readonly rows: number }>()(
    'engine',
    v.strictObject({ importId: id, target: token }),
  ),
  'template.write': call<{ readonly recordType: string }>()(
    'engine',
    v.strictObject({ recordType, target: token }),
  ),
  /** Writes the sample workbook of practice, with decisions of the last days. The host asks, not the page. */
  'sample.write': call<{ readonly rows: number }>()('engine', v.strictObject({ target: token })),
} as const

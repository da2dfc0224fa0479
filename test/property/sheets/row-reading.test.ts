import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CompiledType, RawValue } from '@shared/standard/standard'
import { revisionTexts } from '@shared/standard/revision-texts'
import { assessRaw, withoutEchoes } from '@engine/reading/assessment'
import { planOf, standardFor } from '@engine/reading/reading-plan'
import { lookIssues } from '@engine/reading/row-look'
import { readRowTexts, TEXTS_PER_ROW } from '@engine/reading/row-texts'
import { createSheetReading } from '@engine/reading/sheet-reading'
import { loadStandard } from '@engine/standards/standard-loader'
import { cellsAt, encodeRows, rowAt } from '@engine/sheets/row-wire'
import type { ReadingOrder } from '@engine/sheets/reading-order'
import type { SheetRow } from '@engine/sheets/sheet-types'
import { anyRawRecord } from '@test/property/standard/pack-fields'

const standard = loadStandard(
  resolve(import.meta.dirname, '../../../resources/standards/pingxiang-credit/2026.1'),
)
const TODAY = '2026-11-23'

/** The order for a sheet with a column for each field, as it arrives in another process. */
function orderFor(type: CompiledType): ReadingOrder {
  const fields = type.fields.map(({ code }) => code)
  return structuredClone({
    layout: {
      headerRow: 1,
      columns: fields.map((field, column) => ({ field, column })),
      columnOf: new Map(fields.map((field, column) => [field, column])),
      fills: new Map(),
      units: new Map(),
      rivals: [],
      is1904: false,
      markColumn: null,
      hiddenRows: 'include' as const,
      textWidth: null,
    },
    merged: [],
    ...standardFor(standard, { type, conversion: null }),
    today: TODAY,
  })
}

const rowOf = (type: CompiledType, raw: Readonly<Record<string, RawValue>>, row: number): SheetRow => ({
  row,
  cells: type.fields.map(({ code }) => raw[code] ?? null),
})

describe('rows read in the process that reads the file', () => {
  it.each([...standard.types.values()].map((type) => [type.spec.code, type] as const))(
    '%s: arrive as the engine would have read them itself',
    (_, type) => {
      let kept = 0
      const plan = planOf(orderFor(type))
      fc.assert(
        fc.property(fc.array(anyRawRecord(type), { minLength: 1, maxLength: 8 }), (records) => {
          const sent = records.map((raw, at) => rowOf(type, raw, at + 2))
          const made = createSheetReading(orderFor(type))(sent)
          const { rows, read } = structuredClone({ rows: encodeRows(made.rows), read: made.read })
          expect(read.texts).toHaveLength(made.rows.length * TEXTS_PER_ROW)
          expect(made.rows.length + read.skipped.length).toBeGreaterThanOrEqual(records.length)
          for (const place of made.rows.keys()) {
            kept++
            const { row } = rowAt(rows, place)
            const raw = records[row - 2]!
            const assessed = assessRaw(type, raw, TODAY)
            const look = lookIssues(plan, sent[row - 2]!, new Set())
            const own = { ...assessed, issues: withoutEchoes(look, assessed.issues) }
            const arrived = readRowTexts(read.texts, place * TEXTS_PER_ROW)
            const { values, changes, issues, naturalKey, sha256, columns } = arrived.assessment
            expect({ values, changes, issues, naturalKey, sha256, columns }).toEqual(own)
            const texts = Object.fromEntries(
              type.fields.flatMap(({ code }) => (raw[code] === undefined ? [] : [[code, raw[code].text]])),
            )
            expect(arrived.content).toEqual(revisionTexts(texts, own))
            expect(arrived.raw()).toMatchObject(texts)
            expect(cellsAt(rows, place)).toEqual(sent[row - 2]!.cells)
          }
        }),
        { numRuns: 15 },
      )
      expect(kept).toBeGreaterThan(0)
    },
  )
})

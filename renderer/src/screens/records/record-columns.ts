import type { RecordRow } from '@shared/contract/views/record-views'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { shortLabel } from '@renderer/components/field-label'
import { texts } from '@renderer/texts/zh-CN'

/** The columns whose values are copies of payload fields named by the pack. */
export type SearchColumn = 'docNo' | 'subject' | 'code' | 'legalDate'

export interface ColumnHeads {
  readonly docNo: string
  readonly subject: string
  readonly code: string
  readonly legalDate: string
}

const words = texts.records.columns
const general: ColumnHeads = {
  docNo: words.docNo,
  subject: words.subject,
  code: words.code,
  legalDate: words.legalDate,
}

function fieldCodes(spec: RecordTypeSpec): Readonly<Record<SearchColumn, string | null>> {
  return {
    docNo: spec.search.docNo,
    subject: spec.search.subjectName,
    code: spec.search.subjectCode,
    legalDate: spec.legalDate,
  }
}

const labelOf = (spec: RecordTypeSpec, code: string | null): string | null =>
  spec.fields.find((field) => field.code === code)?.label ?? null

/** Heads of the grid: the official labels of one record type, general words over several. */
export function columnHeads(spec: RecordTypeSpec | null): ColumnHeads {
  if (spec === null) return general
  const codes = fieldCodes(spec)
  const head = (column: SearchColumn): string => shortLabel(labelOf(spec, codes[column]) ?? general[column])
  return { docNo: head('docNo'), subject: head('subject'), code: head('code'), legalDate: head('legalDate') }
}

/** Whether the first issue is an error of the desk or of the platform, and not something to confirm. */
const isWrong = (row: RecordRow): boolean =>
  row.quality === 'blocked' || row.delivery === 'rejected' || row.delivery === 'revoked'

/** The column that the first issue of a row is about, or null when the grid does not show its field. */
export function columnInError(row: RecordRow, spec: RecordTypeSpec | null): SearchColumn | null {
  if (!isWrong(row) || row.headlineField === null || spec === null) return null
  const codes = fieldCodes(spec)
  const columns: readonly SearchColumn[] = ['docNo', 'subject', 'code', 'legalDate']
  return columns.find((column) => codes[column] === row.headlineField) ?? null
}

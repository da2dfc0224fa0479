/** The hidden sheet by which the client knows its own workbooks again: templates, and error workbooks. */
import type { FileInspection } from './sheet-types'

/** Name of the sheet; readers do not report it as hidden data. */
export const MARK_SHEET = '_xinbao'

/** Row of the hidden sheet with the field code of each column, `''` for a column that passes through. */
export const CODES_ROW = 2
/** Row of the hidden sheet with the header texts as they were written. */
const HEADERS_ROW = 3

const WORDS = { template: 'xinbao-template', errors: 'xinbao-errors' } as const

/** For which record type and standard a workbook of ours was made. */
export interface TemplateMark {
  readonly kind: keyof typeof WORDS
  readonly standard: string
  readonly version: string
  readonly recordType: string
}

/** What a workbook of ours says of itself when it comes back. */
export interface ReadMark extends TemplateMark {
  /** Field codes by column as they were written, `''` for none. */
  readonly codes: readonly string[]
  /** Header texts by column as they were written; empty for a template, whose headers the pack knows. */
  readonly headers: readonly string[]
}

/** The first row of the hidden sheet. */
export function markCells({ kind, standard, version, recordType }: TemplateMark): readonly string[] {
  return [WORDS[kind], standard, version, recordType]
}

/** The mark of a workbook of ours; null for every other file. */
export function templateMarkOf(inspection: FileInspection): ReadMark | null {
  const rows = inspection.sheets.find(({ name }) => name === MARK_SHEET)?.firstRows ?? []
  const textsOf = (at: number): readonly string[] =>
    Array.from(rows.find(({ row }) => row === at)?.cells ?? [], (cell) => cell?.text ?? '')
  const [word, standard, version, recordType] = textsOf(1)
  const kind = (['template', 'errors'] as const).find((each) => WORDS[each] === word)
  if (kind === undefined || !standard || !version || !recordType) return null
  const headers = kind === 'errors' ? textsOf(HEADERS_ROW) : []
  return { kind, standard, version, recordType, codes: textsOf(CODES_ROW), headers }
}

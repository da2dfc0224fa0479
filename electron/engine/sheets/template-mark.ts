/** The hidden sheet by which the client knows its own templates again. */
import type { FileInspection } from './sheet-types'

/** Name of the sheet; readers do not report it as hidden data. */
export const MARK_SHEET = '_xinbao'

const MARK = 'xinbao-template'

/** For which record type and standard a template was made. */
export interface TemplateMark {
  readonly standard: string
  readonly version: string
  readonly recordType: string
}

/** The first row of the hidden sheet. */
export function markCells({ standard, version, recordType }: TemplateMark): readonly string[] {
  return [MARK, standard, version, recordType]
}

/** The mark of a file that was filled in from a template of ours; null for every other file. */
export function templateMarkOf(inspection: FileInspection): TemplateMark | null {
  const row = inspection.sheets.find(({ name }) => name === MARK_SHEET)?.firstRows[0]
  const [mark, standard, version, recordType] = (row?.cells ?? []).map((cell) => cell?.text ?? '')
  if (mark !== MARK || !standard || !version || !recordType) return null
  return { standard, version, recordType }
}

/** Keeps what an inspection sends to the parent small, whatever the cells of a file refer to. */
import type { FileInspection, SheetRow } from './sheet-types'

/** Longer texts are not needed to know a column by. */
const CELL_CHARS = 1_000
/** Beyond so many characters in all only the beginnings are sent. */
const TOTAL_CHARS = 2 * 1024 * 1024
const SHORT_CHARS = 20

/** The inspection with long texts of its first rows cut; a string that ten thousand cells share would be sent as often. */
export function clipPreview(inspection: FileInspection): FileInspection {
  let left = TOTAL_CHARS
  const clip = (text: string): string => {
    const kept = left > 0 ? text.slice(0, CELL_CHARS) : text.slice(0, SHORT_CHARS)
    left -= kept.length
    return kept.toWellFormed()
  }
  const clipRow = (row: SheetRow): SheetRow => ({
    ...row,
    cells: row.cells.map((cell) => (cell === null ? null : { ...cell, text: clip(cell.text) })),
  })
  return {
    ...inspection,
    sheets: inspection.sheets.map((sheet) => ({ ...sheet, firstRows: sheet.firstRows.map(clipRow) })),
  }
}

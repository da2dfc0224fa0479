/** How the workbooks of the client write cells: as text, whatever the text looks like. */
import type { Cell, Fill } from 'exceljs'

/** Excel's format for text; a formula or a number typed into such a cell stays text. */
export const TEXT_FORMAT = '@'
export const FONT_NAME = '微软雅黑'
const CELL_CHARS = 32_767

export const headerFill = solid('FFDCE6F1')
export const badFill = solid('FFFFC7CE')

/**
 * Writes a text so that it is read back as this text: never a formula, never a number, never an escape of Excel's own,
 * never longer than a cell.
 */
export function writeText(cell: Cell, text: string): void {
  cell.numFmt = TEXT_FORMAT
  cell.value = plainText(text)
}

/** The stored form of a text. */
export function plainText(text: string): string {
  const whole = text.toWellFormed()
  const cut = whole.length <= CELL_CHARS ? whole : whole.slice(0, CELL_CHARS).toWellFormed()
  return cut.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

/** A sheet name that Excel takes: no forbidden signs, at most 31 characters, not empty. */
export function sheetName(title: string, fallback: string): string {
  const name = title
    .replace(/[[\]:*?/\\]/g, ' ')
    .trim()
    .slice(0, 31)
    .toWellFormed()
  return name === '' || name.startsWith("'") ? fallback : name
}

function solid(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } }
}

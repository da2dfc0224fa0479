/** How the workbooks of the client write cells: as text, whatever the text looks like. */
import type { Cell, CellErrorValue, Fill, Row } from 'exceljs'
import type { RawValue } from '@shared/standard/standard'

/** Excel's format for text; a formula or a number typed into such a cell stays text. */
export const TEXT_FORMAT = '@'
export const FONT_NAME = '微软雅黑'
const CELL_CHARS = 32_767

export const headerFill = solid('FFDCE6F1')
export const badFill = solid('FFFFC7CE')
export const doubtfulFill = solid('FFFFEB9C')

/** What Excel itself puts for a failed formula; any other word would make the workbook unreadable for it. */
const ERROR_WORDS: ReadonlySet<string> = new Set([
  '#N/A',
  '#REF!',
  '#NAME?',
  '#DIV/0!',
  '#NULL!',
  '#VALUE!',
  '#NUM!',
])

/**
 * Writes a text so that it is read back as this text: never a formula, never a number, never an escape of Excel's own,
 * never longer than a cell.
 */
export function writeText(cell: Cell, text: string): void {
  cell.numFmt = TEXT_FORMAT
  cell.value = plainText(text)
}

/**
 * Writes a cell of a source file so that it means the same when it is read again: a number or an error in it stays
 * one, for as a text it could pass for a value that somebody typed; all else is text. What is typed over it is text.
 */
export function writeSourceCell(cell: Cell, source: RawValue & { readonly struck?: true }): void {
  const { text, kind, struck } = source
  const number = Number(text)
  writeText(cell, text)
  if (kind === 'number' && Number.isFinite(number)) cell.value = number
  else if (kind === 'error') {
    cell.value = { error: ERROR_WORDS.has(text) ? text : '#VALUE!' } as CellErrorValue
  }
  if (struck === true) cell.font = { name: FONT_NAME, strike: true }
}

/** Fills a row with texts, which stay texts, and lets go of it. */
export function addTexts(row: Row, texts: readonly string[]): void {
  texts.forEach((text, index) => {
    if (text !== '') writeText(row.getCell(index + 1), text)
  })
  row.commit()
}

/** Fills a row with the names of columns and lets go of it. */
export function addHeader(row: Row, texts: readonly string[]): void {
  texts.forEach((text, index) => {
    const cell = row.getCell(index + 1)
    writeText(cell, text)
    cell.fill = headerFill
    cell.font = { name: FONT_NAME, bold: true }
  })
  row.commit()
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

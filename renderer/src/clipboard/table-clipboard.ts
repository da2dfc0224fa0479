import Papa from 'papaparse'

/** Cells of a table as text, row by row. */
export type TextTable = readonly (readonly string[])[]

/**
 * A cell that Excel would take for a formula gets an apostrophe in front, which makes it text. The same signs as those
 * OWASP names for CSV injection: = + - @, tab and carriage return.
 */
const asText = (cell: string): string => (/^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell)

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/gu,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  )

/** Cells by tabs and rows by line ends, as Excel copies them. No cell becomes a formula where it is pasted. */
export const tableText = (table: TextTable): string =>
  Papa.unparse(
    table.map((row) => row.map(asText)),
    { delimiter: '\t', newline: '\r\n' },
  )

/**
 * The same as a page that Excel and WPS prefer to plain text: every cell is marked as text, so that long numbers keep
 * all their digits.
 */
export function tableHtml(table: TextTable): string {
  const cell = (text: string): string =>
    `<td style="mso-number-format:'\\@'">${escaped(asText(text)).replace(/\r?\n/gu, '<br>')}</td>`
  const rows = table.map((row) => `<tr>${row.map(cell).join('')}</tr>`)
  return `<table>${rows.join('')}</table>`
}

/** The cells exactly as they are, all quoted, for a reader that must not guess what separates them. */
export const tableCsv = (table: TextTable): string =>
  Papa.unparse(
    table.map((row) => [...row]),
    { quotes: true, newline: '\r\n' },
  )

/** What was copied in Excel or WPS, cell by cell; empty rows at the end are left out. */
export function readTable(text: string): TextTable {
  const { data } = Papa.parse<string[]>(text, { delimiter: '\t' })
  const last = data.findLastIndex((row) => row.some((cell) => cell.trim() !== ''))
  return data.slice(0, last + 1)
}

/** Writes what a desk holds as a workbook to keep or to print: one sheet a record type, a row a record. */
import { addHeader, addTexts, sheetName } from './workbook-cells'
import { writeStreamed } from './workbook-stream'

/** The records of one type. */
export interface LedgerSheet {
  /** Name of the sheet; `code` where Excel would not take it. */
  readonly title: string
  readonly code: string
  readonly headers: readonly string[]
  /** Cells in the order of the headers. */
  readonly rows: Iterable<readonly string[]>
}

const COLUMN_WIDTH = 20

/** Writes the sheets in order. Refuses `output.not-writable`. */
export const writeLedger = (sheets: readonly LedgerSheet[], target: string): Promise<void> =>
  writeStreamed(target, (writer) => {
    for (const { title, code, headers, rows } of sheets) {
      const sheet = writer.addWorksheet(sheetName(title, code), { views: [{ state: 'frozen', ySplit: 1 }] })
      headers.forEach((_, index) => (sheet.getColumn(index + 1).width = COLUMN_WIDTH))
      addHeader(sheet.getRow(1), headers)
      let at = 1
      for (const row of rows) addTexts(sheet.getRow(++at), row)
      sheet.commit()
    }
    return Promise.resolve()
  })

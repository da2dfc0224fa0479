/** Floors of the import: what merely reading the file takes. */
import ExcelJS from 'exceljs'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { raisedLimits } from './raised-limits'

type Program = (args: readonly string[]) => Promise<void>

/** Reads a file with the product's own reader and nothing else. */
const readOwn: Program = async ([path = '']) => {
  const source = await openSheetFile({ path }, { ...defaultSheetLimits, ...raisedLimits.caps })
  let rows = 0
  for await (const lot of source.rows(null)) rows += lot.length
  console.log(rows)
}

/** Reads a workbook with ExcelJS in its frugal way, row by row, and nothing else. */
const readExcelJs: Program = async ([path = '']) => {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
  })
  let rows = 0
  for await (const sheet of reader) for await (const row of sheet) if (row.hasValues) rows++
  console.log(rows)
}

/** Reads a workbook with ExcelJS as most programs do, whole, and nothing else. */
const readExcelJsWhole: Program = async ([path = '']) => {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  console.log(workbook.worksheets[0]?.actualRowCount ?? 0)
}

export const readerPrograms = {
  'read-own': readOwn,
  'read-exceljs': readExcelJs,
  'read-exceljs-whole': readExcelJsWhole,
}

/**
 * Writes the rows of an import that have problems back into a workbook laid out like the source: the clerk mends the
 * red cells and imports this very file again. A second sheet lists every problem.
 */
import { createWriteStream } from 'node:fs'
import ExcelJS, { type Worksheet } from 'exceljs'
import { errorWorkbookTexts } from '@shared/texts/zh-CN/workbook-texts'
import { columnLetters } from './cell-address'
import { writeWhole } from './output-file'
import { badFill, FONT_NAME, headerFill, sheetName, writeText } from './workbook-cells'

/** One problem of one row. */
export interface RowProblem {
  /** Zero-based column of the source; null when it is about the whole row or a field without a column. */
  readonly column: number | null
  /** Label of the field; `''` for the whole row. */
  readonly field: string
  readonly value: string
  /** The sentence. */
  readonly message: string
  /** What to do about it; `''` when the sentence says it all. */
  readonly remedy: string
}

/** One row of the source with its raw texts. */
export interface FaultyRow {
  /** As Excel shows it in the source. */
  readonly row: number
  readonly cells: readonly string[]
  readonly problems: readonly RowProblem[]
}

/** The content of an error workbook. */
export interface ErrorWorkbook {
  /** Title of the first sheet. */
  readonly title: string
  /** Header texts by column, as in the source. */
  readonly headers: readonly string[]
  /** Only rows that have problems. */
  readonly rows: Iterable<FaultyRow> | AsyncIterable<FaultyRow>
}

const NOTE_CHARS = 1_000

/** Writes an error workbook and gives the number of rows in it. Refuses `output.not-writable`. */
export async function writeErrorWorkbook(workbook: ErrorWorkbook, target: string): Promise<number> {
  let count = 0
  await writeWhole(target, async (path) => {
    count = await writeTo(workbook, path)
  })
  return count
}

async function writeTo({ title, headers, rows }: ErrorWorkbook, path: string): Promise<number> {
  const file = createWriteStream(path)
  // exceljs waits for the end of its stream only, so a disk that is full would never be heard of.
  const failed = new Promise<never>((_, reject) => file.on('error', reject))
  failed.catch(() => {})
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: file,
    useStyles: true,
    useSharedStrings: false,
  })
  const sheet = writer.addWorksheet(sheetName(title, errorWorkbookTexts.rowHeader), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  const reasons = writer.addWorksheet(errorWorkbookTexts.reasonSheet, {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  headers.forEach((_, index) => (sheet.getColumn(index + 1).width = 20))
  ;[8, 8, 28, 30, 60, 60].forEach((width, index) => (reasons.getColumn(index + 1).width = width))
  addHeader(sheet, 1, headers)
  addHeader(reasons, 1, errorWorkbookTexts.reasonColumns)
  let count = 0
  let reasonRow = 1
  for await (const row of rows) {
    count++
    addRow(sheet, count + 1, row)
    for (const problem of row.problems) addReason(reasons, ++reasonRow, row.row, problem)
  }
  sheet.commit()
  reasons.commit()
  await Promise.race([writer.commit(), failed])
  return count
}

function addHeader(sheet: Worksheet, at: number, texts: readonly string[]): void {
  const row = sheet.getRow(at)
  texts.forEach((text, index) => {
    const cell = row.getCell(index + 1)
    writeText(cell, text)
    cell.fill = headerFill
    cell.font = { name: FONT_NAME, bold: true }
  })
  row.commit()
}

function addRow(sheet: Worksheet, at: number, { cells, problems }: FaultyRow): void {
  const row = sheet.getRow(at)
  cells.forEach((text, index) => {
    if (text !== '') writeText(row.getCell(index + 1), text)
  })
  const byColumn = Map.groupBy(problems, ({ column }) => column ?? 0)
  for (const [column, here] of byColumn) {
    const cell = row.getCell(column + 1)
    writeText(cell, cells[column] ?? '')
    if (here.some((problem) => problem.column !== null)) cell.fill = badFill
    cell.note = here
      .map(({ field, message }) => (field === '' ? message : `${field}：${message}`))
      .join('\n')
      .slice(0, NOTE_CHARS)
      .toWellFormed()
  }
  row.commit()
}

function addReason(sheet: Worksheet, at: number, sourceRow: number, problem: RowProblem): void {
  const { column, field, value, message, remedy } = problem
  const row = sheet.getRow(at)
  const place = column === null ? errorWorkbookTexts.wholeRow : columnLetters(column + 1)
  ;[String(sourceRow), place, field, value, message, remedy].forEach((text, index) => {
    if (text !== '') writeText(row.getCell(index + 1), text)
  })
  row.commit()
}

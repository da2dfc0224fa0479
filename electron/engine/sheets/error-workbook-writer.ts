/**
 * Writes the rows of an import that have problems back into a workbook laid out like the source: the clerk mends the
 * coloured cells and imports this very file again. A second sheet lists every problem; a hidden one says which column
 * is which field, so that the file is read as its source was.
 */
import type { Worksheet } from 'exceljs'
import type { Severity } from '@shared/standard/issue'
import type { RawValue } from '@shared/standard/standard'
import { errorSeverityTexts, errorWorkbookTexts } from '@shared/texts/zh-CN/workbook-texts'
import { columnLetters } from './cell-address'
import { CODES_ROW, markCells, MARK_SHEET, type TemplateMark } from './template-mark'
import {
  addHeader,
  addTexts,
  badFill,
  doubtfulFill,
  sheetName,
  writeSourceCell,
  writeText,
} from './workbook-cells'
import { writeStreamed } from './workbook-stream'
import type { StreamedWorkbook } from './workbook-stream'

/** One problem of one row. */
export interface RowProblem {
  /** Zero-based column; null when it is about the whole row or a field without a column. */
  readonly column: number | null
  /** Label of the field; `''` for the whole row. */
  readonly field: string
  readonly value: string
  readonly severity: Severity
  /** The sentence. */
  readonly message: string
  /** What to do about it. */
  readonly remedy: string
  /** Id of the rule that found it. */
  readonly rule: string
}

/** A cell of the source. */
export type SourceCell = RawValue & { readonly struck?: true }

/** One row of the source as it stood there. */
export interface FaultyRow {
  /** As Excel shows it in the source. */
  readonly row: number
  readonly cells: readonly SourceCell[]
  readonly problems: readonly RowProblem[]
}

/** The content of an error workbook. */
export interface ErrorWorkbook {
  /** Title of the first sheet. */
  readonly title: string
  readonly mark: Omit<TemplateMark, 'kind'>
  /** Header texts by column, as in the source. */
  readonly headers: readonly string[]
  /** Field code by column, `''` for a column that passes through. */
  readonly codes: readonly string[]
  /** Only rows that have problems. */
  readonly rows: Iterable<FaultyRow> | AsyncIterable<FaultyRow>
}

const NOTE_CHARS = 1_000
const COLUMN_WIDTH = 20
const REASON_WIDTHS = [8, 8, 8, 24, 30, 8, 60, 50, 28]

/** Writes an error workbook and gives the number of rows in it. Refuses `output.not-writable`. */
export async function writeErrorWorkbook(workbook: ErrorWorkbook, target: string): Promise<number> {
  let count = 0
  await writeStreamed(target, async (writer) => {
    count = await writeSheets(workbook, writer)
  })
  return count
}

async function writeSheets(workbook: ErrorWorkbook, writer: StreamedWorkbook): Promise<number> {
  const { title, mark, headers, codes, rows } = workbook
  const sheet = writer.addWorksheet(sheetName(title, errorWorkbookTexts.rowHeader), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  const reasons = writer.addWorksheet(errorWorkbookTexts.reasonSheet, {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  const marks = writer.addWorksheet(MARK_SHEET, { state: 'veryHidden' })
  headers.forEach((_, index) => (sheet.getColumn(index + 1).width = COLUMN_WIDTH))
  REASON_WIDTHS.forEach((width, index) => (reasons.getColumn(index + 1).width = width))
  addTexts(marks.getRow(1), markCells({ ...mark, kind: 'errors' }))
  addTexts(marks.getRow(CODES_ROW), codes)
  addTexts(marks.getRow(CODES_ROW + 1), headers)
  addHeader(sheet.getRow(1), headers)
  addHeader(reasons.getRow(1), errorWorkbookTexts.reasonColumns)
  let at = 1
  let reasonRow = 1
  for await (const row of rows) {
    addRow(sheet, ++at, row)
    for (const problem of row.problems) {
      addTexts(reasons.getRow(++reasonRow), reasonTexts(at, row.row, problem))
    }
  }
  for (const each of [sheet, reasons, marks]) each.commit()
  return at - 1
}

function addRow(sheet: Worksheet, at: number, { cells, problems }: FaultyRow): void {
  const row = sheet.getRow(at)
  cells.forEach((cell, index) => {
    if (cell.text !== '') writeSourceCell(row.getCell(index + 1), cell)
  })
  const byColumn = Map.groupBy(problems, ({ column }) => column ?? 0)
  for (const [column, here] of byColumn) {
    const cell = row.getCell(column + 1)
    if ((cells[column]?.text ?? '') === '') writeText(cell, '')
    if (here.some(({ severity }) => severity === 'error')) cell.fill = badFill
    else if (here.some(({ severity }) => severity === 'warning')) cell.fill = doubtfulFill
    cell.note = here.map(noteOf).join('\n').slice(0, NOTE_CHARS).toWellFormed()
  }
  row.commit()
}

function noteOf({ field, message, remedy }: RowProblem): string {
  const sentence = field === '' || message.includes(field) ? message : `${field}：${message}`
  return remedy === '' ? sentence : `${sentence}\n${remedy}`
}

/** The cells of the reason sheet, in the order of its columns. */
function reasonTexts(at: number, sourceRow: number, problem: RowProblem): readonly string[] {
  const { column, field, value, severity, message, remedy, rule } = problem
  const place = column === null ? errorWorkbookTexts.wholeRow : columnLetters(column + 1)
  return [
    String(at),
    String(sourceRow),
    place,
    field,
    value,
    errorSeverityTexts[severity],
    message,
    remedy,
    rule,
  ]
}

/** Writes the report of a month as a workbook: the monthly table first, then what is behind it. */
import ExcelJS, { type Workbook, type Worksheet } from 'exceljs'
import type {
  ConcealmentRisk,
  IndicatorId,
  MonthlyLine,
  MonthReport,
  RateView,
  ReportTrends,
} from '@shared/contract/views/report-views'
import { indicatorIds } from '@shared/contract/views/report-views'
import { fill } from '@shared/texts/fill'
import {
  basisTexts,
  indicatorFormulas,
  indicatorTexts,
  monthlyColumns,
  reportGroupTexts,
  reportWorkbookTexts as words,
} from '@shared/texts/zh-CN/reports'
import { writeWhole } from './output-file'
import { FONT_NAME, headerFill, sheetName, writeText } from './workbook-cells'

/** Everything that the workbook shows. */
export interface ReportBook {
  readonly month: MonthReport
  readonly trends: ReportTrends
  readonly risk: ConcealmentRisk
}

type CellValue = string | number | RateView

const RATE_FORMAT = '0.0%'
const COUNT_FORMAT = '#,##0'

/** Writes the report to a file and gives the number of its sheets. Refuses `output.not-writable`. */
export async function writeReportWorkbook(book: ReportBook, target: string): Promise<number> {
  const workbook = new ExcelJS.Workbook()
  addTable(workbook, book.month)
  addRates(workbook, book.month)
  addTrend(workbook, book.trends)
  addCauses(workbook, book.trends)
  addGaps(workbook, book.risk)
  await writeWhole(target, (path) => workbook.xlsx.writeFile(path))
  return workbook.worksheets.length
}

/** The basis of what was not reported, in words; a dash when everything was. */
export function basisText(line: Omit<MonthlyLine, 'type' | 'title' | 'group'>): string {
  const parts = (['classified', 'simpleProcedure', 'notPublic', 'withoutBasis'] as const)
    .filter((key) => line[key] > 0)
    .map((key) => fill(basisTexts[key], { count: line[key] }))
  return parts.length === 0 ? words.none : parts.join('，')
}

function put(sheet: Worksheet, row: number, values: readonly CellValue[], isHead = false): void {
  values.forEach((value, index) => {
    const cell = sheet.getCell(row, index + 1)
    if (typeof value === 'string') writeText(cell, value)
    else if (typeof value === 'number') {
      cell.value = value
      cell.numFmt = COUNT_FORMAT
    } else if (value.rate === null) writeText(cell, words.none)
    else {
      cell.value = value.rate
      cell.numFmt = RATE_FORMAT
    }
    cell.font = { name: FONT_NAME, bold: isHead }
    cell.border = {
      top: { style: 'thin' },
      left: { style: 'thin' },
      bottom: { style: 'thin' },
      right: { style: 'thin' },
    }
    cell.alignment = { vertical: 'middle', wrapText: typeof value === 'string' }
    if (isHead) cell.fill = headerFill
  })
}

function addSheet(workbook: Workbook, title: string, widths: readonly number[]): Worksheet {
  const sheet = workbook.addWorksheet(sheetName(title, title), {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  widths.forEach((width, index) => (sheet.getColumn(index + 1).width = width))
  return sheet
}

function addTable(workbook: Workbook, report: MonthReport): void {
  const sheet = addSheet(workbook, words.table, [40, 10, 14, 10, 12, 36, 12, 16])
  writeText(sheet.getCell(1, 1), fill(words.tableTitle, { bureau: report.bureauName, month: report.month }))
  sheet.mergeCells(1, 1, 1, 8)
  sheet.getCell(1, 1).font = { name: FONT_NAME, bold: true, size: 16 }
  sheet.getCell(1, 1).alignment = { horizontal: 'center' }
  put(sheet, 2, Object.values(monthlyColumns), true)
  const rowOf = (title: string, line: MonthReport['total']): readonly CellValue[] => [
    title,
    line.produced,
    '',
    line.reported,
    line.unreported,
    basisText(line),
    line.stored,
    line.published,
  ]
  let row = 3
  for (const line of report.lines) put(sheet, row++, rowOf(line.title, line))
  put(sheet, row++, rowOf(words.total, report.total), true)
  const notes = [
    ...(report.nil.length > 0
      ? [fill(words.nil, { groups: report.nil.map((group) => reportGroupTexts[group]).join('、') })]
      : []),
    ...(report.isRunning ? [fill(words.running, { today: report.today })] : []),
    words.due,
  ]
  for (const text of notes) {
    writeText(sheet.getCell(row, 1), text)
    sheet.mergeCells(row, 1, row++, 8)
  }
}

function addRates(workbook: Workbook, { indicators, before }: MonthReport): void {
  const sheet = addSheet(workbook, words.rates, [16, 10, 10, 10, 10, 60])
  put(sheet, 1, words.rateColumns, true)
  indicatorIds.forEach((id: IndicatorId, index) => {
    const { part, whole } = indicators[id]
    put(sheet, index + 2, [
      indicatorTexts[id],
      indicators[id],
      before[id],
      part,
      whole,
      indicatorFormulas[id],
    ])
  })
}

function addTrend(workbook: Workbook, trends: ReportTrends): void {
  const sheet = addSheet(workbook, words.trend, [12, 10, 10, 10, 10, 10])
  put(sheet, 1, words.trendColumns, true)
  trends.months.forEach((month, index) => {
    const rates = trends.indicators[index]!
    put(sheet, index + 2, [
      month,
      rates.compliance,
      rates.late,
      rates.reporting,
      trends.produced[index] ?? 0,
      trends.lastYear[index] ?? 0,
    ])
  })
}

function addCauses(workbook: Workbook, { causes, months }: ReportTrends): void {
  const sheet = addSheet(workbook, words.causes, [20, 60, 8, ...months.map(() => 9)])
  put(sheet, 1, [...words.causeColumns, ...months], true)
  causes.forEach(({ code, meaning, total, counts }, index) =>
    put(sheet, index + 2, [code, meaning, total, ...counts]),
  )
}

function addGaps(workbook: Workbook, risk: ConcealmentRisk): void {
  const sheet = addSheet(workbook, words.gaps, [32, 8, 8, 28, 28])
  put(sheet, 1, words.gapColumns, true)
  risk.gaps.forEach(({ series, from, to, before, after }, index) =>
    put(sheet, index + 2, [series, from, to, before, after]),
  )
  if (risk.gaps.length === 0) writeText(sheet.getCell(2, 1), words.noGaps)
}

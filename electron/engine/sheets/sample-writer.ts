import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import * as v from 'valibot'
import type { RecordTypeSpec } from '@shared/standard/pack'

const sampleSchema = v.object({
  recordType: v.string(),
  fileName: v.string(),
  sheet: v.string(),
  title: v.string(),
  columns: v.array(v.string()),
  rows: v.array(
    v.object({
      decidedDaysAgo: v.number(),
      dateSpelling: v.optional(v.picklist(['iso', 'chinese', 'dotted']), 'iso'),
      longTerm: v.optional(v.boolean(), false),
      values: v.record(v.string(), v.string()),
    }),
  ),
})

/** The invented rows of the sample workbook; dates are relative, so that the sample never looks years late. */
export type Sample = v.InferOutput<typeof sampleSchema>

/** Reads the sample rows from the resource folder. */
export const loadSample = (resourceDir: string): Sample =>
  v.parse(
    sampleSchema,
    JSON.parse(readFileSync(join(resourceDir, 'templates', 'sample-licences.json'), 'utf8')),
  )

const DAY_MS = 86_400_000
const shifted = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)

/** Samples are spelled the way real files are: import has to cope with all of them. */
const spellings: Readonly<Record<Sample['rows'][number]['dateSpelling'], (date: string) => string>> = {
  iso: (date) => date,
  chinese: (date) => `${date.slice(0, 4)}年${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`,
  dotted: (date) => date.replaceAll('-', '.'),
}

function rowValues(
  row: Sample['rows'][number],
  today: string,
  bureau: Bureau,
): Readonly<Record<string, string>> {
  const decidedOn = shifted(today, -row.decidedDaysAgo)
  const spell = spellings[row.dateSpelling]
  return {
    XK_JDRQ: spell(decidedOn),
    XK_YXQZ: spell(decidedOn),
    XK_YXQZI: row.longTerm ? '长期' : spell(shifted(decidedOn, 5 * 365)),
    XK_XKJG: bureau.name,
    XK_XKJGDM: bureau.code,
    XK_LYDW: bureau.name,
    XK_LYDWDM: bureau.code,
    ...row.values,
    XK_WSH: (row.values['XK_WSH'] ?? '').replace('{year}', decidedOn.slice(0, 4)),
  }
}

interface Bureau {
  readonly code: string
  readonly name: string
}

/**
 * Writes the sample workbook of practice mode: a title row, a header of official labels in row 2, some rows with the
 * mistakes that clerks meet every day.
 */
export async function writeSample(
  sample: Sample,
  spec: RecordTypeSpec,
  bureau: Bureau,
  today: string,
  path: string,
): Promise<void> {
  const labels = new Map(spec.fields.map((field) => [field.code, field.label]))
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet(sample.sheet, { views: [{ state: 'frozen', ySplit: 2 }] })
  sheet.addRow([sample.title]).font = { bold: true, size: 14 }
  sheet.addRow(sample.columns.map((column) => labels.get(column) ?? column)).font = { bold: true }
  for (const row of sample.rows) {
    const values = rowValues(row, today, bureau)
    sheet.addRow(sample.columns.map((column) => values[column] ?? ''))
  }
  for (const [index, column] of sample.columns.entries()) {
    const target = sheet.getColumn(index + 1)
    target.numFmt = '@'
    target.width = spec.fields.find((field) => field.code === column)?.width ?? 16
  }
  await workbook.xlsx.writeFile(path)
}

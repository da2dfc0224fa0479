import ExcelJS from 'exceljs'
import { soundLicence } from '@test/integration/engine-records/records-bench'
import type { RecordsBench } from '@test/integration/engine-records/records-bench'

/** Every record of the desk: head revision and quality by id. */
export function desk({ pages, deadlines }: RecordsBench): ReadonlyMap<string, readonly [number, string]> {
  const rows = pages.pageAfter({
    type: null,
    filter: 'all',
    sort: 'doc_no',
    after: null,
    limit: 1_000,
    delivery: null,
    clock: null,
    days: deadlines.clockDays(),
  }).rows
  return new Map(rows.map((row) => [row.recordId, [row.headRevision, row.quality] as const]))
}

/** The fields of a sound licence, in order. */
export const fields = Object.keys(soundLicence)
type Cell = ExcelJS.CellValue

/** A sound licence by number, with other cells where it is to be different. */
export const licence = (
  number: number,
  changes: Readonly<Record<string, Cell>> = {},
): Readonly<Record<string, Cell>> => ({
  ...soundLicence,
  XK_WSH: `萍市监许〔2026〕${number}号`,
  ...changes,
})

/** Writes rows under a header of field codes. */
export async function writeRows(
  path: string,
  rows: readonly Readonly<Record<string, Cell>>[],
  headers: readonly string[] = fields,
): Promise<void> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('许可')
  sheet.addRow([...headers])
  for (const row of rows) sheet.addRow(headers.map((field) => row[field] ?? null))
  await workbook.xlsx.writeFile(path)
}

/** Imports a file and writes the error workbook of the import. */
export async function importWithErrors(bench: RecordsBench, name: string, errors: string, changes = {}) {
  const summary = await bench.importFile(bench.at(name), changes)
  const rows = await bench.intake.writeErrorWorkbook(summary.importId!, bench.at(errors))
  return { summary, rows }
}

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { withBenchFolder } from './bench-folder'
import type { ImportTold } from './desk-programs'
import { printFigures } from './figure-table'
import { writeLicenceCsv, writeLicenceWorkbook } from './licence-file'
import { licenceColumns } from './licence-rows'
import { measure, measureEngine } from './measured-process'
import type { StoreTold } from './store-programs'

/** Programs that only read the file, by what they are called; ExcelJS reads workbooks only. */
const readers = {
  'our reader': { program: 'read-own', readsCsv: true },
  'ExcelJS row by row': { program: 'read-exceljs', readsCsv: false },
  'ExcelJS whole': { program: 'read-exceljs-whole', readsCsv: false },
} as const

/**
 * Imports licences end to end (read, normalise, check, encrypt, store) by the engine, beside what merely reading the
 * same file takes, and what merely inserting the same rows into an encrypted store takes.
 */
export const benchImport = (rows: number, isCsv: boolean): Promise<void> =>
  withBenchFolder(async (folder) => {
    const path = join(folder, isCsv ? 'licences.csv' : 'licences.xlsx')
    const desk = join(folder, 'desk')
    const copy = join(folder, 'copy')
    await (isCsv ? writeLicenceCsv : writeLicenceWorkbook)({ path, rows, hasIssues: true })
    const { size } = statSync(path)
    const read = []
    for (const [floor, { program, readsCsv }] of Object.entries(readers)) {
      if (isCsv && !readsCsv) continue
      const measured = await measure<number>(program, path)
      if (measured.told !== rows + 1) throw new Error(`${floor} read ${measured.told} of ${rows + 1} rows`)
      read.push({ ...measured, floor })
    }
    await measure('new-desk', desk)
    const caps = rows > defaultSheetLimits.rows || size > defaultSheetLimits.fileBytes ? 'raised' : 'usual'
    const imported = await measureEngine<ImportTold>('import', desk, path, caps)
    await measure('new-desk', copy)
    const { insertMs } = (await measure<StoreTold>('store-alone', desk, copy)).told
    const floors = [...read, { floor: 'inserts', wallMs: insertMs }]
    const { told } = imported
    const megabytes = (size / 2 ** 20).toFixed(1)
    printFigures(
      `Import of ${rows} licences x ${licenceColumns.length} columns, ${megabytes} MB ${isCsv ? '.csv' : '.xlsx'}: ` +
        `${told.imported} stored, ${told.clean} clean, ${told.blocked} blocked`,
      [
        ...read.map((measured) => ({ what: `floor: reading it, ${measured.floor}`, ...measured })),
        { what: 'floor: inserting its rows, encrypted, no reading', wallMs: insertMs },
        {
          what: 'import, check and store',
          ...imported,
          beside: Object.fromEntries(floors.map(({ floor, wallMs }) => [floor, imported.wallMs / wallMs])),
        },
      ],
    )
  })

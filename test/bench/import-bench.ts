import { statSync } from 'node:fs'
import { join } from 'node:path'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { withBenchFolder } from './bench-folder'
import type { ImportTold } from './desk-programs'
import { printFigures } from './figure-table'
import { writeLicenceCsv, writeLicenceWorkbook } from './licence-file'
import { licenceColumns } from './licence-rows'
import { measure } from './measured-process'

/**
 * Imports licences end to end (read, normalise, check, encrypt, store) by the engine, beside what merely reading the
 * same file takes: with the product's own reader, and with ExcelJS (workbooks only).
 */
export const benchImport = (rows: number, isCsv: boolean): Promise<void> =>
  withBenchFolder(async (folder) => {
    const path = join(folder, isCsv ? 'licences.csv' : 'licences.xlsx')
    const desk = join(folder, 'desk')
    await (isCsv ? writeLicenceCsv : writeLicenceWorkbook)({ path, rows, hasIssues: true })
    const { size } = statSync(path)
    await measure('new-desk', desk)
    const own = await measure<number>('read-own', path)
    const excelJs = isCsv ? null : await measure<number>('read-exceljs', path)
    const caps = rows > defaultSheetLimits.rows || size > defaultSheetLimits.fileBytes ? 'raised' : 'usual'
    const imported = await measure<ImportTold>('import', desk, path, caps)
    for (const read of [own, ...(excelJs === null ? [] : [excelJs])])
      if (read.told !== rows + 1) throw new Error(`a floor read ${read.told} of ${rows + 1} rows`)
    const { told } = imported
    const megabytes = (size / 2 ** 20).toFixed(1)
    printFigures(
      `Import of ${rows} licences x ${licenceColumns.length} columns, ${megabytes} MB ${isCsv ? '.csv' : '.xlsx'}: ` +
        `${told.imported} stored, ${told.clean} clean, ${told.blocked} blocked`,
      [
        { what: 'floor: reading it, our own reader', ...own },
        ...(excelJs === null ? [] : [{ what: 'floor: reading it, ExcelJS row by row', ...excelJs }]),
        {
          what: 'import, check and store',
          ...imported,
          beside: {
            'our reader': imported.wallMs / own.wallMs,
            ...(excelJs === null ? {} : { ExcelJS: imported.wallMs / excelJs.wallMs }),
          },
        },
      ],
    )
  })

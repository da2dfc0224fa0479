import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testBureau } from '@test/fixtures/invented-subjects'
import { printFigures } from './figure-table'
import { writeLicenceCsv, writeLicenceWorkbook } from './licence-rows'
import { commandLine, measure, part } from './measured-process'

/** Decisions of this day are neither late nor in the future at the instant of the rehearsal. */
const DECIDED_ON = '2026-11-10'
const NOW = '2026-11-16T09:00:00+08:00'

/**
 * Imports licences end to end (read, normalise, check, encrypt, store) through the command line, beside what merely
 * reading the same file takes: with the product's own reader, and with ExcelJS (workbooks only).
 */
export async function benchImport(rows: number, isCsv: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-bench-import-'))
  try {
    const path = join(folder, isCsv ? 'licences.csv' : 'licences.xlsx')
    const desk = join(folder, 'desk')
    const file = { path, rows, decidedOn: DECIDED_ON, hasIssues: true }
    await (isCsv ? writeLicenceCsv(file) : writeLicenceWorkbook(file))
    await measure(
      commandLine('init', '--data', desk, '--bureau-code', testBureau.code, '--bureau-name', testBureau.name),
    )
    const own = await measure(part('read-own', path))
    const excelJs = isCsv ? null : await measure(part('read-exceljs', path))
    const imported = await measure(
      commandLine('import', path, '--type', 'XZXK_FR', '--data', desk, '--json', '--now', NOW),
    )
    const counts = JSON.parse(imported.stdout) as { imported: number; clean: number; blocked: number }
    const megabytes = (statSync(path).size / 2 ** 20).toFixed(1)
    printFigures(
      `import of ${rows} licences x 26 columns, ${megabytes} MB ${isCsv ? '.csv' : '.xlsx'}: ` +
        `${counts.imported} stored, ${counts.clean} clean, ${counts.blocked} blocked`,
      [
        { what: 'floor: our own reader alone', ...own },
        ...(excelJs === null ? [] : [{ what: 'floor: ExcelJS alone', ...excelJs }]),
        {
          what: 'import, check and store',
          ...imported,
          ratios: {
            'our own reader': imported.wallMs / own.wallMs,
            ...(excelJs === null ? {} : { ExcelJS: imported.wallMs / excelJs.wallMs }),
          },
        },
      ],
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

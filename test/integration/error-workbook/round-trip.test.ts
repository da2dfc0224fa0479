import type ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { mendMessyRow, mendWorkbook } from '@test/fixtures/mended-workbook'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { recordsBench } from '@test/integration/engine-records/records-bench'
import type { RecordsBench } from '@test/integration/engine-records/records-bench'
import { desk, fields, importWithErrors, licence, writeRows } from './workbook-desk'

let entry: BundledEntry
const newBench = (): RecordsBench => recordsBench(nodeSheetLauncher(entry.path))

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())

describe('an error workbook that comes back', () => {
  it('mends the same drafts: no new record, one more revision each, none lost, nothing twice', async () => {
    const bench = newBench()
    const { blocked } = await writeMessyLicences(bench.at('a.xlsx'), 300)
    const { rows } = await importWithErrors(bench, 'a.xlsx', 'errors.xlsx')
    const before = desk(bench)
    expect(before.size).toBe(300)
    let red = 0
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('mended.xlsx'), (row) => {
      if (row.red.length > 0) red++
      mendMessyRow(row)
    })
    expect(red).toBe(blocked.size)
    const mended = await bench.importFile(bench.at('mended.xlsx'))
    expect(mended).toMatchObject({ rows, imported: 0, updated: red, skipped: rows - red, blocked: 0 })
    const after = desk(bench)
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort())
    for (const [recordId, [revision, quality]] of before) {
      const wasBlocked = quality === 'blocked'
      expect(after.get(recordId)).toEqual([revision + (wasBlocked ? 1 : 0), wasBlocked ? 'clean' : quality])
    }
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({
      imported: 0,
      updated: 0,
      skipped: rows,
    })
    expect(await bench.importFile(bench.at('a.xlsx'))).toMatchObject({
      imported: 0,
      updated: 0,
      skipped: 300,
    })
    expect(bench.audit.firstBroken()).toBeNull()
  })

  it('changes nothing when nobody mended it, whatever kinds of cells it holds', async () => {
    const bench = newBench()
    await writeRows(bench.at('a.xlsx'), [
      licence(1, { XK_XDR_SHXYM: 913_603_021_000_000_000 }),
      licence(2, { XK_NR: { error: '#N/A' } as ExcelJS.CellErrorValue }),
      licence(3, { XK_JDRQ: 46_336 }),
      licence(4, { XK_JDRQ: new Date('2026-02-28T00:00:00Z'), XK_XDR_SHXYM: '9.13603E+17' }),
      licence(5, { XK_ZT: true, XK_XDR_MC: '无' }),
      licence(6, { XK_NR: { formula: '"a"&"b"', result: '=1+1' }, XK_XDR_MC: '' }),
      licence(7, { XK_XDR_SHXYM: { formula: 'A1', result: 913_603_021_000_000_000 } }),
    ])
    const { rows } = await importWithErrors(bench, 'a.xlsx', 'errors.xlsx')
    expect(rows).toBe(7)
    const before = desk(bench)
    expect(await bench.importFile(bench.at('errors.xlsx'))).toMatchObject({
      imported: 0,
      updated: 0,
      skipped: rows,
    })
    expect(desk(bench)).toEqual(before)
  })

  it('goes round as often as it takes: what is still wrong comes in a second error workbook', async () => {
    const bench = newBench()
    await writeMessyLicences(bench.at('a.xlsx'), 120)
    await importWithErrors(bench, 'a.xlsx', 'errors.xlsx')
    const before = [...desk(bench).keys()].sort()
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('half.xlsx'), (row) => {
      // Every second row is mended; in the others one wrong value gives way to another.
      if (row.number % 2 === 0) mendMessyRow(row)
      else for (const header of row.red) row.set(header, '无')
    })
    const half = await importWithErrors(bench, 'half.xlsx', 'errors-2.xlsx')
    expect(half.summary.blocked).toBeGreaterThan(0)
    await mendWorkbook(bench.at('errors-2.xlsx'), bench.at('whole.xlsx'), (row) => mendMessyRow(row))
    expect(await bench.importFile(bench.at('whole.xlsx'))).toMatchObject({ imported: 0, blocked: 0 })
    const after = desk(bench)
    expect([...after.keys()].sort()).toEqual(before)
    expect([...after.values()].filter(([, quality]) => quality === 'blocked')).toEqual([])
  })

  it('adds no draft for rows that repeat a key, however often they come', async () => {
    const bench = newBench()
    await writeRows(bench.at('a.xlsx'), [
      licence(1, { XK_JDRQ: '2026-13-40' }),
      licence(1, { XK_NR: '另一内容内容' }),
      licence(1, { XK_NR: '第三种内容内容' }),
    ])
    await importWithErrors(bench, 'a.xlsx', 'errors.xlsx')
    const before = desk(bench)
    expect(before.size).toBe(3)
    for (const name of ['errors.xlsx', 'a.xlsx', 'errors.xlsx'])
      expect(await bench.importFile(bench.at(name)), name).toMatchObject({
        imported: 0,
        updated: 0,
        skipped: 3,
      })
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('mended.xlsx'), (row) => {
      if (row.number === 2) row.set('XK_JDRQ', '2026-11-18')
      else row.set('XK_WSH', `萍市监许〔2026〕${row.number}号`)
    })
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({
      imported: 0,
      updated: 3,
      clean: 3,
    })
    expect([...desk(bench).keys()].sort()).toEqual([...before.keys()].sort())
  })

  it('never lets a copied row overwrite the record of its original', async () => {
    const bench = newBench()
    await writeRows(bench.at('a.xlsx'), [licence(1, { XK_NR: '' })])
    await importWithErrors(bench, 'a.xlsx', 'errors.xlsx')
    const [recordId] = [...desk(bench).keys()]
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('mended.xlsx'), (row, sheet) => {
      row.set('XK_NR', '准予从事食品经营')
      const copy = sheet.addRow(sheet.getRow(2).values)
      copy.getCell(fields.indexOf('XK_WSH') + 1).value = '萍市监许〔2026〕2号'
    })
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({
      imported: 1,
      updated: 1,
      clean: 2,
    })
    expect(bench.records.find(recordId!)).toMatchObject({ docNo: '萍市监许〔2026〕1号' })
  })
})

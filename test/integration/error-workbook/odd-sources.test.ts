import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { recordMarkHeader } from '@shared/texts/zh-CN/import-texts'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { mendWorkbook } from '@test/fixtures/mended-workbook'
import { goodCells } from '@test/integration/acceptance/messy-rows'
import { recordsBench } from '@test/integration/engine-records/records-bench'
import type { RecordsBench } from '@test/integration/engine-records/records-bench'
import { desk, fields, importWithErrors, licence, writeRows } from './workbook-desk'

let entry: BundledEntry
const newBench = (): RecordsBench => recordsBench(nodeSheetLauncher(entry.path))

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())

describe('the error workbook of an odd source', () => {
  it('is read by the columns that a person chose for its source, pass-through columns and all', async () => {
    const bench = newBench()
    const headers = [...fields.map((field) => (field === 'XK_NR' ? '甲栏' : field)), '内部编号', '']
    await writeRows(
      bench.at('a.xlsx'),
      [
        { ...licence(1), 甲栏: '', 内部编号: 'N-1', '': '旁注' },
        { ...licence(2), 甲栏: '准予从事食品经营', 内部编号: 'N-2' },
      ],
      headers,
    )
    const at = headers.indexOf('甲栏')
    const { rows } = await importWithErrors(bench, 'a.xlsx', 'errors.xlsx', { mapping: { [at]: 'XK_NR' } })
    expect(rows).toBe(1)
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('mended.xlsx'), (row, sheet) => {
      expect(sheet.getRow(1).values).toEqual([
        undefined,
        ...headers.slice(0, -1),
        undefined,
        recordMarkHeader,
      ])
      expect(row.texts).toMatchObject({ 甲栏: '', 内部编号: 'N-1' })
      expect(sheet.getRow(2).getCell(headers.length).text).toBe('旁注')
      expect(row.red).toEqual(['甲栏'])
      row.set('甲栏', '准予从事食品经营')
    })
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({
      imported: 0,
      updated: 1,
      clean: 1,
    })
  })

  it('is read by the two header rows of its source, of which it has only the lower one', async () => {
    const bench = newBench()
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('许可')
    const from = fields.indexOf('XK_YXQZ')
    expect(fields[from + 1]).toBe('XK_YXQZI')
    sheet.addRow(fields.map((_, at) => (at === from ? '有效期' : null)))
    sheet.mergeCells(1, from + 1, 1, from + 2)
    sheet.addRow(fields.map((field, at) => (at === from ? '自' : at === from + 1 ? '至' : field)))
    sheet.addRow(Object.values(licence(1, { XK_NR: '' })))
    await workbook.xlsx.writeFile(bench.at('a.xlsx'))
    const { summary } = await importWithErrors(bench, 'a.xlsx', 'errors.xlsx')
    expect(Object.keys(summary.issueCounts)).toEqual(['field.required'])
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('mended.xlsx'), (row) => {
      row.set('XK_NR', '准予从事食品经营')
      row.set('至', '2030-01-31')
    })
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({
      imported: 0,
      updated: 1,
      clean: 1,
    })
    const [recordId] = [...desk(bench).keys()]
    expect(bench.records.revision(recordId!, 2)?.values['XK_YXQZI']).toBe('2030-01-31')
  })

  it('reads bare day numbers as the same days when its source counted from 1904', async () => {
    const bench = newBench()
    const workbook = new ExcelJS.Workbook()
    workbook.properties.date1904 = true
    const sheet = workbook.addWorksheet('许可')
    sheet.addRow(fields)
    // 44,882 days after 1904-01-01 are 2026-11-18.
    sheet.addRow(Object.values(licence(1, { XK_JDRQ: 44_882, XK_NR: '' })))
    await workbook.xlsx.writeFile(bench.at('a.xlsx'))
    await importWithErrors(bench, 'a.xlsx', 'errors.xlsx')
    const [recordId] = [...desk(bench).keys()]
    const day = (): string | undefined => {
      const { headRevision } = bench.records.find(recordId!)!
      return bench.records.revision(recordId!, headRevision)?.values['XK_JDRQ']
    }
    expect(day()).toBe('2026-11-18')
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('mended.xlsx'), (row) =>
      row.set('XK_NR', '准予从事食品经营'),
    )
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({ imported: 0, updated: 1 })
    expect(day()).toBe('2026-11-18')
  })

  it('reads amounts in the unit that its source was in', async () => {
    const bench = newBench()
    const { CF_NR_FK: fine, ...rest } = goodCells('XZCF_FR', 400)
    const headers = [...Object.keys(rest), '罚款金额（元）']
    const row = { ...rest, CF_NR: '罚款5000元', CF_SY: '', '罚款金额（元）': '5000' }
    expect(fine).toBe('0.5')
    await writeRows(bench.at('a.xlsx'), [row], headers)
    const mapping = { [headers.length - 1]: 'CF_NR_FK' }
    await importWithErrors(bench, 'a.xlsx', 'errors.xlsx', { recordType: 'XZCF_FR', mapping })
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('mended.xlsx'), (seen) => {
      expect(seen.texts['罚款金额（元）']).toBe('5000')
      seen.set('CF_SY', '超出许可范围从事经营活动')
    })
    const request = { recordType: 'XZCF_FR' }
    expect(await bench.importFile(bench.at('mended.xlsx'), request)).toMatchObject({ updated: 1, blocked: 0 })
    const [recordId] = [...desk(bench).keys()]
    expect(bench.records.revision(recordId!, 2)?.values['CF_NR_FK']).toBe('0.5')
  })

  it('has a column for a required field that its source lacked', async () => {
    const bench = newBench()
    await writeRows(
      bench.at('a.xlsx'),
      [licence(1), licence(2)],
      fields.filter((field) => field !== 'XK_NR'),
    )
    await importWithErrors(bench, 'a.xlsx', 'errors.xlsx')
    await mendWorkbook(bench.at('errors.xlsx'), bench.at('mended.xlsx'), (row) => {
      expect(row.red).toEqual(['许可内容'])
      row.set('许可内容', '准予从事食品经营')
    })
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({
      imported: 0,
      updated: 2,
      clean: 2,
    })
    expect(desk(bench).size).toBe(2)
  })
})

import ExcelJS from 'exceljs'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { writeTemplate } from '@engine/sheets/template-writer'
import { loadStandard } from '@engine/standards/standard-loader'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { openedStore, temporaryFolder } from '@test/integration/engine-records/store-fixture'
import { recordsBench, resourceDir } from '@test/integration/engine-records/records-bench'

let entry: BundledEntry

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())

/** A record type that no program text knows. */
const grant = {
  code: 'BD_BT',
  title: '财政补贴信息',
  shortTitle: '补贴',
  policyClass: 'basic',
  subject: 'legal',
  isLocal: true,
  source: '本地约定',
  naturalKey: ['BFJG', 'WH', 'TYSHXYDM|MC'],
  legalDate: 'BFRQ',
  deadline: { days: 7, start: 'day-after' },
  publicity: null,
  search: { docNo: 'WH', subjectName: 'MC', subjectCode: 'TYSHXYDM' },
  fields: [
    { code: 'MC', label: '企业名称', type: 'text', maxLength: 200, required: 'always', group: '企业' },
    {
      code: 'TYSHXYDM',
      label: '统一社会信用代码',
      type: 'text',
      maxLength: 18,
      format: 'uscc',
      group: '企业',
    },
    {
      code: 'WH',
      label: '补贴文号',
      type: 'text',
      maxLength: 64,
      required: 'always',
      format: 'docNo',
      group: '补贴',
    },
    {
      code: 'JE',
      label: '补贴金额（元）',
      type: 'decimal',
      scale: 2,
      unit: '元',
      required: 'always',
      group: '补贴',
    },
    { code: 'BFJG', label: '拨付机关', type: 'text', maxLength: 200, required: 'always', group: '补贴' },
    { code: 'BFRQ', label: '拨付日期', type: 'date', required: 'always', group: '补贴' },
  ],
}

/** Adds the type to a copy of the shipped pack; returns the copy and the files that were touched. */
function packWithGrants(): { readonly folder: string; readonly touched: readonly string[] } {
  const folder = join(temporaryFolder(onTestFinished), 'pack')
  cpSync(join(resourceDir, 'standards/pingxiang-credit/2026.1'), folder, { recursive: true })
  const touched: string[] = []
  const write = (name: string, value: unknown): void => {
    touched.push(name)
    writeFileSync(join(folder, name), JSON.stringify(value))
  }
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const manifest = read('pack.json') as { recordTypes: string[] }
  write('pack.json', { ...manifest, recordTypes: [...manifest.recordTypes, grant.code] })
  write(`fields/${grant.code}.json`, grant)
  write(`rules/${grant.code}.json`, [
    {
      id: 'grant.amount-large',
      severity: 'warning',
      on: ['JE'],
      function: 'pattern',
      options: { pattern: '^\\d{1,6}(?:\\.\\d{1,2})?$' },
    },
  ])
  const texts = read('texts.zh-CN.json') as Record<string, string>
  write('texts.zh-CN.json', { ...texts, 'grant.amount-large': '“{label}”填了 {value} 元，请核对。' })
  return { folder, touched }
}

describe('a record type added as data', () => {
  it('takes four files of the pack and no program text: template, import, checks and key follow', async () => {
    const { folder, touched } = packWithGrants()
    expect(touched).toHaveLength(4)
    const standard = loadStandard(folder)
    const launch = nodeSheetLauncher(entry.path)
    const bench = recordsBench(launch, openedStore(), onTestFinished, standard)
    const path = bench.at('补贴.xlsx')
    await writeTemplate(standard.pack, standard.types.get('BD_BT')!.spec, path)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(path)
    const sheet = workbook.worksheets[0]!
    const row = [
      '萍乡市青山建材有限公司',
      '91360000625912173B',
      '萍财企〔2026〕7号',
      '50000',
      '萍乡市财政局',
      '2026/11/18',
    ]
    const faulty = [
      '待定',
      '91360000625912173C',
      '萍财企〔2026〕8号',
      '9000000',
      '萍乡市财政局',
      '2026/11/31',
    ]
    sheet.getRow(2).values = row
    sheet.getRow(3).values = faulty
    await workbook.xlsx.writeFile(path)

    const inspection = await bench.intake.inspectFile({
      ...{ path, name: '补贴.xlsx', recordType: null, sheet: null, headerRow: null },
    })
    expect(inspection.recordType).toBe('BD_BT')
    const summary = await bench.importFile(path, { recordType: 'BD_BT' })
    expect(summary).toMatchObject({ rows: 2, imported: 2, clean: 1, blocked: 1 })
    // Implied by the fields, shared by all types, and its own.
    const codes = summary.issues.map((issue) => issue.code)
    expect(codes).toEqual(
      expect.arrayContaining([
        'uscc.check-digit',
        'date.malformed',
        'text.placeholder',
        'grant.amount-large',
      ]),
    )
    const [recordId] = bench.lookup.waitingIds('BD_BT', '', 1)
    expect(bench.records.find(recordId!)).toMatchObject({
      recordType: 'BD_BT',
      docNo: '萍财企〔2026〕7号',
      subjectCode: '91360000625912173B',
      dueOn: '2026-11-27',
    })
  })
})

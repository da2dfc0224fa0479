import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { validateFile } from '@engine/services/file-validation'
import { silentTask } from '@engine/services/tasks-service'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { recordsBench, resourceDir } from '@test/integration/engine-records/records-bench'

let entry: BundledEntry
const launcher = () => nodeSheetLauncher(entry.path)

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())

/** Headers as the platforms of 2016 wrote them. */
const HEADERS = [
  '行政处罚决定书文号',
  '处罚名称',
  '行政处罚编码',
  '处罚类别1',
  '处罚类别2',
  '处罚事由',
  '处罚依据',
  '行政相对人名称',
  '行政相对人代码_1(统一社会信用代码)',
  '行政相对人代码_2(组织机构代码)',
  '行政相对人代码_3(工商登记码)',
  '行政相对人代码_4(税务登记号)',
  '行政相对人代码_5(居民身份证号)',
  '法定代表人姓名',
  '处罚结果',
  '处罚决定日期',
  '处罚机关',
  '当前状态',
  '地方编码',
  '数据更新时间戳',
  '备注',
]

type Cells = readonly (string | null)[]

const ofCompany: Cells = [
  ...[
    '萍安监罚〔2017〕3号',
    '未设警示标志案',
    '0002',
    '警告',
    '罚款',
    '未设置警示标志',
    '安全生产法第九十六条',
  ],
  ...['萍乡市青山建材有限公司', '91360000625912173B', '19220382-1', '110108000000016', null, null, '张山'],
  ...['警告，罚款2万元', '2017/11/10', '萍乡市安全生产监督管理局', '0', '360300', '2017/11/12', null],
]
const ofPerson: Cells = [
  ...['萍安监罚〔2017〕4号', '无证上岗案', '0003', '罚款', null, '无证上岗', '安全生产法第九十四条'],
  ...['李水', null, null, null, null, '11010519491231002X', null],
  ...['罚款500元', '2017/11/11', '萍乡市安全生产监督管理局', '0', '360300', '2017/11/12', null],
]

async function writeSheet(path: string, rows: readonly Cells[]): Promise<void> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('行政处罚')
  sheet.addRow(HEADERS)
  for (const row of rows) sheet.addRow([...row])
  await workbook.xlsx.writeFile(path)
}

describe('a sheet of the layout of 2015', () => {
  it('is recognised, and imports as drafts of the standard in force', async () => {
    const bench = recordsBench(launcher())
    const path = bench.at('旧表.xlsx')
    await writeSheet(path, [ofCompany, ofPerson])
    const inspection = await bench.intake.inspectFile({
      path,
      name: '旧表.xlsx',
      recordType: null,
      sheet: null,
      headerRow: null,
    })
    expect(inspection).toMatchObject({ recordType: 'XZCF_2015', looksLike: null })

    const summary = await bench.importFile(path, { recordType: 'XZCF_2015' })
    expect(summary).toMatchObject({ rows: 2, imported: 2, blocked: 2 })
    const records = bench.query.byTypeAndLane().map(({ type }) => type)
    expect([...records].sort()).toEqual(['XZCF_FR', 'XZCF_ZRR'])

    const missing = summary.issues.filter((issue) => issue.row === 2 && issue.code === 'field.required')
    expect(missing.map((issue) => issue.field)).toEqual([
      'CF_WFXW',
      'CF_YXQ',
      'CF_CFJGDM',
      'CF_SJLY',
      'CF_SJLYDM',
    ])
    expect(summary.issues).toContainEqual(
      expect.objectContaining({ row: 2, code: 'penalty.fine-missing', field: 'CF_NR_FK', column: null }),
    )
  })

  it('keeps each raw value under the field of its meaning, and shows issues at the old columns', async () => {
    const bench = recordsBench(launcher())
    const path = bench.at('旧表.xlsx')
    const broken = ofCompany.map((cell, column) => (column === 9 ? 'D21435691' : cell))
    await writeSheet(path, [broken])
    const summary = await bench.importFile(path, { recordType: 'XZCF_2015' })
    expect(summary.issues).toContainEqual(
      expect.objectContaining({ code: 'org-code.check-digit', field: 'CF_XDR_ZZJG', column: 'J' }),
    )
    const [recordId] = bench.lookup.waitingIds('XZCF_FR', '', 10)
    expect(bench.records.revision(recordId!, 1)!.raw).toMatchObject({
      CF_XDR_GSZC: '110108000000016',
      CF_XDR_ZZJG: 'D21435691',
      CF_CFLB: '警告;罚款',
      CF_NR: '警告，罚款2万元',
      CF_CFMC: '未设警示标志案',
    })
  })

  it('adds nothing when it comes again', async () => {
    const bench = recordsBench(launcher())
    const path = bench.at('旧表.xlsx')
    await writeSheet(path, [ofCompany, ofPerson])
    await bench.importFile(path, { recordType: 'XZCF_2015' })
    expect(await bench.importFile(path, { recordType: 'XZCF_2015' })).toMatchObject({
      imported: 0,
      skipped: 2,
    })
  })

  it('can be checked without a desk', async () => {
    const bench = recordsBench(launcher())
    const path = bench.at('旧表.xlsx')
    await writeSheet(path, [ofPerson])
    const deps = {
      standard: loadInstalledStandard(resourceDir),
      launchSheetChild: launcher(),
      clock: bench.clock,
    }
    const request = { path, name: '旧表.xlsx', recordType: 'XZCF_2015', sheet: null }
    const summary = await validateFile(deps, request, silentTask)
    expect(summary).toMatchObject({ rows: 1, blocked: 1, recordType: 'XZCF_2015' })
    expect(summary.issues.map((issue) => issue.field)).not.toContain('CF_XDR_SHXYM')
  })

  it('can be completed in its error workbook, which has the columns that the old table lacked', async () => {
    const bench = recordsBench(launcher())
    const path = bench.at('旧表.xlsx')
    await writeSheet(path, [ofCompany])
    const first = await bench.importFile(path, { recordType: 'XZCF_2015' })
    const errors = bench.at('问题.xlsx')
    expect(await bench.intake.writeErrorWorkbook(first.importId!, errors)).toBe(1)
    const missing: Readonly<Record<string, string>> = {
      违法行为类型: '未设置安全警示标志',
      处罚有效期: '长期',
      处罚机关统一社会信用代码: '11360300014500006J',
      数据来源单位: '萍乡市应急管理局',
      数据来源单位统一社会信用代码: '11360300014500006J',
    }
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(errors)
    const sheet = workbook.worksheets[0]!
    const filled: string[] = []
    sheet.getRow(1).eachCell((cell, column) => {
      const value = missing[cell.text]
      if (value === undefined) return
      sheet.getCell(2, column).value = value
      filled.push(cell.text)
    })
    expect(filled.sort()).toEqual(Object.keys(missing).sort())
    await workbook.xlsx.writeFile(errors)
    const second = await bench.importFile(errors, { recordType: 'XZCF_2015' })
    expect(second).toMatchObject({ rows: 1, imported: 0, updated: 1 })
    const open = second.issues.filter((issue) => issue.severity === 'error').map((issue) => issue.field)
    expect(open).toEqual(['CF_NR_FK'])
  })
})

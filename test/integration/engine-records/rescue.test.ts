import { writeFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultImportLimits } from '@shared/contract/import-limits'
import { sheetLimitsOf } from '@engine/services/intake-limits'
import type { ImportRequest } from '@engine/services/intake-service'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import type { SheetLimits } from '@engine/sheets/sheet-limits'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { inventedName, inventedUscc } from '@test/fixtures/invented-subjects'
import { licenceCells, licenceHeader } from '@test/fixtures/licence-table'
import { oldWorkbook, withHiddenRows } from '@test/fixtures/sheets/old-workbook'
import type { OldCell } from '@test/fixtures/sheets/old-workbook'
import { recordsBench } from './records-bench'
import type { RecordsBench } from './records-bench'

let entry: BundledEntry
beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())
const bench = (): RecordsBench => recordsBench(nodeSheetLauncher(entry.path))

/** A licence decided on the day of the bench. */
const licence = (number: number, changes: Parameters<typeof licenceCells>[1] = {}): string[] =>
  licenceCells(number, {
    许可决定日期: '2026-11-18',
    有效期自: '2026-11-18',
    有效期至: '2031-11-17',
    当前状态: '1',
    ...changes,
  })

/** Writes a workbook and gives its path. */
async function workbook(
  made: RecordsBench,
  shape: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void,
  name = 'a.xlsx',
): Promise<string> {
  const book = new ExcelJS.Workbook()
  shape(book.addWorksheet('台账'), book)
  const path = made.at(name)
  await book.xlsx.writeFile(path)
  return path
}

const inspect = (made: RecordsBench, path: string, recordType: string | null = null) =>
  made.intake.inspectFile({ path, name: 'a', recordType, sheet: null, headerRow: null })

describe('repairs are seen before and after, with their proof, and stay with the record', () => {
  it('widths, Chinese days and long terms', async () => {
    const made = bench()
    const code = inventedUscc(1)
    const wide = [...code].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join('')
    const path = await workbook(made, (sheet) => {
      sheet.addRow([...licenceHeader])
      sheet.addRow(
        licence(1, {
          统一社会信用代码: wide,
          行政许可决定文书号: '萍示许【2026】１号',
          许可决定日期: '二〇二六年十一月十八日',
          有效期自: '2026.11.18',
          有效期至: '长期',
        }),
      )
    })
    const summary = await made.importFile(path)
    expect(summary).toMatchObject({ rows: 1, imported: 1, clean: 1, changeCount: 5 })
    expect(summary.changes.map(({ raw, value, proof }) => [raw, value, proof?.kind])).toEqual([
      [wide, code, 'check-digit'],
      ['萍示许【2026】１号', '萍示许【2026】1号', 'same-document'],
      ['二〇二六年十一月十八日', '2026-11-18', 'real-day'],
      ['2026.11.18', '2026-11-18', 'real-day'],
      ['长期', '2099-12-31', 'long-term'],
    ])
    expect(summary.changeCounts).toMatchObject({ 'half-width': 2, date: 2, 'long-term': 1 })
    const [row] = made.pages.pageAfter(firstPage(made)).rows
    const detail = made.views.detail(row!.recordId)
    expect(detail.values['XK_WSH']).toBe('萍示许【2026】1号')
    expect(detail.issueList.find(({ code }) => code === 'document-number.brackets')).toMatchObject({
      severity: 'hint',
      fix: { value: '萍示许〔2026〕1号' },
    })
    expect(detail.normalisations.find(({ field }) => field === 'XK_WSH')).toMatchObject({
      raw: '萍示许【2026】１号',
      fieldLabel: '行政许可决定文书号',
      proof: { kind: 'same-document' },
    })
    expect(made.records.revision(row!.recordId, 1)?.raw['XK_WSH']).toBe('萍示许【2026】１号')
  })

  it('X1 an identifier from a number is never taken, whatever its digits; nor one that a formula computed', async () => {
    const made = bench()
    const path = await workbook(made, (sheet) => {
      sheet.addRow([...licenceHeader])
      sheet.addRow(licence(1))
      for (const [row, value] of [
        [2, Number('913603020000000190')],
        [3, { formula: '913603020000000000+200', result: Number('913603020000000200') }],
      ] as const) {
        sheet.addRow(licence(row)).getCell(3).value = value
      }
      sheet.addRow(licence(4, { 统一社会信用代码: '9.13603E+17' }))
    })
    const summary = await made.importFile(path)
    expect(summary).toMatchObject({ rows: 4, clean: 1, blocked: 3 })
    expect(
      summary.issues.filter(({ field }) => field === 'XK_XDR_SHXYM').map(({ row, code }) => [row, code]),
    ).toEqual([
      [3, 'import.numeric-identifier'],
      [4, 'import.numeric-identifier'],
      [5, 'import.scientific-notation'],
    ])
    expect(summary.issues.find(({ row }) => row === 3)?.message).toContain('请把单元格设为文本')
    for (const row of made.pages.pageAfter(firstPage(made)).rows)
      if (row.quality === 'blocked') expect(row.subjectCode).toBe('')
  })

  it('X16 an unformatted day number counts from the year of its workbook', async () => {
    const made = bench()
    const path = await workbook(made, (sheet, book) => {
      book.properties.date1904 = true
      sheet.addRow([...licenceHeader])
      sheet.addRow(licence(1)).getCell(9).value = 44_882
    })
    const summary = await made.importFile(path)
    expect(summary.notices.map(({ code }) => code)).toContain('file.date-1904')
    expect(summary.changes).toMatchObject([
      { raw: '44882', value: '2026-11-18', proof: { kind: 'day-count', params: { from: 1904 } } },
    ])
  })

  it('X16 a day number that was pasted from another workbook is known by the future it would be', async () => {
    const made = bench()
    const path = await workbook(made, (sheet, book) => {
      book.properties.date1904 = true
      sheet.addRow([...licenceHeader])
      sheet.addRow(licence(1)).getCell(9).value = 46_344
    })
    expect((await made.importFile(path)).changes).toMatchObject([
      { raw: '46344', value: '2026-11-18', proof: { kind: 'day-count', params: { from: 1900 } } },
    ])
  })

  it('X21 a column in 元 is asked about, and converted in sight once a person has said so', async () => {
    const made = bench()
    const path = made.at('fine.csv')
    const columns = ['CF_XDR_MC', 'CF_WSH', 'CF_NR', 'CF_JDRQ', '罚款金额（元）']
    writeFileSync(
      path,
      `${columns.join()}\n${inventedName(1)},萍示罚〔2026〕1号,罚款5000元,2026-11-18,"5,000"\n`,
    )
    const found = await made.intake.inspectFile({
      path,
      name: 'fine.csv',
      recordType: 'XZCF_FR',
      sheet: null,
      headerRow: null,
    })
    expect(found.columns[4]).toMatchObject({
      field: null,
      question: 'unit',
      unit: '元',
      candidates: ['CF_NR_FK'],
    })
    const mapping = Object.fromEntries(columns.map((code, at) => [String(at), at === 4 ? 'CF_NR_FK' : code]))
    const summary = await made.importFile(path, { recordType: 'XZCF_FR', mapping, dryRun: true })
    expect(summary.changes.find(({ field }) => field === 'CF_NR_FK')).toMatchObject({
      raw: '5,000',
      value: '0.5',
      kinds: ['unit'],
      proof: { kind: 'divided', params: { factor: 10_000 } },
    })
  })
})

describe('rows that are no data, and rows out of sight', () => {
  const hiddenSheet = (made: RecordsBench): Promise<string> =>
    workbook(made, (sheet) => {
      sheet.addRow(['2026年11月许可台账'])
      sheet.addRow([...licenceHeader])
      for (const number of [1, 2, 3]) sheet.addRow(licence(number))
      sheet.addRow([])
      sheet.addRow([])
      sheet.addRow(licence(4))
      sheet.addRow(['合计', '4 件'])
      sheet.addRow(['制表人：陈示例', '', '审核人：李示例'])
      sheet.getRow(4).hidden = true
      sheet.getColumn(4).hidden = true
      sheet.autoFilter = 'A2:P9'
    })
  const run = async (made: RecordsBench, changes: Partial<ImportRequest> = {}) =>
    made.importFile(await hiddenSheet(made), changes)

  it('X13 are listed with their words, and the counts add up', async () => {
    const summary = await run(bench())
    expect(summary).toMatchObject({ rows: 4, imported: 4, updated: 0, skipped: 0 })
    expect(summary.clean + summary.warned + summary.blocked).toBe(4)
    expect(summary.skippedRows).toEqual([
      { row: 6, lastRow: 7, reason: 'blank', text: '' },
      { row: 9, reason: 'total', text: '合计 4 件' },
      { row: 10, reason: 'signature', text: '制表人：陈示例 审核人：李示例' },
    ])
    expect(summary.skipCounts).toEqual({ blank: 2, total: 1, signature: 1 })
  })

  it('Z19 hidden rows are read with a warning unless a person says otherwise', async () => {
    const unasked = await run(bench())
    expect(unasked).toMatchObject({ hiddenRows: 1, warned: 1 })
    expect(unasked.issues).toMatchObject([{ row: 4, code: 'import.hidden-row' }])
    const wanted = await run(bench(), { hiddenRows: 'include' })
    expect(wanted).toMatchObject({ rows: 4, hiddenRows: 1, clean: 4, issues: [] })
    const unwanted = await run(bench(), { hiddenRows: 'skip' })
    expect(unwanted).toMatchObject({ rows: 3, imported: 3, hiddenRows: 1, skipCounts: { hidden: 1 } })
    expect(unwanted.skippedRows).toContainEqual({ row: 4, reason: 'hidden', text: '萍示许〔2026〕2号' })
  })

  it('Z19 hidden columns are named and read', async () => {
    const made = bench()
    const found = await inspect(made, await hiddenSheet(made))
    expect(found).toMatchObject({ recordType: 'XZXK_FR', headerRow: 2 })
    expect(found.columns.filter(({ hidden }) => hidden).map(({ letter }) => letter)).toEqual(['D'])
    expect(found.notices.map(({ code }) => code)).toContain('file.hidden-columns')
  })
})

describe('the sheet among several, and the type among many', () => {
  it('cover sheets, notes and empty copies are passed over; others of the kind are named', async () => {
    const made = bench()
    const path = await workbook(made, (sheet, book) => {
      sheet.name = '封面'
      sheet.addRow(['萍乡市示例管理局'])
      book.addWorksheet('填写说明').addRows(licenceHeader.map((label) => [label, '必填']))
      book.addWorksheet('空表').addRow([...licenceHeader])
      const filled = book.addWorksheet('11月')
      for (let row = 0; row < 20; row++) filled.addRow([`说明第${row}条`])
      filled.addRows([[...licenceHeader], licence(1), licence(2)])
      book.addWorksheet('10月').addRows([[...licenceHeader], licence(3)])
    })
    const found = await inspect(made, path)
    expect(found).toMatchObject({ sheet: '11月', headerRow: 21, recordType: 'XZXK_FR', looksLike: null })
    expect(found.notices.find(({ code }) => code === 'file.more-sheets')?.message).toContain('10月')
    expect(await made.importFile(path)).toMatchObject({ rows: 2, imported: 2 })
  })

  it('a hidden sheet is read where no visible one holds anything, and it is said', async () => {
    const made = bench()
    const path = await workbook(made, (sheet, book) => {
      sheet.name = '封面'
      sheet.addRow(['萍乡市示例管理局'])
      book.addWorksheet('数据', { state: 'hidden' }).addRows([[...licenceHeader], licence(1)])
    })
    expect(await inspect(made, path)).toMatchObject({ sheet: '数据', recordType: 'XZXK_FR' })
    const summary = await made.importFile(path)
    expect(summary).toMatchObject({ rows: 1, imported: 1 })
    expect(summary.notices.map(({ code }) => code)).toEqual(['file.hidden-sheet-read'])
  })

  it('a table of another type is told by its name, and refused where nobody looks', async () => {
    const made = bench()
    const path = await workbook(made, (sheet) => {
      sheet.addRow([...licenceHeader])
      sheet.addRow(licence(1))
    })
    const asked = await inspect(made, path, 'XZCF_FR')
    expect(asked).toMatchObject({ recordType: 'XZCF_FR', looksLike: 'XZXK_FR' })
    expect(asked.notices.find(({ code }) => code === 'file.looks-like')?.message).toContain('行政许可')
    await expect(made.importFile(path, { recordType: 'XZCF_FR' })).rejects.toMatchObject({
      failure: {
        code: 'input.other-template',
        params: { found: expect.stringContaining('行政许可') as string },
      },
    })
    expect(made.query.byTypeAndLane()).toEqual([])
  })

  it.each(['.xls', '.et', '.ods'])(
    '%s workbooks are read like .xlsx, numeric identifiers refused',
    async (extension) => {
      const made = bench()
      const path = made.at(`旧表${extension}`)
      const numeric: OldCell[] = licence(2)
      numeric[2] = Number('913603020000000190')
      const rows = [['台账'], [...licenceHeader], licence(1), numeric, licence(3), ['合计', '3 件']]
      const sheets = [{ name: '台账', rows }]
      writeFileSync(
        path,
        extension === '.ods' ? oldWorkbook(sheets, 'ods') : withHiddenRows(oldWorkbook(sheets, 'biff8'), [4]),
      )
      const found = await inspect(made, path)
      expect(found).toMatchObject({ fileType: extension === '.ods' ? 'ods' : 'xls', headerRow: 2 })
      const summary = await made.importFile(path)
      expect(summary).toMatchObject({ rows: 3, blocked: 1, hiddenRows: extension === '.ods' ? 0 : 1 })
      expect(summary.issues).toContainEqual(
        expect.objectContaining({ row: 4, code: 'import.numeric-identifier' }),
      )
      expect(summary.skippedRows).toMatchObject([{ reason: 'total' }])
    },
  )
})

describe('what was answered once is not asked again', () => {
  it('answers are remembered with the header', async () => {
    const made = bench()
    const twice = (number: number) => (sheet: ExcelJS.Worksheet) => {
      sheet.addRow([...licenceHeader, '信用代码', '经办科室'])
      sheet.addRow([...licence(number), inventedUscc(number), '示例科'])
    }
    const first = await workbook(made, twice(1), '1.xlsx')
    const found = await inspect(made, first)
    expect(
      found.columns.filter(({ question }) => question === 'duplicate').map(({ letter }) => letter),
    ).toEqual(['C', 'Q'])
    const mapping = Object.fromEntries(found.columns.map(({ column, field }) => [String(column), field]))
    await made.importFile(first, { mapping })
    const again = await inspect(made, await workbook(made, twice(2), '2.xlsx'))
    expect(again.columns.every(({ question }) => question === null)).toBe(true)
    expect(again.columns[2]).toMatchObject({ field: 'XK_XDR_SHXYM', by: 'remembered' })
  })

  it('columns that no field takes stay with their row, clean or not', async () => {
    const made = bench()
    const path = await workbook(made, (sheet) => {
      sheet.addRow(['序号', ...licenceHeader, '经办科室', '经办人电话', '负责人'])
      sheet.addRow(['1', ...licence(1), '示例一科', '13900000000', '陈示例'])
      sheet.addRow(['2', ...licence(2, { 许可内容: '' }), '示例二科', '', ''])
      sheet.addRow(['', ...licence(3), '', '', ''])
    })
    await made.importFile(path)
    const passed = made.pages
      .pageAfter(firstPage(made))
      .rows.map(({ recordId, originRow }) => [originRow, made.views.detail(recordId).origin?.passed])
    expect(Object.fromEntries(passed as [number, unknown][])).toEqual({
      2: [
        { letter: 'A', header: '序号', value: '1' },
        { letter: 'R', header: '经办科室', value: '示例一科' },
        { letter: 'S', header: '经办人电话', value: '1*********0' },
        { letter: 'T', header: '负责人', value: '陈**' },
      ],
      3: [
        { letter: 'A', header: '序号', value: '2' },
        { letter: 'R', header: '经办科室', value: '示例二科' },
      ],
      4: [],
    })
  })

  it('personal numbers in columns of nobody are masked', async () => {
    const made = bench()
    const path = await workbook(made, (sheet) => {
      sheet.addRow([...licenceHeader, '经办人身份证'])
      sheet.addRow([...licence(1), '11010519491231002X'])
    })
    const found = await inspect(made, path)
    expect(JSON.stringify(found)).not.toContain('11010519491231002X')
  })

  it('personal numbers that strayed into public columns are masked, what belongs there is shown', async () => {
    const made = bench()
    const strayed = {
      许可内容: '准予从事食品经营，身份证440524188001010014',
      统一社会信用代码: '11010519491231002X',
    }
    const path = await workbook(made, (sheet) => {
      sheet.addRow([...licenceHeader])
      sheet.addRow(licence(1, strayed))
      sheet.addRow(licence(2))
    })
    const found = JSON.stringify(await inspect(made, path))
    expect(found).not.toContain('11010519491231002X')
    expect(found).not.toContain('440524188001010014')
    expect(found).toContain(licence(2)[2]!)
    expect(found).toContain('准予从事食品经营，身份证')
  })
})

describe('the caps are settings', () => {
  it('hold from the next file on, and go back to the defaults', async () => {
    const made = bench()
    expect(made.importLimits.get()).toEqual(defaultImportLimits)
    const lines = Array.from({ length: 150 }, (_, at) => licence(at).join())
    const path = made.at('a.csv')
    writeFileSync(path, [licenceHeader.join(), ...lines].join('\n'))
    expect(await made.importFile(path, { dryRun: true })).toMatchObject({ rows: 150 })
    made.importLimits.set({ ...defaultImportLimits, rows: 100 })
    await expect(made.importFile(path, { dryRun: true })).rejects.toMatchObject({
      failure: { code: 'input.too-many-rows', params: { limit: 100 } },
    })
    await expect(inspect(made, path, 'XZXK_FR')).rejects.toMatchObject({
      failure: { code: 'input.too-many-rows' },
    })
    expect(made.importLimits.set(null)).toEqual(defaultImportLimits)
    expect(await made.importFile(path, { dryRun: true })).toMatchObject({ rows: 150 })
    expect(made.audit.firstBroken()).toBeNull()
  })

  it('the defaults are those of the readers', () => {
    expect(sheetLimitsOf(defaultImportLimits)).toEqual(
      Object.fromEntries(
        Object.keys(sheetLimitsOf(defaultImportLimits)).map((key) => [
          key,
          defaultSheetLimits[key as keyof SheetLimits],
        ]),
      ),
    )
  })

  it('an inspection that nobody waits for any more is ended', async () => {
    const made = bench()
    const path = made.at('large.csv')
    writeFileSync(
      path,
      [licenceHeader.join(), ...Array.from({ length: 60_000 }, (_, at) => licence(at).join())].join('\n'),
    )
    const waiting = inspect(made, path, 'XZXK_FR').catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(made.intake.stopInspecting()).toBe(1)
    expect(await waiting).toMatchObject({ failure: { code: 'task.cancelled' } })
    expect(made.intake.stopInspecting()).toBe(0)
  })
})

const firstPage = (made: RecordsBench) => ({
  type: null,
  filter: 'all' as const,
  search: '',
  sort: 'doc_no' as const,
  after: null,
  limit: 100,
  delivery: null,
  clock: null,
  days: made.deadlines.clockDays(),
})

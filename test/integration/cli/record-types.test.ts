import ExcelJS from 'exceljs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { temporaryFolder } from '@test/integration/engine-records/store-fixture'

interface TypesJson {
  readonly types: readonly {
    readonly code: string
    readonly policyClass: string
    readonly isLocal: boolean
  }[]
  readonly olderLayouts: readonly { readonly code: string }[]
}

describe('record types on the command line', () => {
  it('are listed by class, with the older layouts, and found by a word', async () => {
    const all = await runCommand(['types', '--json'])
    const { types, olderLayouts } = all.json as TypesJson
    expect(types.length).toBeGreaterThan(35)
    expect(new Set(types.map((type) => type.policyClass)).size).toBe(5)
    expect(types.filter((type) => type.isLocal).map((type) => type.code)).toContain('YJ_QX')
    expect(olderLayouts.map((type) => type.code).sort()).toEqual(['XZCF_2015', 'XZXK_2015'])
    const found = await runCommand(['types', '欠'])
    expect(found.stdout).toContain('YJ_QS')
    expect(found.stdout).not.toContain('XZXK_FR')
  })

  it('have a template that validates, and refuse a type that is not there', async () => {
    const folder = temporaryFolder()
    const path = join(folder, '欠税.xlsx')
    expect((await runCommand(['template', '--type', 'YJ_QS', path])).code).toBe(0)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(path)
    const sheet = workbook.worksheets[0]!
    const values: Record<string, string> = {
      机构全称中文: '萍乡市青山建材有限公司',
      统一社会信用代码: '91360000625912173B',
      欠税税种名称: '增值税',
      征缴机关全称: '国家税务总局萍乡市税务局',
      累计欠税金额合计: '36000.5',
      '欠税开始日期（统计日期）': '2026/01/05',
    }
    sheet.getRow(1).eachCell((cell, column) => {
      const value = values[cell.text.replace(/^\*/, '')]
      if (value !== undefined) sheet.getCell(2, column).value = value
    })
    await workbook.xlsx.writeFile(path)
    const checked = await runCommand(['validate', path, '--type', 'YJ_QS', '--json'])
    expect(checked.json).toMatchObject({ rows: 1, clean: 1, blocked: 0 })
    expect(checked.code).toBe(0)
    const refused = await runCommand(['template', '--type', 'NONE', path])
    expect(refused.code).toBe(3)
    expect(refused.stderr).toContain('YJ_QS')
  })
})

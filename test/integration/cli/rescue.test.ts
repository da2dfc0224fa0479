import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { oldWorkbook } from '@test/fixtures/sheets/old-workbook'
import { goodTable } from '@test/integration/acceptance/bad-files'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-rescue-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const [header, ...licences] = goodTable(3, 80_000) as readonly [readonly string[], ...(readonly string[])[]]
const write = (name: string, bytes: Buffer | string): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const now = ['--now', '2026-11-20T09:00:00+08:00']

describe('a file that needs rescue, on the command line', () => {
  it.each(['.xls', '.et', '.ods'])(
    '%s is read, its cover sheet and its total passed over and told',
    async (extension) => {
      const sheets = [
        { name: '封面', rows: [['萍乡市示例管理局']] },
        { name: '台账', rows: [['2026年11月'], header, ...licences, ['合计', '3 件'], ['制表人：陈示例']] },
      ]
      const path = write(`台账${extension}`, oldWorkbook(sheets, extension === '.ods' ? 'ods' : 'biff8'))
      const told = await runCommand(['validate', path, '--type', 'XZXK_FR', ...now])
      expect(told.stderr).toContain('第 6 行没有导入（合计行）：合计 3 件')
      expect(told.stderr).toContain('第 7 行没有导入（签字、盖章行）：制表人：陈示例')
      const { code, json } = await runCommand(['validate', path, '--type', 'XZXK_FR', '--json', ...now])
      expect(code).toBe(0)
      expect(json).toMatchObject({ rows: 3, clean: 3, blocked: 0 })
    },
  )

  it('tells on stderr what is stored otherwise, which columns are nobody’s, and what was not read', async () => {
    const rows = licences.map((cells, at) => [...cells, at === 0 ? '一科' : ''])
    rows[1] = rows[1]!.map((text, at) => (at === 8 ? '2026年11月10日' : text))
    const twice = [...rows, rows[0]!]
    const sheets = [
      { name: '台账', rows: [[...header, '经办科室'], ...twice] },
      { name: '续', rows: licences },
    ]
    const path = write('多表.xls', oldWorkbook(sheets, 'biff8'))
    const { code, stderr, json } = await runCommand(['validate', path, '--type', 'XZXK_FR', '--json', ...now])
    expect([code, json]).toMatchObject([0, { rows: 4, clean: 3, skipped: 1 }])
    expect(stderr).toContain('第 5 行没有导入（与已有记录完全相同）。')
    expect(stderr).toContain('第 3 行“许可决定日期”由“2026年11月10日”改为“2026-11-10”（统一日期写法）。')
    expect(stderr).toContain('经办科室 列不是这种表的栏目')
    expect(stderr).toContain('工作表 续 里有内容，没有读')
  })

  it('names a required column that is missing and the unknown one that may be it', async () => {
    const at = header.indexOf('许可内容')
    const renamed = header.map((label, i) => (i === at ? '批准事项内容描述' : label))
    const path = write('改名.csv', [renamed, ...licences].map((cells) => cells.join()).join('\n'))
    const { code, stderr } = await runCommand(['validate', path, '--type', 'XZXK_FR', ...now])
    expect(code).toBe(1)
    expect(stderr).toContain('缺少必填的列“许可内容”')
    expect(stderr).toContain('批准事项内容描述')
    const without = (cells: readonly string[]) => cells.filter((_, i) => i !== at).join()
    const gone = await runCommand([
      ...['validate', write('缺列.csv', [header, ...licences].map(without).join('\n'))],
      ...['--type', 'XZXK_FR', ...now],
    ])
    expect(gone.stderr).toContain('缺少必填的列：“许可内容”')
  })

  it('a table of another type is refused by its name, and read as what it is', async () => {
    const path = write('许可.csv', [header, ...licences].map((cells) => cells.join()).join('\n'))
    const { code, stderr, json } = await runCommand(['validate', path, '--type', 'XZCF_FR', '--json', ...now])
    expect(code).toBe(3)
    expect(json).toMatchObject({ failure: { code: 'input.other-template' } })
    expect(stderr).toContain('行政许可')
    expect((await runCommand(['validate', path, '--type', 'XZXK_FR', ...now])).code).toBe(0)
  })

  it('says which columns nobody has decided about', async () => {
    const doubled = [[...header, '信用代码'], ...licences.map((cells) => [...cells, cells[2]!])]
    const path = write('两列.csv', doubled.map((cells) => cells.join()).join('\n'))
    const { stderr } = await runCommand(['validate', path, '--type', 'XZXK_FR', ...now])
    expect(stderr).toContain('列拿不准')
  })
})

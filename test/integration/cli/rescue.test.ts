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
      expect(told.stdout).toContain('第 6 行没有导入（合计行）：合计 3 件')
      expect(told.stdout).toContain('第 7 行没有导入（签字、盖章行）：制表人：陈示例')
      const { code, json } = await runCommand(['validate', path, '--type', 'XZXK_FR', '--json', ...now])
      expect(code).toBe(0)
      expect(json).toMatchObject({ rows: 3, clean: 3, blocked: 0 })
    },
  )

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

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { testBureau } from '@test/fixtures/invented-subjects'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { rehearsalNow } from '@test/fixtures/practice-desk'

let folder: string
let dataDir: string
let all: readonly Listed[]

interface Listed {
  readonly recordId: string
  readonly docNo: string
  readonly quality: string
  readonly revision: number
}

const run = (...args: readonly string[]): Promise<CommandRun> =>
  runCommand([...args, '--data', dataDir, '--json', '--now', rehearsalNow])
const listed = async (): Promise<readonly Listed[]> =>
  ((await run('list', '--limit', '500')).json as { records: readonly Listed[] }).records

async function opened(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  return workbook
}

const textsOf = (row: ExcelJS.Row): readonly string[] =>
  Array.from({ length: row.cellCount }, (_, index) => row.getCell(index + 1).text)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-export-'))
  dataDir = join(folder, 'desk')
  const workbook = join(folder, '许可.xlsx')
  await writeMessyLicences(workbook, 100)
  await run('init', '--bureau-code', testBureau.code, '--bureau-name', testBureau.name)
  await run('import', workbook, '--type', 'XZXK_FR')
  all = await listed()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the ledger holds every record once, with personal values masked', async () => {
  const path = join(folder, '台账.xlsx')
  const result = await run('export', path)
  expect(result.json, result.stderr).toEqual({ path, records: all.length, types: { XZXK_FR: all.length } })
  const sheet = (await opened(path)).worksheets[0]!
  const header = textsOf(sheet.getRow(1))
  const column = (label: string): readonly string[] =>
    sheet.getColumn(header.indexOf(label) + 1).values.slice(2) as string[]
  expect([...column('信报记录编号（请勿改动）')].sort()).toEqual(all.map(({ recordId }) => recordId).sort())
  expect(new Set(column('核对结果')).size).toBeGreaterThan(1)
  expect(column('法定代表人').filter((name) => name !== '' && !name.includes('*'))).toEqual([])
})

it('the records with errors come back mended to the same drafts', async () => {
  const path = join(folder, '要改的.xlsx')
  const faulty = all.filter(({ quality }) => quality !== 'clean')
  const written = await run('export', path, '--errors')
  expect(written.json, written.stderr).toMatchObject({ records: faulty.length })
  const workbook = await opened(path)
  const sheet = workbook.worksheets[0]!
  const at = textsOf(sheet.getRow(1)).indexOf('许可内容') + 1
  let mended = 0
  sheet.eachRow((row, number) => {
    if (number === 1 || row.getCell(at).text !== '') return
    row.getCell(at).value = '准予从事食品经营'
    mended++
  })
  expect(mended).toBeGreaterThan(0)
  await workbook.xlsx.writeFile(path)
  const back = await run('import', path, '--type', 'XZXK_FR')
  expect(back.json, back.stderr).toMatchObject({ rows: faulty.length, imported: 0, updated: mended })
  const after = await listed()
  expect(after.map(({ recordId }) => recordId).sort()).toEqual(all.map(({ recordId }) => recordId).sort())
  expect(after.filter(({ quality }) => quality !== 'clean')).toHaveLength(faulty.length - mended)
})

it('a type that the standard does not have is refused, and no file is left', async () => {
  const path = join(folder, 'none.xlsx')
  const result = await run('export', path, '--type', 'NOPE')
  expect(result.json).toMatchObject({ failure: { code: 'pack.unknown-type' } })
  expect(existsSync(path)).toBe(false)
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { penalty, writeRows } from '@test/fixtures/invented-penalties'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'

const folder = mkdtempSync(join(tmpdir(), 'xinbao-reports-'))
const resourceDir = resolve(import.meta.dirname, '../../../resources')
let made: PracticeDesk

const decided = (number: number, date: string) =>
  penalty(number, { CF_WSH: `萍示管罚〔2026〕${number}号`, CF_JDRQ: date })
const desk = (...words: string[]) =>
  runCommand([...words, '--data', made.deskDir, '--json', '--now', rehearsalNow])

beforeAll(async () => {
  made = await makePracticeDesk(folder, 'clean')
  const workbook = join(folder, '处罚.xlsx')
  const dates = ['2026-11-10', '2026-11-10', '2026-11-09', '2026-10-20']
  await writeRows(
    workbook,
    resourceDir,
    'XZCF_FR',
    dates.map((date, at) => decided(at + 1, date)),
  )
  expect((await desk('import', workbook, '--type', 'XZCF_FR')).code).toBe(0)
  await desk('submit')
})
afterAll(async () => {
  await made.platform.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('gives the monthly table and the rates as one JSON document', async () => {
  const { code, json } = await desk('report', 'monthly', '2026-11')
  expect(code).toBe(0)
  expect(json).toMatchObject({
    month: '2026-11',
    dueOn: '2026-12-10',
    running: true,
    lines: [{ type: 'XZCF_FR', group: 'penalty', produced: 3, reported: 3, unreported: 0, stored: 3 }],
    total: { produced: 3, withoutBasis: 0 },
    nil: ['licence', 'honour'],
    indicators: {
      compliance: { part: 4, whole: 4, rate: 1 },
      late: { part: 1, whole: 4, rate: 0.25 },
      reporting: { part: 3, whole: 3 },
    },
  })
  expect((await desk('report', 'monthly', '2026-10')).json).toMatchObject({
    running: false,
    total: { produced: 1, reported: 1 },
    indicators: { compliance: { whole: 0, rate: null } },
  })
})

it('writes a workbook that opens, with the table first and figures as numbers', async () => {
  const path = join(folder, '月报.xlsx')
  expect((await desk('report', 'monthly', '2026-11', path)).code).toBe(0)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  expect(workbook.worksheets.map(({ name }) => name)).toEqual([
    '月报表',
    '指标',
    '近12个月',
    '退回原因',
    '文号缺号',
  ])
  const [table, rates] = workbook.worksheets
  expect(table!.getCell(1, 1).text).toContain('2026-11 信用信息报送月报表')
  expect(table!.getCell(3, 2).value).toBe(3)
  expect(table!.getCell(3, 3).text).toBe('')
  expect(table!.getCell(4, 1).text).toBe('合计')
  expect(rates!.getCell(3, 2)).toMatchObject({ value: 0.25, numFmt: '0.0%' })
})

it('refuses what is no month', async () => {
  for (const words of [
    ['monthly', '2026-13'],
    ['yearly', '2026-11'],
    ['monthly', '11'],
  ])
    expect((await desk('report', ...words)).code).toBe(2)
})

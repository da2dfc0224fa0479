import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { addDays, addMonths } from '@shared/kernel/calendar-date'
import { penalty, writeRows } from '@test/fixtures/invented-penalties'
import { expect, test } from './client'
import type { Client } from './client'
import { closingPage } from './pages/closing-page'
import { deskPage } from './pages/desk-page'
import { importPage } from './pages/import-page'
import { publicityPage } from './pages/publicity-page'
import { reportsPage } from './pages/reports-page'
import { shellPage } from './pages/shell-page'

const resourceDir = resolve(import.meta.dirname, '../../resources')
const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

/** Penalties that are over, end within days, may be repaired, and were decided lately. */
function rows(): readonly Record<string, string>[] {
  const decided = (number: number, date: string, changes: Record<string, string> = {}) =>
    penalty(number, { CF_WSH: `萍示管罚〔${date.slice(0, 4)}〕${number}号`, CF_JDRQ: date, ...changes })
  const serious = { CF_CFLB: '罚款;责令停产停业' }
  const ended = (days: number) => ({ ...serious, CF_GSJZQ: addDays(today, days) })
  const old = addMonths(today, -20)
  // The practice platform refuses some records, by their content: there are enough of each kind.
  return [
    ...[1, 2, 3, 4, 5, 6].map((number) => decided(number, old, ended(-number))),
    ...[7, 8, 9, 10, 11, 12].map((number) => decided(number, old, ended(5))),
    decided(13, old, ended(40)),
    ...[21, 22, 23, 24, 25].map((number) => decided(number, addMonths(today, -5), serious)),
    ...[31, 32, 34, 35].map((number) => decided(number, addDays(today, -3))),
  ]
}

/** Brings the penalties through import and submission, and fetches what the platform says of them. */
async function publish({ page, giveFile }: Client): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-e2e-files-'))
  const workbook = join(folder, '行政处罚台账.xlsx')
  await writeRows(workbook, resourceDir, 'XZCF_FR', rows())
  const shell = shellPage(page)
  const importing = importPage(page)
  await shell.go('导入')
  await giveFile(workbook)
  await importing.check.click()
  await importing.run.click()
  await expect(importing.equation).toBeVisible({ timeout: 60_000 })
  await shell.go('工作台')
  await deskPage(page).startClosing.click()
  await closingPage(page).sendAll()
  rmSync(folder, { recursive: true, force: true })
}

test('what must come down stays on the list until the platform says so; repair is followed to its end', async ({
  client,
}) => {
  const { page, shot } = client
  await shellPage(page).go('公示')
  await expect(page.getByText('没有应当撤下的公示').first()).toBeVisible()
  await shot('40-publicity-empty')
  await publish(client)

  await shellPage(page).go('公示')
  await expect(page.getByText(/\d 件应当撤下/)).toBeVisible()
  await expect(reportsPage(page).drawn).toBeVisible()
  await shot('41-publicity-due')
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'))
  await shot('41-publicity-due-dark')
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'))
  await page.getByRole('checkbox').first().check()
  await page.getByRole('checkbox').nth(1).check()
  await publicityPage(page).askTakeDown.click()
  await page.getByRole('button', { name: '公示期满' }).click()
  await shot('42-publicity-ask')
  await page.getByRole('button', { name: '生成撤下申请' }).click()
  await expect(page.getByText(/2 件已生成撤下申请/)).toBeVisible()

  await publicityPage(page)
    .part(/60 天内到期/)
    .click()
  await expect(page.getByText('还有 5 天').first()).toBeVisible()
  await page
    .getByRole('row', { name: /还有 5 天/ })
    .first()
    .getByRole('button')
    .click()
  await expect(page.getByText('按记录填写的公示截止期')).toBeVisible()
  await shot('43-publicity-term')
  await page.getByRole('button', { name: '办理信用修复' }).click()
  await expect(page.getByText('还差 7 项材料')).toBeVisible()
  await page.getByRole('button', { name: '收到', exact: true }).first().click()
  await expect(page.getByText('还差 6 项材料')).toBeVisible()
  await shot('44-publicity-repair')
  await page.getByRole('button', { name: '调整期限' }).click()
  await shot('45-publicity-adjust')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '决定有变' }).last().click()
  await expect(page.getByText('三个工作日内撤回')).toBeVisible()
  await page.getByLabel('变更决定的文书号').fill('萍示复〔2026〕1号')
  await page.getByLabel('原因').fill('主要证据不足')
  await shot('46-publicity-changed')
  await page.getByRole('button', { name: '全部处理' }).click()
  await expect(page.getByText('1 条记录已处理')).toBeVisible()
  await page.keyboard.press('Escape')

  await shellPage(page).go('工作台')
  await deskPage(page).startClosing.click()
  await closingPage(page).again.click()
  await page.getByRole('button', { name: /^报送 3 件$/ }).click()
  await expect(page.getByText(/报送完成/)).toBeVisible({ timeout: 60_000 })
  await shellPage(page).go('公示')
  await page.getByRole('button', { name: '收取平台反馈' }).click()
  await page.getByRole('button', { name: /^已撤下/ }).click()
  await expect(page.getByRole('row', { name: /已撤下/ })).toHaveCount(3, { timeout: 60_000 })
  await page.getByRole('button', { name: /决定有变/ }).click()
  await expect(page.getByText('已完成')).toBeVisible()
  await shot('47-publicity-events')
})

test('the monthly table, its rates and charts, on screen, in Excel and on paper', async ({ client }) => {
  const { page, shot } = client
  await shellPage(page).go('统计')
  await expect(page.getByText(/没有产生信息/)).toBeVisible()
  await shot('50-reports-empty')
  await publish(client)
  await shellPage(page).go('统计')
  await expect(page.getByRole('cell', { name: '行政处罚（法人和非法人组织、个体工商户）' })).toBeVisible()
  await expect(reportsPage(page).drawn).toBeVisible()
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
    await shot(`51-reports-${theme}`)
    await page.locator('.page').evaluate((frame) => frame.scrollTo(0, frame.scrollHeight))
    await shot(`52-reports-${theme}-below`)
    await page.locator('.page').evaluate((frame) => frame.scrollTo(0, 0))
  }
  await reportsPage(page)
    .asTable(/产生数与上年同月/)
    .click()
  await expect(page.getByRole('columnheader', { name: '上年同月' })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: /信用信息报送月报表/, includeHidden: true })).toBeVisible()
  await shot('53-reports-paper')
  await page.emulateMedia({ media: 'screen' })
  const download = page.waitForEvent('download')
  await reportsPage(page).workbook.click()
  expect((await download).suggestedFilename()).toMatch(/^信用信息报送月报表-\d{4}-\d{2}\.xlsx$/)
})

import type { Page } from '@playwright/test'
import { expect, test } from './client'
import { closingPage } from './pages/closing-page'
import { deskPage } from './pages/desk-page'
import { formPage } from './pages/form-page'
import { importPage } from './pages/import-page'
import { inboxPage } from './pages/inbox-page'
import { practicePage } from './pages/practice-page'
import { shellPage } from './pages/shell-page'

/** Sends the sample workbook, so that the practice platform has something to write about. */
async function submitSample(page: Page): Promise<void> {
  await deskPage(page).sample.click()
  await importPage(page).check.click()
  await importPage(page).run.click()
  await expect(page.getByText('24 行 = 新增 24')).toBeVisible()
  await shellPage(page).go('工作台')
  await deskPage(page).startClosing.click()
  await closingPage(page).sendAll()
}

test('a clerk rehearses what a platform may send', async ({ client }) => {
  const { page, shot } = client
  const shell = shellPage(page)
  const practice = practicePage(page)
  const inbox = inboxPage(page)
  const form = formPage(page)

  await test.step('nothing comes before the platform holds a record', async () => {
    await practice.open.click()
    await practice.send('更正通知').click()
    await expect(practice.dialog.getByText('还没有可以用来练习的记录')).toBeVisible()
    await practice.close.click()
  })
  await submitSample(page)

  await test.step('a request for a correction is answered by a correction', async () => {
    await practice.open.click()
    await shot('70-practice')
    await practice.send('更正通知').click()
    await expect(page.getByRole('heading', { name: '平台要求更正' })).toBeVisible()
    await shot('71-notice')
    await inbox.openNoticed.click()
    const asked = form.panel.getByRole('status').filter({ hasText: '平台要求更正' })
    await asked.getByRole('button', { name: '行政相对人名称' }).click()
    await expect(form.subjectName).toBeFocused()
    await form.subjectName.fill('江西演习新能源科技有限公司')
    await shot('72-asked-record')
    await form.sendCorrection.click()
    await expect(asked).toBeHidden({ timeout: 60_000 })
    await shell.go('反馈')
    await expect(inbox.entry('平台要求更正')).toBeHidden()
  })

  await test.step('an order to take down is answered with a reason', async () => {
    await practice.open.click()
    await practice.send('撤下通知').click()
    await expect(page.getByRole('heading', { name: '平台要求撤下公示' })).toBeVisible()
    await page.getByRole('button', { name: '无需撤下' }).click()
    const reasons = page.getByRole('dialog')
    await reasons.getByRole('textbox').fill('公示依据仍然有效')
    await reasons.getByRole('button', { name: /答复/ }).click()
    await expect(reasons).toBeHidden()
    await expect(page.getByRole('button', { name: '无需撤下' })).toBeHidden()
  })

  await test.step('a late rejection stands among the causes', async () => {
    await practice.open.click()
    await practice.send('事后退回').click()
    await expect(page.getByRole('row', { name: /424号/ })).toBeVisible()
  })

  await test.step('the platform behaves as it was told', async () => {
    await practice.open.click()
    await practice.scenario.click()
    await page.getByRole('option', { name: '时断时续' }).click()
    await practice.close.click()
    await page.reload()
    await practice.open.click()
    await expect(practice.dialog.getByText('时断时续')).toBeVisible()
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { expect, test } from './client'
import { closingPage } from './pages/closing-page'
import { deskPage } from './pages/desk-page'
import { formPage } from './pages/form-page'
import { importPage } from './pages/import-page'
import { inboxPage } from './pages/inbox-page'
import { recordsPage } from './pages/records-page'
import { shellPage } from './pages/shell-page'

test('a newcomer takes the sample workbook from import to accepted', async ({ client }) => {
  const { page, shot } = client
  const shell = shellPage(page)
  const desk = deskPage(page)
  const importing = importPage(page)
  const closing = closingPage(page)
  await expect(page.getByText('演练模式').first()).toBeVisible()
  await shot('01-first-start')

  await desk.sample.click()
  await expect(page.getByText('必填字段都对上了')).toBeVisible()
  await shot('02-columns')
  await importing.check.click()
  await expect(page.getByText('检查了 24 行')).toBeVisible()
  await shot('03-preview')
  await importing.run.click()
  await expect(page.getByText('24 行 = 新增 24')).toBeVisible()
  await shot('04-imported')

  await shell.go('工作台')
  await expect(desk.danger).toBeVisible()
  await shot('05-desk')
  await desk.startClosing.click()
  await closing.sendAll()
  await expect(page.getByRole('cell', { name: /^R\d{8}-\d+/ })).toBeVisible()
  await shot('06-submitted')

  // The platform does not know one subject of the sample; the clerk checks the name, mends it and sends it again.
  await shell.go('反馈')
  const inbox = inboxPage(page)
  await inbox.cause('1001').click()
  await shot('07-inbox')
  await inbox.openRecord(/未登记商贸/).click()
  const form = formPage(page)
  const name = form.subjectName
  await expect(name).toHaveValue('萍乡市未登记商贸有限公司')
  await shot('08-rejected-record')
  await name.fill('萍乡市已登记商贸有限公司')
  await form.sendAgain.click()
  await expect(page.getByText('已通过').first()).toBeVisible({ timeout: 60_000 })
  await shot('09-accepted')

  await shell.go('批次')
  await expect(page.getByText('已办结').first()).toBeVisible()
  await shot('10-batches')
})

test('a messy file of 300 rows is imported, mended at the form and submitted', async ({ client }) => {
  const { page, shot } = client
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-e2e-files-'))
  const workbook = join(folder, '11月许可台账.xlsx')
  const expectation = await writeMessyLicences(workbook, 300)

  await shellPage(page).go('导入')
  await client.giveFile(workbook)
  await importPage(page).check.click()
  await page.getByRole('button', { name: '导入 300 行' }).click()
  await expect(page.getByText(`要先改正 ${expectation.blocked.size}`)).toBeVisible({ timeout: 60_000 })
  await shot('20-messy-imported')

  await shellPage(page).go('记录')
  await recordsPage(page).filter('有问题').click()
  await expect(page.getByText(`${expectation.blocked.size} 件`).first()).toBeVisible()
  await shot('21-problems')
  rmSync(folder, { recursive: true, force: true })
})

test('every screen stands in light and dark', async ({ client }) => {
  const { page, shot } = client
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
    for (const name of ['工作台', '记录', '导入', '反馈', '批次', '公示', '统计', '设置']) {
      await page.getByRole('link', { name: new RegExp(name) }).click()
      await expect(page.getByRole('heading', { name }).first()).toBeVisible()
      await shot(`30-${theme}-${name}`)
    }
  }
})

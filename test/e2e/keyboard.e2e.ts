import { expect, test } from './client'
import { keyboard } from './keyboard'
import { batchesPage } from './pages/batches-page'
import { closingPage } from './pages/closing-page'
import { deskPage } from './pages/desk-page'
import { formPage } from './pages/form-page'
import { importPage } from './pages/import-page'
import { inboxPage } from './pages/inbox-page'
import { recordsPage } from './pages/records-page'
import { shellPage } from './pages/shell-page'

test('the main job by keyboard alone, from the sample workbook to the mended record', async ({ client }) => {
  const { page } = client
  const keys = keyboard(page)
  const { entry } = shellPage(page)
  await expect(page.getByText('演练模式').first()).toBeVisible()

  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: '跳到内容' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await keys.enter(page.getByRole('button', { name: /导入示例工作簿/ }))

  const importing = importPage(page)
  await keys.enter(importing.check)
  await keys.enter(importing.run)
  await expect(importing.equation).toBeVisible()
  await keys.standsSomewhere()

  await keys.enter(entry('工作台'))
  await expect(page.getByRole('main')).toBeFocused()
  await keys.enter(deskPage(page).startClosing)
  const closing = closingPage(page)
  await expect(closing.send).toBeVisible()
  await keys.standsSomewhere()
  await keys.enter(closing.send)
  await expect(closing.done).toBeVisible({ timeout: 60_000 })
  await keys.standsSomewhere()

  await keys.enter(entry('反馈'))
  const inbox = inboxPage(page)
  await keys.enter(inbox.cause('1001'))
  await keys.enter(inbox.openRecord(/未登记商贸/))
  const form = formPage(page)
  await keys.write(form.subjectName, '萍乡市已登记商贸有限公司')
  await keys.enter(form.sendAgain)
  await expect(page.getByText('已通过').first()).toBeVisible({ timeout: 60_000 })
  await keys.standsSomewhere()

  await keys.tabTo(form.close)
  await page.keyboard.press('Escape')
  await expect(form.panel).toBeHidden()
  await keys.standsSomewhere()

  await keys.enter(entry('批次'))
  const opener = batchesPage(page)
    .row(/已办结/)
    .getByRole('button')
    .first()
  await keys.enter(opener)
  const drawer = page.getByRole('dialog')
  await expect(drawer).toBeVisible()
  await keys.tabTo(batchesPage(page).tab('回执'))
  for (let stops = 0; stops < 40; stops++) {
    await page.keyboard.press('Tab')
    expect(await drawer.evaluate((one) => one.contains(document.activeElement))).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(opener).toBeFocused()
})

test('dialogs and menus give the focus back to what opened them', async ({ client }) => {
  const { page } = client
  const keys = keyboard(page)
  await keys.enter(page.getByRole('button', { name: /导入示例工作簿/ }))
  await keys.enter(importPage(page).check)
  await keys.enter(importPage(page).run)
  await expect(importPage(page).equation).toBeVisible()
  await page.keyboard.press('Control+k')
  const records = recordsPage(page)
  await expect(records.search).toBeFocused()

  await keys.tabTo(records.grid)
  await page.keyboard.press('Space')
  const hold = page.getByRole('button', { name: '暂缓', exact: true })
  await keys.tabTo(hold, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await page.getByRole('dialog').evaluate((one) => one.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(hold).toBeFocused()

  await keys.tabTo(records.grid)
  await page.keyboard.press('Enter')
  const form = formPage(page)
  await expect(form.panel).toBeFocused()
  await keys.enter(form.more)
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(form.more).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(form.panel).toBeHidden()
  await expect(records.grid).toBeFocused()
})

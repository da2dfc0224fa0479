/** `npm run guide:pictures`: walks the client over practice data and takes the pictures of the user guide anew. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from './client'
import { shellPage } from './pages/shell-page'

const folder = resolve(import.meta.dirname, '../../resources/guide/images')

test.use({ viewport: { width: 1180, height: 600 } })

test('the pictures of the user guide', async ({ client }) => {
  const { page } = client
  mkdirSync(folder, { recursive: true })
  const take = (name: string) =>
    page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
  const { go, dismissNotices } = shellPage(page)

  await expect(page.getByText('导入示例工作簿')).toBeVisible()
  await take('first')
  await page.getByText('导入示例工作簿').click()
  await expect(page.getByText('必填字段都对上了')).toBeVisible()
  await take('columns')
  await page.getByRole('button', { name: '检查全部数据' }).click()
  await expect(page.getByText('检查了 24 行')).toBeVisible()
  await take('preview')
  await page.getByRole('button', { name: '导入 24 行' }).click()
  await expect(page.getByText('24 行 = 新增 24')).toBeVisible()
  await go('工作台')
  await expect(page.getByText('先处理这些')).toBeVisible()
  await dismissNotices()
  await take('desk')
  await page.getByRole('button', { name: '开始日结' }).click()
  await expect(page.getByRole('button', { name: /^报送 \d+ 件$/ })).toBeVisible()
  await take('closing')
  await page.getByRole('button', { name: /^报送 \d+ 件$/ }).click()
  await expect(page.getByText(/报送完成/)).toBeVisible({ timeout: 60_000 })
  await go('反馈')
  await page.getByText('退回 1001').first().click()
  await dismissNotices()
  await take('inbox')
  await page
    .getByRole('row', { name: /未登记商贸/ })
    .getByRole('link', { name: '打开' })
    .click()
  await expect(page.getByLabel('行政相对人名称')).toBeVisible()
  await take('form')
  await go('批次')
  await page
    .getByRole('row', { name: /已办结/ })
    .first()
    .click()
  await expect(page.getByRole('tab').first()).toBeVisible()
  await take('batches')
  await page.keyboard.press('Escape')
  await go('公示')
  await page.getByRole('button', { name: /^公示中/ }).click()
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await take('publicity')
  await go('统计')
  await expect(page.getByText('月报表').first()).toBeVisible()
  await take('reports')
  await go('设置')
  await page.getByRole('button', { name: '备份与体检' }).click()
  await expect(page.getByText('还没有备份过')).toBeVisible()
  await take('settings')
})

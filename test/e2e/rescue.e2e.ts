import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { licenceCells, licenceHeader } from '@test/fixtures/licence-table'
import { expect, test } from './client'
import { recordsPage } from './pages/records-page'

/** The columns of the standard but one under a name of the bureau's own, and two more. */
const header = [
  ...licenceHeader.map((label) => (label === '统一社会信用代码' ? '企业编码' : label)),
  '经办科室',
  '负责人',
]

/** A cover sheet, a title, two columns for one field, codes under a name of the bureau's own, hidden rows, a total. */
async function writeDamaged(path: string): Promise<void> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('封面').addRow(['萍乡市示例管理局'])
  const sheet = book.addWorksheet('11月许可')
  sheet.addRow(['2026年11月行政许可台账'])
  sheet.addRow(header)
  for (let number = 70_001; number <= 70_012; number++) {
    const row = sheet.addRow([
      ...licenceCells(number, {
        行政许可决定文书号: `萍示许[2026]${number}号`,
        许可决定日期: '2026年11月10日',
        有效期至: '长期',
      }),
      '示例一科',
      '李示例',
    ])
    if (number > 70_010) row.hidden = true
  }
  sheet.addRow([])
  sheet.addRow(['合计', '12 件'])
  await book.xlsx.writeFile(path)
}

test('a damaged workbook is rescued: asked about, shown before and after, and remembered', async ({
  client,
}) => {
  const { page, shot } = client
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-e2e-rescue-'))
  const workbook = join(folder, '11月台账.xlsx')
  await writeDamaged(workbook)

  await page.getByRole('link', { name: '导入' }).click()
  await client.giveFile(workbook)
  await expect(page.getByText('有 1 处拿不准')).toBeVisible()
  const next = page.getByRole('button', { name: '检查全部数据' })
  await expect(next).toBeDisabled()
  await shot('40-rescue-question')
  await page.getByRole('button', { name: '用 D 法定代表人' }).click()
  await page.keyboard.press('Control+z')
  await expect(next).toBeDisabled()
  await page.getByRole('button', { name: '用 D 法定代表人' }).click()
  await page.getByRole('button', { name: 'C 企业编码' }).focus()
  await expect(page.getByText('看过的 12 个值都是统一社会信用代码')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText('D 法定代表人 的前几行')).toBeVisible()
  await shot('41-rescue-columns')
  await page.keyboard.press('Control+Enter')

  await expect(page.getByText('有 2 行在表格里是隐藏的')).toBeVisible()
  await page.getByRole('button', { name: '不导入', exact: true }).click()
  await expect(page.getByRole('button', { name: '导入 10 行' })).toBeVisible()
  await page.getByRole('tab', { name: /自动整理/ }).click()
  await expect(page.getByRole('cell', { name: '确有这一天，星期二' }).first()).toBeVisible()
  await shot('42-rescue-repairs')
  await page.getByRole('tab', { name: /跳过的行/ }).click()
  await expect(page.getByRole('cell', { name: '合计 12 件' })).toBeVisible()
  await page.getByRole('button', { name: '导入 10 行' }).click()
  await expect(page.getByText(/10 行 = 新增 10.*隐藏行 2/)).toBeVisible()
  await shot('43-rescue-result')

  await page.getByRole('link', { name: '记录' }).click()
  await recordsPage(page).row('萍示许[2026]70001号').click()
  await page.getByText(/导入时整理了/).click()
  await expect(page.getByText('2026年11月10日').first()).toBeVisible()
  await page.getByText(/表里还有 2 列不属于标准/).click()
  await expect(page.getByText('示例一科')).toBeVisible()
  await expect(page.getByText('李**')).toBeVisible()
  await shot('44-rescue-history')

  await page.getByRole('link', { name: '导入' }).click()
  await page.getByRole('button', { name: '再导入一个文件' }).click()
  await client.giveFile(workbook)
  await expect(page.getByText('以前导入过 1 次')).toBeVisible()
  await expect(page.getByText(/处拿不准/)).toBeHidden()
  rmSync(folder, { recursive: true, force: true })
})

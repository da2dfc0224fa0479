import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { hostileTexts } from '@test/fixtures/hostile-texts'
import { licenceCells, licenceHeader } from '@test/fixtures/licence-table'
import { expect, test } from './client'
import { watchHostile } from './hostile-watch'
import { formPage } from './pages/form-page'
import { importPage } from './pages/import-page'
import { recordsPage } from './pages/records-page'
import { settingsPage } from './pages/settings-page'
import { shellPage } from './pages/shell-page'
import type { ScreenName } from './pages/shell-page'

/** Control characters that no cell of a workbook can hold. */
const inCell = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- these are the characters that are meant
  text.replace(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff]/g, '').slice(0, 200)

/** A row for each text, with the text in every field that takes words, in a column of the bureau's own, and in its name. */
async function writeHostile(path: string): Promise<void> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('{0}<b>{label}')
  sheet.addRow([...licenceHeader, '<img data-hostile=1 src=x onerror=canary()>'])
  hostileTexts.forEach((text, at) => {
    const words = inCell(text)
    const name = /[\p{L}]/u.test(words) ? words : `示例${words}`
    const cells = licenceCells(80_000 + at, {
      行政相对人名称: name,
      法定代表人: name,
      行政许可决定文书名称: name,
      行政许可决定文书号: `${name}${at}`,
      许可内容: name,
      许可机关: name,
    })
    sheet.addRow([...cells, words])
  })
  await book.xlsx.writeFile(path)
}

test('a workbook full of hostile texts is imported, looked at, searched, held, sent and taken out again as words', async ({
  client,
}) => {
  test.setTimeout(300_000)
  const { page } = client
  const watch = await watchHostile(page)
  await page.reload()
  const shell = shellPage(page)
  const importing = importPage(page)
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-e2e-hostile-'))
  const workbook = join(folder, '<img data-hostile=1 src=x onerror=canary()>{file}%s=1+1.xlsx')
  await writeHostile(workbook)

  await shell.go('导入')
  await client.giveFile(workbook)
  await expect(importing.check).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('{file}%s=1+1.xlsx').first()).toBeVisible()
  await watch.expectOnlyTexts('columns')
  await importing.check.click()
  await expect(importing.run).toBeVisible({ timeout: 60_000 })
  for (const tab of ['自动整理', '跳过的行', '问题'] as const) {
    await importing.tab(tab).click()
    await watch.expectOnlyTexts(`preview, ${tab}`)
  }
  await importing.run.click()
  await expect(importing.equation).toBeVisible({ timeout: 60_000 })
  await watch.expectOnlyTexts('result')
  const errors = page.getByRole('button', { name: '下载错误表' })
  if (await errors.isVisible()) {
    const path = join(folder, 'errors.xlsx')
    await client.takeFile(path, () => errors.click())
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(readFileSync(path).buffer)
    const formulas: string[] = []
    book.eachSheet((sheet) =>
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          if (cell.type === ExcelJS.ValueType.Formula || cell.type === ExcelJS.ValueType.Hyperlink)
            formulas.push(cell.address)
        }),
      ),
    )
    expect(formulas).toEqual([])
  }

  await shell.go('记录')
  const records = recordsPage(page)
  await records.filter('未报送').click()
  for (const text of [
    hostileTexts[0]!,
    '=1+1',
    '{label} {file} {row}',
    "'; DROP TABLE record; --",
    '%s %d',
    '\\',
    '"',
  ]) {
    await records.search.fill(text)
    await page.waitForTimeout(400)
    await watch.expectOnlyTexts(`search for ${text}`)
  }
  await records.search.fill('onerror')
  const row = page.getByRole('row', { name: /onerror/ }).first()
  await row.click()
  const form = formPage(page)
  await expect(form.panel).toBeVisible()
  await watch.expectOnlyTexts('form')
  const content = page.getByLabel('许可内容')
  const typed = `{reason}{{7*7}}<img data-hostile=1 src=x onerror=canary()>`
  await content.fill(typed)
  await form.save.click()
  await expect(page.getByText(/已保存/).first()).toBeVisible()
  await expect(content).toHaveValue(typed)
  await form.panel.getByRole('button', { name: '暂缓', exact: true }).click()
  const reason = `{reason}{label}%s<script data-hostile=1>canary()</script>`
  await page.getByRole('dialog').getByRole('textbox').first().fill(reason)
  await page.getByRole('dialog').getByRole('button', { name: '暂缓', exact: true }).click()
  // Once in the state of the record and once in its history: with the braces as they were written.
  await expect(form.panel.getByText(reason).first()).toBeVisible()
  await watch.expectOnlyTexts('held')

  await shell.go('设置')
  await settingsPage(page).section('操作留痕').click()
  await expect(page.getByText(reason).first()).toBeVisible()
  await watch.expectOnlyTexts('audit trail')

  await shell.go('工作台')
  await page.getByRole('button', { name: '开始日结' }).click()
  const send = page.getByRole('button', { name: /^报送 \d+ 件$/ })
  await expect(send).toBeVisible()
  await watch.expectOnlyTexts('forecast')
  await send.click()
  await expect(page.getByText(/报送完成|还有批次没有办完/)).toBeVisible({ timeout: 120_000 })
  await watch.expectOnlyTexts('result of the closing')
  await page.emulateMedia({ media: 'print' })
  await watch.expectOnlyTexts('closing sheet')
  await page.emulateMedia({ media: 'screen' })

  const screens: readonly ScreenName[] = [
    '工作台',
    '记录',
    '反馈',
    '批次',
    '公示',
    '统计',
    '规则与字段',
    '设置',
  ]
  for (const name of screens) {
    await shell.go(name)
    await page.waitForLoadState('networkidle')
    await watch.expectOnlyTexts(name)
  }
  rmSync(folder, { recursive: true, force: true })
})

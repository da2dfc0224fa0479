import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cameraExif, jpegWith, smallPdf } from '@test/fixtures/pictures'
import { expect, test } from './client'
import { recordsPage } from './pages/records-page'

test('a clerk keeps the documents of a record beside it', async ({ client }) => {
  const { page, shot } = client
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-e2e-documents-'))
  const write = (name: string, bytes: Buffer): string => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }

  await page.getByText('导入示例工作簿').click()
  await page.getByRole('button', { name: '检查全部数据' }).click()
  await page.getByRole('button', { name: '导入 24 行' }).click()
  await expect(page.getByText('24 行 = 新增 24')).toBeVisible()
  await page.getByRole('link', { name: '记录' }).click()
  await recordsPage(page).rowAt(1).click()
  const section = page.getByRole('region', { name: '佐证材料' })
  await section.scrollIntoViewIfNeeded()
  await expect(section.getByText('不会发给平台')).toBeVisible()
  await shot('50-no-documents')

  const files = [
    write('准予许可决定书.pdf', smallPdf()),
    write('现场照片.jpg', jpegWith(cameraExif())),
    write('身份证正面.png.exe', smallPdf('x')),
  ]
  await client.giveFile(files, { within: section, button: '添加材料' })
  await expect(section.getByText('现场照片.jpg')).toBeVisible()
  await expect(section.getByText('已去掉拍摄地点、设备信息、其他附带信息')).toBeVisible()
  await expect(page.getByText(/没有附上“身份证正面.png.exe”/)).toBeVisible()
  await section.scrollIntoViewIfNeeded()
  await shot('51-documents')

  await section.getByRole('button', { name: '移除' }).first().click()
  await expect(section.getByText('已移除 1 件')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(section.getByText('准予许可决定书.pdf')).toBeVisible()
  await expect(section.getByText('已移除 1 件')).toBeHidden()
  await expect(page.getByText('附上材料“准予许可决定书.pdf”')).toBeVisible()

  await page.getByRole('link', { name: '设置' }).click()
  await page.getByText('佐证材料').click()
  await expect(page.getByLabel('一件的大小（MB）')).toHaveValue('20')
  await shot('52-document-limits')
  rmSync(folder, { recursive: true, force: true })
})

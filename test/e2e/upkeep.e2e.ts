import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from './client'

const program = resolve(import.meta.dirname, '../../out/main/cli.js')
const password = '萍乡-备份-2026-冬'

test('a backup written on the page comes back on another machine; the trail tells of it', async ({
  client,
}) => {
  const { page, shot } = client
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-e2e-backup-'))
  const backup = join(folder, 'desk.xinbao')
  await page.getByRole('link', { name: '设置', exact: true }).click()
  await page.getByRole('button', { name: '备份与体检' }).click()
  await expect(page.getByText('还没有备份过')).toBeVisible()

  const secret = page.getByRole('textbox', { name: '备份密码' })
  const again = page.getByRole('textbox', { name: '再输一遍' })
  const write = page.getByRole('button', { name: '写出备份' })
  await secret.fill('太短')
  await again.fill('不同')
  await write.click()
  await expect(page.getByRole('alert')).toHaveText([/至少 10 个字/, /两遍不一样/])
  await secret.fill(password)
  await again.fill(password)
  await client.takeFile(backup, () => write.click())
  await expect(page.getByText('备份已写出')).toBeVisible()
  await expect(page.getByText('还没有备份过')).toBeHidden()

  await page.getByRole('button', { name: '开始体检' }).click()
  await expect(page.getByText('体检完成，0 个问题。')).toBeVisible()
  await shot('60-backup')

  await page.getByRole('button', { name: '操作留痕' }).click()
  await page.getByRole('button', { name: '设置与备份' }).click()
  await expect(page.getByRole('cell', { name: '写出备份' })).toBeVisible()
  await shot('61-audit-trail')

  writeFileSync(join(folder, 'password.txt'), password)
  const words = ['restore', backup, '--password-file', join(folder, 'password.txt'), '--json']
  const restored = spawnSync(process.execPath, [program, ...words, '--data', join(folder, 'other')], {
    encoding: 'utf8',
  })
  expect(JSON.parse(restored.stdout), restored.stderr).toEqual({ ok: true, problems: [] })
  rmSync(folder, { recursive: true, force: true })
})

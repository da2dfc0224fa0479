import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writeTarget } from '@engine/handlers/target-writing'
import { writeErrorWorkbook } from '@engine/sheets/error-workbook-writer'
import { createTokenFiles } from '@engine/token-files'

const mark = { standard: 'x', version: '1', recordType: 'XZXK_FR' }

it('a file that cannot be written is called by the name that the user gave, not by its token', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-target-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const files = createTokenFiles()
  const write = (token: string) =>
    writeTarget(files, token, (path) =>
      writeErrorWorkbook({ title: '许可', mark, headers: ['甲'], codes: [''], rows: [] }, path),
    )
  files.register({ role: 'target', token: 'good', path: join(folder, 'hZ9c'), name: '错误.xlsx' })
  files.register({ role: 'target', token: 'bad', path: join(folder, 'gone', 'hZ9c'), name: '错误.xlsx' })
  expect(await write('good')).toBe(0)
  expect(readdirSync(folder)).toEqual(['hZ9c'])
  await expect(write('bad')).rejects.toMatchObject({
    failure: { code: 'output.not-writable', params: { file: '错误.xlsx' } },
  })
})

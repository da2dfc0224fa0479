import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegisteredFile } from '@shared/contract/engine-messages'
import { MAX_UPLOAD_BYTES } from '@shared/contract/page-files'
import { answerPageRequest } from '@main/page-protocol'
import { createPageUpload } from '@main/page-upload'
import type { PageUpload } from '@main/page-upload'

let folder: string
let upload: PageUpload
const registered: RegisteredFile[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-page-'))
  upload = createPageUpload({
    folder: join(folder, 'uploads'),
    registerFile: (file) => registered.push(file),
    onDefect: (error) => {
      throw error
    },
  })
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>页')
  writeFileSync(join(folder, 'renderer', 'assets', 'a-1.js'), 'export {}')
  mkdirSync(join(folder, 'guide'))
  writeFileSync(join(folder, 'guide', 'index.html'), '<!doctype html>说明')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  writeFileSync(join(folder, 'renderer', 'notes.txt'), 'secret')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const folders = () => ({ renderer: join(folder, 'renderer'), guide: join(folder, 'guide') })
const ask = (url: string, method = 'GET') =>
  answerPageRequest(new Request(url, { method }), folders(), upload.receive)

test('the page and its files are served with the policy', async () => {
  const page = await ask('app://xinbao/')
  expect(await page.text()).toBe('<!doctype html>页')
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect((await ask('app://xinbao/assets/a-1.js?v=1#x')).headers.get('content-type')).toContain(
    'text/javascript',
  )
})

test('the user guide stands beside the page', async () => {
  const guide = await ask('app://xinbao/guide/index.html#closing')
  expect(await guide.text()).toBe('<!doctype html>说明')
  expect(guide.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
  for (const url of ['app://xinbao/guide/../secret.js', 'app://xinbao/guide/assets/a-1.js'])
    expect((await ask(url)).status).toBe(404)
})

test.each([
  'app://xinbao/../secret.js',
  'app://xinbao/assets/../../secret.js',
  'app://xinbao/%2e%2e/secret.js',
  'app://xinbao/..%2fsecret.js',
  'app://xinbao/..%5csecret.js',
  'app://xinbao/assets/..\\..\\secret.js',
  'app://xinbao//etc/passwd.js',
  'app://xinbao/notes.txt',
  'app://xinbao/assets',
  'app://xinbao/.hidden.js',
  'app://xinbao/con:stream.js',
  'app://xinbao/index.html%00.js',
  'app://other/index.html',
])('I10 %s is not found', async (url) => {
  const answer = await ask(url)
  expect(answer.status).toBe(404)
  expect(await answer.text()).toBe('')
})

test('only reading is served', async () => expect((await ask('app://xinbao/', 'POST')).status).toBe(404))

const drop = (
  name: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'X-Xinbao': '1' },
) =>
  answerPageRequest(
    new Request('app://xinbao/files', {
      method: 'POST',
      headers: { ...headers, 'X-File-Name': encodeURIComponent(name) },
      body,
    }),
    folders(),
    upload.receive,
  )

test('a file dropped onto the page is taken under a name of our own and announced by token', async () => {
  const answer = await drop('..\\..\\11月许可.xlsx', '内容')
  expect(answer.status).toBe(200)
  const taken = (await answer.json()) as { token: string; name: string; bytes: number }
  expect(taken).toMatchObject({ name: '11月许可.xlsx', bytes: 6 })
  const file = registered.at(-1)!
  expect(file).toMatchObject({ role: 'source', token: taken.token, name: '11月许可.xlsx' })
  expect(readFileSync(file.path, 'utf8')).toBe('内容')
  await upload.clear()
  expect(existsSync(file.path)).toBe(false)
})

test('an upload without the header of the page, or past the limit, leaves nothing behind', async () => {
  const before = registered.length
  expect((await drop('a.csv', 'a', {})).status).toBe(403)
  const large = await drop('a.csv', new Uint8Array(MAX_UPLOAD_BYTES + 1))
  expect(large.status).toBe(413)
  expect(await large.json()).toMatchObject({ ok: false, failure: { code: 'input.file-too-large' } })
  expect(registered).toHaveLength(before)
  expect(readdirSync(join(folder, 'uploads'))).toEqual([])
})

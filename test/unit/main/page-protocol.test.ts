import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerPageRequest } from '@main/page-protocol'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-page-'))
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>页')
  writeFileSync(join(folder, 'renderer', 'assets', 'a-1.js'), 'export {}')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  writeFileSync(join(folder, 'renderer', 'notes.txt'), 'secret')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ask = (url: string, method = 'GET') =>
  answerPageRequest(new Request(url, { method }), join(folder, 'renderer'))

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
])('%s is not found', async (url) => {
  const answer = await ask(url)
  expect(answer.status).toBe(404)
  expect(await answer.text()).toBe('')
})

test('only reading is served', async () => expect((await ask('app://xinbao/', 'POST')).status).toBe(404))

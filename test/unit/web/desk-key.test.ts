import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeDeskKey, readDeskKey } from '@web/desk-key'

let folder: string
beforeEach(() => void (folder = join(mkdtempSync(join(tmpdir(), 'xinbao-key-')), 'desk')))
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

test('a made key is kept in a file of its owner, and given again', () => {
  expect(readDeskKey(folder, {})).toBeNull()
  const key = makeDeskKey(folder, {})
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(readDeskKey(folder, {})).toBe(key)
  expect(makeDeskKey(folder, {})).toBe(key)
  expect(statSync(join(folder, 'desk.key')).mode & 0o077).toBe(0)
})

test('the environment comes first and leaves no file', () => {
  const given = 'AB'.repeat(32)
  expect(makeDeskKey(folder, { XINBAO_KEY: given })).toBe(given.toLowerCase())
  expect(readDeskKey(folder, {})).toBeNull()
  expect(readDeskKey(folder, { XINBAO_KEY: '' })).toBeNull()
})

test.each(['short', 'g'.repeat(64), 'ab'.repeat(33)])('a wrong key is refused: %s', (text) => {
  makeDeskKey(folder, {})
  writeFileSync(join(folder, 'desk.key'), text)
  expect(() => readDeskKey(folder, {})).toThrow('storage.wrong-key')
  expect(() => readDeskKey(folder, { XINBAO_KEY: text })).toThrow('storage.wrong-key')
})

test('a folder with a store gets no new key: the old one would be taken for lost', () => {
  mkdirSync(folder)
  writeFileSync(join(folder, 'store.db'), '')
  expect(() => makeDeskKey(folder, {})).toThrow('storage.key-missing')
  expect(existsSync(join(folder, 'desk.key'))).toBe(false)
  expect(makeDeskKey(folder, { XINBAO_KEY: 'ab'.repeat(32) })).toBe('ab'.repeat(32))
})

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeyRefusal, storeKeyOf } from '@main/secrets'
import { safeStorage } from '@test/fakes/electron'

let folder: string
const reasonOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof KeyRefusal) return error.reason
    throw error
  }
  return 'none'
}

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'xinbao-key-')), 'desk')
})
afterEach(() => {
  Object.assign(safeStorage, { isAvailable: true, backend: 'gnome_libsecret', secret: 0x5a })
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

test('an empty folder gets a key that is on disk only wrapped, and gives it again', () => {
  const key = storeKeyOf(folder, safeStorage)
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(storeKeyOf(folder, safeStorage)).toBe(key)
  const [file, ...others] = readdirSync(folder)
  expect(others).toEqual([])
  const text = readFileSync(join(folder, file!), 'utf8')
  expect(text).not.toContain(key)
  expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain(key)
  expect(statSync(join(folder, file!)).mode & 0o077).toBe(0)
})

test('two folders have two keys', () => {
  expect(storeKeyOf(folder, safeStorage)).not.toBe(storeKeyOf(`${folder}2`, safeStorage))
  rmSync(`${folder}2`, { recursive: true })
})

test('without encryption nothing is opened and nothing is written', () => {
  safeStorage.isAvailable = false
  expect(reasonOf(() => storeKeyOf(folder, safeStorage))).toBe('noEncryption')
  Object.assign(safeStorage, { isAvailable: true, backend: 'basic_text' })
  expect(reasonOf(() => storeKeyOf(folder, safeStorage))).toBe('noEncryption')
  expect(existsSync(folder)).toBe(false)
})

test('another user, a damaged key file and a lost key file are refused and change nothing', () => {
  storeKeyOf(folder, safeStorage)
  const file = join(folder, readdirSync(folder)[0]!)
  const before = readFileSync(file, 'utf8')
  safeStorage.secret = 0x33
  expect(reasonOf(() => storeKeyOf(folder, safeStorage))).toBe('keyUnreadable')
  safeStorage.secret = 0x5a
  expect(readFileSync(file, 'utf8')).toBe(before)

  writeFileSync(file, before.slice(0, 20))
  expect(reasonOf(() => storeKeyOf(folder, safeStorage))).toBe('keyUnreadable')

  rmSync(file)
  writeFileSync(join(folder, 'store.db'), 'x')
  expect(reasonOf(() => storeKeyOf(folder, safeStorage))).toBe('keyUnreadable')
  expect(readdirSync(folder)).toEqual(['store.db'])
})

test('a folder that the command line made keeps its own key file', () => {
  mkdirSync(folder)
  writeFileSync(join(folder, 'desk.key'), `${'Ab'.repeat(32)}\n`)
  expect(storeKeyOf(folder, safeStorage)).toBe('ab'.repeat(32))
  writeFileSync(join(folder, 'desk.key'), 'short')
  expect(reasonOf(() => storeKeyOf(folder, safeStorage))).toBe('keyUnreadable')
  expect(readdirSync(folder)).toEqual(['desk.key'])
})

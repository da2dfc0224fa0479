import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommandProcess } from '@main/command-process'
import { storeKeyOf, wrappedKeyOf } from '@main/secrets'
import { safeStorage } from '@test/fakes/electron'
import { testBureau } from '@test/fixtures/invented-subjects'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { forkBuilt } from './node-shell-process'

let baseDir: string
let desk: string
let children: string[]

beforeEach(() => {
  baseDir = mkdtempSync(join(tmpdir(), 'xinbao-command-'))
  desk = join(baseDir, 'desk')
  children = []
})
afterEach(() => {
  safeStorage.secret = 0x5a
  rmSync(baseDir, { recursive: true, force: true })
})

/** Runs a command as the installed client does; only its own desk has a wrapped key. */
async function run(...words: readonly string[]) {
  const written = { stdout: '', stderr: '' }
  const fork = (entry: string, execArgv: readonly string[] = []) => {
    children.push(entry)
    return forkBuilt(entry, execArgv)
  }
  const code = await runCommandProcess({
    words: [...words, '--json'],
    resourceDir: resolve('resources'),
    fork: () => fork('command'),
    forkSheetChild: (memoryMb) => fork('sheet-child', [`--max-old-space-size=${memoryMb}`]),
    keys: {
      read: (dataDir) => wrappedKeyOf(dataDir, safeStorage),
      make: (dataDir) => (dataDir === desk ? storeKeyOf(dataDir, safeStorage) : null),
    },
    write: (to, text) => void (written[to] += text),
    onInterrupt: () => undefined,
  })
  return { code, stderr: written.stderr, json: JSON.parse(written.stdout) as Record<string, unknown> }
}

const init = (dataDir: string) =>
  run('init', '--data', dataDir, '--bureau-code', testBureau.code, '--bureau-name', testBureau.name)

test('the whole job runs on a desk whose key only the client can unwrap', { timeout: 60_000 }, async () => {
  expect((await init(desk)).code).toBe(0)
  expect(readdirSync(desk)).toContain('store-wrapped.key')
  expect(readdirSync(desk)).not.toContain('desk.key')

  const workbook = join(baseDir, '许可.xlsx')
  const expected = await writeMessyLicences(workbook, 40)
  const imported = await run('import', workbook, '--type', 'XZXK_FR', '--data', desk)
  expect(imported.json).toMatchObject({ file: '许可.xlsx', rows: 40, blocked: expected.blocked.size })
  expect(children).toContain('sheet-child')
  expect((await run('list', '--data', desk, '--limit', '3')).json['records']).toHaveLength(3)

  safeStorage.secret = 0x33
  const foreign = await run('list', '--data', desk)
  expect(foreign.code).toBe(3)
  expect(foreign.json).toMatchObject({ failure: { code: 'storage.wrong-key' } })
})

test(
  "a folder that is not the client's has its key in the open, as at the command line",
  { timeout: 60_000 },
  async () => {
    const elsewhere = join(baseDir, 'rehearsal')
    expect((await init(elsewhere)).code).toBe(0)
    expect(existsSync(join(elsewhere, 'desk.key'))).toBe(true)
    expect((await run('list', '--data', elsewhere)).json).toEqual({ records: [], next: null })
    const nowhere = await run('list', '--data', join(baseDir, 'nothing'))
    expect(nowhere).toMatchObject({ code: 3, json: { failure: { code: 'storage.not-initialised' } } })
    expect(nowhere.stderr).toContain('init')
    expect((await run('lst')).code).toBe(2)
  },
)

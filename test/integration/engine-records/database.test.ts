import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import {
  applySettings,
  assertSettings,
  createStore,
  integrityProblems,
  isAtLeast,
  openDatabase,
} from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import { openedStore, temporaryFolder, testKey } from './store-fixture'

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
  return 'no failure'
}

describe('opening a store', () => {
  it('sets every shipping setting on the first and on every later open', () => {
    const { file, store, database } = openedStore()
    assertSettings(database)
    store.close()
    const again = openDatabase({ file, key: testKey })
    expect(again.pragma('synchronous', { simple: true })).toBe(2)
    expect(again.pragma('locking_mode', { simple: true })).toBe('exclusive')
    expect(again.pragma('journal_mode', { simple: true })).toBe('wal')
    again.close()
  })

  it.each([
    ['synchronous', 'NORMAL'],
    ['secure_delete', 'OFF'],
    ['trusted_schema', 'ON'],
    ['foreign_keys', 'OFF'],
    ['cell_size_check', 'OFF'],
  ])('refuses a store on which %s reads back %s', (setting, value) => {
    const { database } = openedStore()
    database.pragma(`${setting} = ${value}`)
    expect(codeOf(() => assertSettings(database))).toBe('storage.settings-refused')
    applySettings(database)
    assertSettings(database)
  })

  it('refuses another key, a malformed key and a missing store', () => {
    const { file, store } = openedStore()
    store.close()
    expect(codeOf(() => openDatabase({ file, key: '1f'.repeat(32) }))).toBe('storage.wrong-key')
    expect(codeOf(() => openDatabase({ file, key: "x'; DROP" }))).toBe('storage.wrong-key')
    expect(codeOf(() => openDatabase({ file: join(temporaryFolder(), 'store.db'), key: testKey }))).toBe(
      'storage.not-initialised',
    )
  })

  it('leaves no readable text in the file', () => {
    const { file, store, database } = openedStore()
    store.write(() =>
      database.prepare('INSERT INTO setting VALUES (?, ?)').run('a', '"萍乡市青山商贸有限公司"'),
    )
    store.close()
    const bytes = readFileSync(file)
    expect(bytes.includes('萍乡市')).toBe(false)
    expect(bytes.subarray(0, 6).toString('latin1')).not.toBe('SQLite')
  })

  it('refuses a second connection while the first is open, before it has written anything', () => {
    const { file } = openedStore()
    expect(codeOf(() => openDatabase({ file, key: testKey, waitMs: 50 }))).toBe('storage.in-use')
  })

  it('refuses a second process', async () => {
    const { file } = openedStore()
    const child = fork(join(import.meta.dirname, 'open-store-child.mjs'), [file, testKey])
    const message = await new Promise((resolve) => child.once('message', resolve))
    expect(message).toBe('SQLITE_BUSY')
  })

  it.each([
    ['outbox', 'storage.damaged'],
    ['notice', 'no failure'],
  ])('looks at what decides about sending when a large store was left by a kill: %s', (table, expected) => {
    const { file, store, database } = openedStore()
    const page = database
      .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
      .pluck()
      .get(table)!
    store.close()
    const bytes = readFileSync(file)
    bytes[(page - 1) * 4096 + 100]! ^= 1
    writeFileSync(file, bytes)
    // A journal that is still there was left by a kill.
    writeFileSync(`${file}-wal`, '')
    const opened: Database[] = []
    expect(codeOf(() => opened.push(openDatabase({ file, key: testKey, largeFrom: 0 })))).toBe(expected)
    // What was not looked at is refused when it is read.
    for (const one of opened) {
      expect(codeOf(() => createStore(one).write(() => one.prepare(`SELECT * FROM "${table}"`).all()))).toBe(
        'storage.damaged',
      )
      one.close()
    }
    expect(codeOf(() => openDatabase({ file, key: testKey }))).toBe('storage.damaged')
  })

  it('refuses a file with one flipped bit as damaged, never reads it silently', () => {
    const { file, store, database } = openedStore()
    store.write(() => {
      const insert = database.prepare('INSERT INTO setting VALUES (?, ?)')
      for (let i = 0; i < 2000; i++) insert.run(`key-${i}`, JSON.stringify('x'.repeat(200)))
    })
    store.close()
    const size = statSync(file).size
    for (const part of [0.2, 0.5, 0.9]) {
      const at = Math.floor(size * part)
      const handle = openSync(file, 'r+')
      const byte = Buffer.alloc(1)
      readSync(handle, byte, 0, 1, at)
      writeSync(handle, Buffer.from([byte[0]! ^ 1]), 0, 1, at)
      expect(codeOf(() => openDatabase({ file, key: testKey }))).toBe('storage.damaged')
      writeSync(handle, byte, 0, 1, at)
      closeSync(handle)
    }
    const healed = openDatabase({ file, key: testKey })
    expect(integrityProblems(healed)).toEqual([])
    healed.close()
  })
})

describe('a unit of work', () => {
  it('is all or nothing', () => {
    const { store, database } = openedStore()
    const insert = database.prepare('INSERT INTO setting VALUES (?, ?)')
    expect(() =>
      store.write(() => {
        insert.run('a', '1')
        throw new Error('half way')
      }),
    ).toThrow('half way')
    expect(database.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(0)
  })

  it('reports a full disk as a failure and keeps what was there', () => {
    const { store, database } = openedStore()
    const pages = Number(database.pragma('page_count', { simple: true }))
    database.pragma(`max_page_count = ${pages + 2}`)
    const insert = database.prepare('INSERT INTO setting VALUES (?, ?)')
    const fill = (): void => {
      for (let i = 0; i < 100; i++) insert.run(`k${i}`, JSON.stringify('x'.repeat(2000)))
    }
    expect(codeOf(() => store.write(fill))).toBe('storage.full')
    expect(database.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(0)
  })

  it('closes once and leaves no log behind', () => {
    const { file, store } = openedStore()
    store.close()
    store.close()
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined()
    const database = openDatabase({ file, key: testKey })
    createStore(database).close()
  })
})

describe('units of work in bulk', () => {
  const journalOf = (database: Database): unknown => database.pragma('journal_mode', { simple: true })

  it('go by a journal of their own and leave the usual one, whatever became of them', async () => {
    const { store, database } = openedStore()
    const insert = database.prepare('INSERT INTO setting VALUES (?, ?)')
    const seen = await store.inBulk(() =>
      store.inBulk(() => {
        store.write(() => insert.run('a', '1'))
        return Promise.resolve(journalOf(database))
      }),
    )
    expect([seen, journalOf(database)]).toEqual(['truncate', 'wal'])
    await expect(store.inBulk(() => Promise.reject(new Error('cut short')))).rejects.toThrow('cut short')
    expect(journalOf(database)).toBe('wal')
    expect(database.pragma('synchronous', { simple: true })).toBe(2)
    expect(database.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1)
  })

  it('go by the usual journal while somebody is reading', async () => {
    const { store, database } = openedStore()
    const reading = database.prepare('SELECT * FROM sqlite_schema').iterate()
    reading.next()
    expect(await store.inBulk(() => Promise.resolve('done'))).toBe('done')
    reading.return?.()
    expect(journalOf(database)).toBe('wal')
  })

  it('can be followed by the end at once', async () => {
    const { file, store, database } = openedStore()
    await store.inBulk(() =>
      Promise.resolve(store.write(() => database.prepare('DELETE FROM setting').run())),
    )
    store.close()
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined()
    expect(statSync(`${file}-journal`, { throwIfNoEntry: false })).toBeUndefined()
  })

  it('closes in their midst', async () => {
    const { file, store, database } = openedStore()
    await store.inBulk(() => {
      store.write(() => database.prepare('INSERT INTO setting VALUES (?, ?)').run('a', '1'))
      store.close()
      return Promise.resolve()
    })
    const again = openDatabase({ file, key: testKey })
    expect(again.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1)
    again.close()
  })

  it('keeps what was committed, and nothing else, when the process is killed', async () => {
    const { file, store } = openedStore()
    store.close()
    const entry = await bundleEntry('test/integration/engine-records/bulk-store-child.ts')
    // The store's native package is outside the bundle.
    symlinkSync(
      resolve(import.meta.dirname, '../../../node_modules'),
      join(dirname(entry.path), 'node_modules'),
      'junction',
    )
    const child = fork(entry.path, [file, testKey])
    const journal = await new Promise((resolve) => child.once('message', resolve))
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    entry.remove()
    expect(journal).toBe('truncate')
    expect(statSync(`${file}-journal`).size).toBeGreaterThan(0)
    const database = openDatabase({ file, key: testKey })
    const count = database
      .prepare('SELECT count(*) FROM setting WHERE key LIKE ? AND value_json <> \'"lost"\'')
      .pluck()
    expect([count.get('committed-%'), count.get('lost-%')]).toEqual([2_000, 0])
    expect(integrityProblems(database)).toEqual([])
    expect(journalOf(database)).toBe('wal')
    database.close()
  })
})

it('compares versions by number', () => {
  expect(isAtLeast('3.53.4', [3, 51, 3])).toBe(true)
  expect(isAtLeast('3.51.3', [3, 51, 3])).toBe(true)
  expect(isAtLeast('3.51.2', [3, 51, 3])).toBe(false)
  expect(isAtLeast('3.9.9', [3, 51, 3])).toBe(false)
})

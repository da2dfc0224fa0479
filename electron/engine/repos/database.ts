import { existsSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Database as SqliteDatabase } from 'better-sqlite3'
import { FailureError, failure, refuse } from '@shared/kernel/failure'
import { sqliteCode, throwStorageError, withStorageErrors } from './storage-errors'
import type { Store } from './repo-types'

/** The one connection of a desk to its store. Only repos may use it. */
export type Database = SqliteDatabase

export interface OpenOptions {
  readonly file: string
  /** 64 hex digits. */
  readonly key: string
  /** Makes the file when there is none; otherwise a missing file is `storage.not-initialised`. */
  readonly create?: boolean
  /** How long to wait for another process to let go of the store. */
  readonly waitMs?: number
  /** From this size on, in bytes, a store is looked through in part only. */
  readonly largeFrom?: number
}

const OLDEST_SQLITE = [3, 51, 3] as const
const DEFAULT_WAIT_MS = 2_000
/** A store of this size is checked in about a quarter of a second. */
const LARGE_STORE_BYTES = 64 * 1024 * 1024

/**
 * Settings of every connection in the order in which they are made. `locking_mode` comes before `journal_mode` so
 * that WAL keeps its index in memory: no second process, no race of two checkpoints. `synchronous` is set each time
 * because the library reopens a WAL file at NORMAL, which loses acknowledged rows at a power cut.
 */
const settings: readonly (readonly [pragma: string, value: string, readBack: string | number])[] = [
  ['locking_mode', 'EXCLUSIVE', 'exclusive'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['mmap_size', '0', 0],
  // 64 MiB: one chunk of an import fits, else every page of it is encrypted and written many times over.
  ['cache_size', '-65536', -65_536],
  ['wal_autocheckpoint', '16384', 16_384],
]

/** Compares dotted versions number by number. */
export function isAtLeast(version: string, floor: readonly number[]): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, least] of floor.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part > least
  }
  return true
}

function connect(options: OpenOptions): Database {
  try {
    const timeout = options.waitMs ?? DEFAULT_WAIT_MS
    const database = new Sqlite(options.file, { timeout, fileMustExist: options.create !== true })
    return database
  } catch (error) {
    if (options.create !== true && sqliteCode(error) === 'SQLITE_CANTOPEN') refuse('storage.not-initialised')
    throwStorageError(error)
  }
}

function applyKey(database: Database, key: string): void {
  if (!/^[0-9a-f]{64}$/i.test(key)) refuse('storage.wrong-key')
  database.pragma("cipher = 'sqlcipher'")
  database.pragma(`key = "x'${key}'"`)
  // Before the first look at a page: a WAL store first read in shared mode would keep its index in a file.
  database.pragma('locking_mode = EXCLUSIVE')
  try {
    database.exec('SELECT count(*) FROM sqlite_schema')
  } catch (error) {
    if (sqliteCode(error) === 'SQLITE_NOTADB') refuse('storage.wrong-key')
    throw error
  }
}

/** Sets every setting and reads it back; the store is refused when one did not take. */
export function applySettings(database: Database): void {
  for (const [pragma, value] of settings) database.pragma(`${pragma} = ${value}`)
  assertSettings(database)
}

/** Reads every setting back and refuses the store when one differs from what must ship. */
export function assertSettings(database: Database): void {
  for (const [pragma, , expected] of settings) {
    const actual: unknown = database.pragma(pragma, { simple: true })
    if (actual !== expected) refuse('storage.settings-refused', { setting: pragma, actual: String(actual) })
  }
  const cipher: unknown = database.pragma('cipher', { simple: true })
  if (cipher !== 'sqlcipher')
    refuse('storage.settings-refused', { setting: 'cipher', actual: String(cipher) })
  const version = database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '0'
  if (!isAtLeast(version, OLDEST_SQLITE)) {
    refuse('storage.settings-refused', { setting: 'sqlite_version', actual: version })
  }
}

/** Takes the file lock now, so that a second process is refused at its start and not at its first write. */
function takeLock(database: Database): void {
  database.exec('BEGIN IMMEDIATE; COMMIT')
}

/** Tables that decide what is sent. */
const SENDING_TABLES = ['batch', 'batch_item', 'outbox', 'setting', 'feed_state', 'row_delivery']

/**
 * Looks through the pages of the store. Each page carries a MAC, so damage never goes unseen when it is read; a large
 * store is therefore not read through at every start: after it was closed properly not at all, after a kill only where
 * it says what has been sent. The whole check comes before every backup.
 */
function quickCheck(database: Database, wasOpen: boolean, ofLargeStore: number): void {
  const isLarge = statSync(database.name).size > ofLargeStore
  if (isLarge && !wasOpen) return
  const there = database.prepare<[string]>("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
  const checks = isLarge
    ? SENDING_TABLES.filter((table) => there.get(table) !== undefined).map((table) => `'${table}'`)
    : ['1']
  for (const what of checks) {
    const found: unknown = database.pragma(`quick_check(${what})`, { simple: true })
    if (found !== 'ok') refuse('storage.damaged')
  }
}

/**
 * Opens a store: key, settings, lock, check of its pages. Refuses with `storage.wrong-key` (wrong key, or not a store
 * of ours), `storage.in-use`, `storage.settings-refused`, `storage.damaged`, `storage.not-initialised`.
 */
export function openDatabase(options: OpenOptions): Database {
  // A journal that is still there was left by a process that did not close the store.
  const wasOpen = [`${options.file}-wal`, `${options.file}-journal`].some((file) => existsSync(file))
  const database = connect(options)
  try {
    applyKey(database, options.key)
    applySettings(database)
    takeLock(database)
    quickCheck(database, wasOpen, options.largeFrom ?? LARGE_STORE_BYTES)
    return database
  } catch (error) {
    database.close()
    if (error instanceof FailureError) throw error
    throwStorageError(error)
  }
}

/** Writes the WAL back into the file and empties it: before a backup, after a purge, at close. */
export function checkpoint(database: Database): void {
  withStorageErrors(() => database.pragma('wal_checkpoint(TRUNCATE)'))
}

/**
 * Tries another journal. A statement that somebody is reading from keeps the old one: then writing is only slower.
 * Both are rolled back at the next open when the process dies, and both reach the disk at every commit (`synchronous`).
 */
function tryJournal(database: Database, mode: 'WAL' | 'TRUNCATE'): void {
  try {
    database.pragma(`journal_mode = ${mode}`)
    // Until the first transaction the new journal is not open, and a checkpoint would be refused.
    takeLock(database)
  } catch (error) {
    if (sqliteCode(error) === null && !(error instanceof TypeError)) throw error
  }
}

/** Units of work on one connection; a unit inside a unit becomes a savepoint of the outer one. */
export function createStore(database: Database): Store {
  let bulks = 0
  return {
    write(work) {
      return withStorageErrors(() => database.transaction(work).immediate())
    },
    async inBulk(work) {
      if (bulks++ === 0) tryJournal(database, 'TRUNCATE')
      try {
        return await work()
      } finally {
        if (--bulks === 0 && database.open) tryJournal(database, 'WAL')
      }
    },
    close() {
      if (!database.open) return
      try {
        checkpoint(database)
      } finally {
        database.close()
      }
    },
  }
}

/** The whole check of pages and indexes that quick_check leaves out; returns what is wrong, at most 20 lines. */
export function integrityProblems(database: Database): readonly string[] {
  try {
    const lines = database.pragma('integrity_check(20)') as readonly { readonly integrity_check: string }[]
    return lines.map((line) => line.integrity_check).filter((line) => line !== 'ok')
  } catch (error) {
    if (sqliteCode(error) === null) throw error
    return [failure('storage.damaged').code]
  }
}

/** Rows that point to rows which are not there. */
export const brokenReferences = (database: Database): number =>
  withStorageErrors(() => (database.pragma('foreign_key_check') as readonly unknown[]).length)

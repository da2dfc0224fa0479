/**
 * Copies of a whole store in one file. A copy is encrypted as the store is: under its key, or under a password from
 * which SQLCipher derives one, so that it can be opened on another machine.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { refuse } from '@shared/kernel/failure'
import { integrityProblems } from './database'
import type { Database } from './database'
import { sqliteCode, throwStorageError, withStorageErrors } from './storage-errors'

/** What opens a store: its own key (64 hex digits), or the password of a copy. */
export type StoreSecret = { readonly key: string } | { readonly password: string }

/** A secret as the cipher's pragmas take it; a quote inside a password is doubled. */
const pragmaText = (secret: StoreSecret): string =>
  'key' in secret ? `"x'${secret.key}'"` : `'${secret.password.replaceAll("'", "''")}'`

function openCopy(file: string, secret: StoreSecret): Database {
  const database = new Sqlite(file, { fileMustExist: true })
  try {
    database.pragma("cipher = 'sqlcipher'")
    database.pragma(`key = ${pragmaText(secret)}`)
    database.pragma('temp_store = MEMORY')
    database.exec('SELECT count(*) FROM sqlite_schema')
    return database
  } catch (error) {
    database.close()
    if (sqliteCode(error) === 'SQLITE_NOTADB') refuse('storage.wrong-key')
    throwStorageError(error)
  }
}

/** The content of a file is on the disk when this returns. */
export function flushFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Reads every page of a copy, gives the file the secret that it is to have from now on, and flushes it to the disk.
 * Refuses `storage.wrong-key` (another secret, or not a copy of ours), `storage.damaged`, `storage.full`,
 * `storage.io`.
 */
export function rekeyCopy(file: string, from: StoreSecret, to: StoreSecret): void {
  const database = openCopy(file, from)
  try {
    if (integrityProblems(database).length > 0) refuse('storage.damaged')
    withStorageErrors(() => {
      // A store in WAL mode cannot change its key.
      database.pragma('journal_mode = DELETE')
      if (pragmaText(from) !== pragmaText(to)) database.pragma(`rekey = ${pragmaText(to)}`)
    })
  } finally {
    database.close()
  }
  flushFile(file)
}

/** Writes an encrypted copy of an open store, looked through page by page. Refuses as `rekeyCopy` does. */
export function writeCopy(database: Database, file: string, key: string, secret: StoreSecret): void {
  withStorageErrors(() => database.prepare('VACUUM INTO ?').run(file))
  rekeyCopy(file, { key }, secret)
}

import { failure, FailureError } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'

/** First matching prefix wins: extended codes such as `SQLITE_IOERR_WRITE` start with their family. */
const families: readonly (readonly [prefix: string, make: () => Failure])[] = [
  ['SQLITE_FULL', () => failure('storage.full')],
  ['SQLITE_BUSY', () => failure('storage.in-use')],
  ['SQLITE_LOCKED', () => failure('storage.in-use')],
  // Past the first page the key is known to be right: an unreadable page is damage.
  ['SQLITE_NOTADB', () => failure('storage.damaged')],
  ['SQLITE_CORRUPT', () => failure('storage.damaged')],
  ['SQLITE_IOERR', () => failure('storage.io')],
  ['SQLITE_READONLY', () => failure('storage.io')],
  ['SQLITE_CANTOPEN', () => failure('storage.io')],
  ['SQLITE_PERM', () => failure('storage.io')],
]

/** The SQLite result code of a thrown error, or null when it is none of SQLite's. */
export function sqliteCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null
}

/**
 * Turns what a disk, a lock or a key can do to us into a `storage.*` failure; everything else (a broken constraint,
 * our own mistake) is thrown on unchanged as a defect.
 */
export function throwStorageError(error: unknown): never {
  const code = sqliteCode(error)
  const family = code === null ? undefined : families.find(([prefix]) => code.startsWith(prefix))
  throw family === undefined ? error : new FailureError(family[1]())
}

/** Runs a piece of storage work and maps the expected errors of SQLite to failures. */
export function withStorageErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throwStorageError(error)
  }
}

import { mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { checkpoint } from './database'
import type { Database } from './database'
import type { Migration } from './migration'
import { sqliteCode, throwStorageError, withStorageErrors } from './storage-errors'

/** "Xinb" as the four bytes of a 32-bit number: tells our stores from any other SQLite file. */
const APPLICATION_ID = 0x58696e62

export interface MigrationPlan {
  readonly migrations: readonly Migration[]
  readonly clock: Clock
}

/** The schema version of a store; 0 for an empty one. */
export function schemaVersion(database: Database): number {
  return withStorageErrors(() => Number(database.pragma('user_version', { simple: true })))
}

/** Copies the store, encrypted under the same key, to `backups/` beside it; returns the path of the copy. */
export function backUpBeforeMigration(database: Database, from: number, clock: Clock): string {
  const folder = join(dirname(database.name), 'backups')
  const stamp = clock.now().replace(/[-:.]/g, '')
  const target = join(folder, `${basename(database.name, '.db')}-schema-${from}-${stamp}.db`)
  return withStorageErrors(() => {
    mkdirSync(folder, { recursive: true })
    checkpoint(database)
    database.prepare('VACUUM INTO ?').run(target)
    return target
  })
}

/**
 * Brings a store to the newest schema, step by step, each step one transaction. A store of a newer program is
 * refused untouched. Before the first step on a store with data, the whole file is copied; a step that fails is
 * rolled back, nothing after it runs, and the program does not start.
 */
export function migrate(database: Database, plan: MigrationPlan): { readonly backup: string | null } {
  const current = schemaVersion(database)
  const newest = plan.migrations.at(-1)?.version ?? 0
  if (current > newest) refuse('storage.newer-schema', { found: current, known: newest }, { kind: 'never' })
  const pending = plan.migrations.filter((migration) => migration.version > current)
  if (pending.length === 0) return { backup: null }
  const backup = current === 0 ? null : backUpBeforeMigration(database, current, plan.clock)
  for (const migration of pending) applyStep(database, migration)
  return { backup }
}

/** Errors of the disk keep their own code: they say more about what to do than "migration failed". */
function applyStep(database: Database, migration: Migration): void {
  const step = database.transaction(() => {
    database.exec(migration.sql)
    database.pragma(`user_version = ${migration.version}`)
    database.pragma(`application_id = ${APPLICATION_ID}`)
    const orphans = database.pragma('foreign_key_check') as readonly unknown[]
    if (orphans.length > 0)
      refuse('storage.migration-failed', { version: migration.version, name: migration.name })
  })
  try {
    step.immediate()
  } catch (error) {
    const code = sqliteCode(error)
    if (code === null || /^SQLITE_(FULL|IOERR|READONLY|BUSY|CORRUPT)/.test(code)) throwStorageError(error)
    refuse(
      'storage.migration-failed',
      { version: migration.version, name: migration.name },
      { kind: 'never' },
    )
  }
}

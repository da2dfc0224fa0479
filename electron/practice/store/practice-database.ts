import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { LAYOUT_VERSION, practiceSchema } from './practice-schema'

export type PracticeDatabase = Database.Database

/**
 * Opens the platform's database in its folder, made when missing. Commits are durable (`synchronous = FULL` is set
 * at every open, because the library defaults to NORMAL in WAL mode) and a second platform on the same folder is
 * refused by the exclusive lock.
 */
export function openPracticeDatabase(dataDir: string): PracticeDatabase {
  mkdirSync(dataDir, { recursive: true })
  const db = new Database(join(dataDir, 'practice.db'))
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -64000')
  db.pragma('wal_autocheckpoint = 8000')
  const layout = db.pragma('user_version', { simple: true })
  if (layout === 0) {
    db.transaction(() => {
      db.exec(practiceSchema)
      db.pragma(`user_version = ${LAYOUT_VERSION}`)
    }).immediate()
  } else if (layout !== LAYOUT_VERSION) {
    db.close()
    throw new Error(`practice data of layout ${String(layout)} cannot be read: use a new folder`)
  }
  return db
}

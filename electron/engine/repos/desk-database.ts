import { existsSync } from 'node:fs'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { storeFile, verifyDataFolder } from './data-folder'
import { openDatabase } from './database'
import type { Database } from './database'
import { migrations } from './migrations/migration-list'
import { migrate } from './migrator'

/**
 * Opens the store of a data folder and brings it up to this release; `watch` sees it before that. Refuses `storage.*`.
 */
export function openDeskDatabase(
  desk: { readonly dataDir: string; readonly storeKey: string; readonly clock: Clock },
  watch: (name: 'database', database: Database) => Database,
): Database {
  verifyDataFolder(desk.dataDir)
  const file = storeFile(desk.dataDir)
  if (!existsSync(file)) refuse('storage.not-initialised', { folder: desk.dataDir })
  const database = watch('database', openDatabase({ file, key: desk.storeKey }))
  try {
    migrate(database, { migrations, clock: desk.clock })
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

import { rmSync } from 'node:fs'
import { storeFile } from '@engine/repos/data-folder'
import { createStore, openDatabase } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import { migrations } from '@engine/repos/migrations/migration-list'
import { migrate } from '@engine/repos/migrator'
import type { Clock } from '@shared/kernel/clock'
import { storeKey } from './victim-order'

interface Column {
  readonly name: string
  /** Not 0 for a generated column. */
  readonly hidden: number
}

const tables = (database: Database): readonly string[] =>
  database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all()

const columns = (database: Database, table: string): readonly string[] =>
  (database.pragma(`table_xinfo(${table})`) as readonly Column[])
    .filter(({ hidden }) => hidden === 0)
    .map(({ name }) => name)

/** Puts a store of an older schema version in the place of a store, with all of its rows that version has room for. */
export function replaceByOlderSchema(dataDir: string, version: number, clock: Clock): void {
  const file = storeFile(dataDir)
  const newer = openDatabase({ file, key: storeKey })
  const older = openDatabase({ file: `${file}.older`, key: storeKey, create: true })
  migrate(older, { migrations: migrations.slice(0, version), clock })
  older.pragma('foreign_keys = OFF')
  older.transaction(() => {
    const kept = tables(newer)
    for (const table of tables(older).filter((name) => kept.includes(name))) {
      const known = columns(newer, table)
      const names = columns(older, table).filter((name) => known.includes(name))
      const insert = older.prepare(
        `INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`,
      )
      const rows = newer.prepare(`SELECT ${names.join()} FROM ${table}`).raw(true).all() as unknown[][]
      for (const row of rows) insert.run(...row)
    }
  })()
  newer.close()
  createStore(older).close()
  rmSync(file)
  const renamed = openDatabase({ file: `${file}.older`, key: storeKey })
  renamed.prepare('VACUUM INTO ?').run(file)
  renamed.close()
  rmSync(`${file}.older`)
}

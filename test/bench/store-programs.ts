/** Floor of the import: what merely writing its rows into an encrypted store takes. */
import { storeFile } from '@engine/repos/data-folder'
import { createStore, openDatabase } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import { deskKey } from './bench-desk'

type Program = (args: readonly string[]) => Promise<void>

/** Tables that fill together, in an order in which each row finds those that it refers to. */
const STAGES = [['import_run'], ['record', 'revision', 'audit'], ['issue', 'import_row']] as const
/** As many as the product puts into one transaction. */
const LOT_ROWS = 4_000

/** What the rewriting tells: the time that inserts and commits took, ms. */
export interface StoreTold {
  readonly insertMs: number
}

/** Copies rows of one table from store to store, by place. */
function copier(from: Database, to: Database, table: string) {
  const columns = (from.pragma(`table_info(${table})`) as { readonly name: string }[]).map(({ name }) => name)
  const select = from
    .prepare<[number, number], unknown[]>(
      `SELECT ${columns.join()} FROM ${table} WHERE rowid > ? AND rowid <= ? ORDER BY rowid`,
    )
    .raw()
  const insert = to.prepare(
    `INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
  )
  const last = from.prepare<[], number | null>(`SELECT max(rowid) FROM ${table}`).pluck().get() ?? 0
  return { select, insert, last }
}

/** Writes what an import has left in one desk into another, new one, by the same lots and with the same settings. */
const storeAlone: Program = async ([fromDir = '', toDir = '']) => {
  const from = openDatabase({ file: storeFile(fromDir), key: deskKey })
  const to = openDatabase({ file: storeFile(toDir), key: deskKey })
  const store = createStore(to)
  // A new desk has begun its audit trail.
  to.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit')
  let insertMs = 0
  const copyStage = (tables: readonly string[]): void => {
    const copiers = tables.map((table) => copier(from, to, table))
    const end = Math.max(...copiers.map(({ last }) => last))
    for (let after = 0; after < end; after += LOT_ROWS) {
      const lots = copiers.map(({ select, insert }) => ({
        insert,
        rows: select.all(after, after + LOT_ROWS),
      }))
      const startedMs = performance.now()
      store.write(() => {
        for (const { insert, rows } of lots) for (const row of rows) insert.run(row)
      })
      insertMs += performance.now() - startedMs
    }
  }
  await store.inBulk(() => {
    for (const tables of STAGES) copyStage(tables)
    return Promise.resolve()
  })
  store.close()
  from.close()
  console.log(JSON.stringify({ insertMs } satisfies StoreTold))
}

export const storePrograms = { 'store-alone': storeAlone }

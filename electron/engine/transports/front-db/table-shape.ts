/** The table of one record type at a front-end machine, as the database itself describes it. */
import type { Client } from 'pg'
import pg from 'pg'
import type { SettingsOf } from '@shared/contract/transport-settings'

export type FrontDbSettings = SettingsOf<'front-db'>

export interface TableShape {
  /** Quoted and qualified, ready to stand in a statement. */
  readonly table: string
  /** Quoted column by the name that we use for it, whatever its letters' case in the database. */
  readonly column: (name: string) => string | null
  /** Type of a quoted column, without its length: a cast to it never cuts a value short. */
  readonly typeOf: (column: string) => string
  /** Whether the database itself keeps a second row of one id out. */
  readonly hasUniqueId: boolean
}

const quote = (name: string): string => pg.escapeIdentifier(name)

/**
 * Finds the table of a record type: names are compared without regard to case, because some tools fold them and some
 * do not. Null when there is none, or more than one.
 */
export async function findTable(
  client: Client,
  settings: FrontDbSettings,
  recordType: string,
): Promise<TableShape | null> {
  const wanted = `${settings.tablePrefix}${recordType}`
  const tables = await client.query<{ name: string; oid: string }>(
    `SELECT c.relname AS name, c.oid::text AS oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND lower(c.relname) = lower($2) AND c.relkind IN ('r', 'p')`,
    [settings.schema, wanted],
  )
  const [table] = tables.rows
  if (table === undefined || tables.rows.length > 1) return null
  const columns = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
     WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped`,
    [table.oid],
  )
  const byName = new Map(columns.rows.map(({ name }) => [name.toLowerCase(), quote(name)]))
  const types = new Map(columns.rows.map(({ name, type }) => [quote(name), type]))
  const unique = await client.query(
    `SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1 AND i.indpred IS NULL
       AND lower(a.attname) = lower($2)`,
    [table.oid, settings.columns.id],
  )
  return {
    table: `${quote(settings.schema)}.${quote(table.name)}`,
    column: (name) => byName.get(name.toLowerCase()) ?? null,
    typeOf: (column) => types.get(column) ?? 'text',
    hasUniqueId: (unique.rowCount ?? 0) > 0,
  }
}

/**
 * A front-end machine: rows go into a table of its PostgreSQL database in one transaction, and what became of them is
 * read from the same rows. The id of a row is that of our record and revision, so a row is there once; where the table
 * has no unique key, writers of this kind wait for each other and look first. A commit whose answer was lost is in
 * doubt until the rows have been looked up.
 */
import pg from 'pg'
import type { Client } from 'pg'
import { businessDate } from '@shared/kernel/clock'
import { failure } from '@shared/kernel/failure'
import { cut } from '@shared/kernel/text'
import { isLoopbackHost } from '@engine/transports/platform-address'
import { rowTraits } from '@engine/transports/rows/row-traits'
import type { Row, RowAnswer, RowFate, RowTransport } from '@engine/transports/rows/row-port'
import type { Refusal, Reply } from '@engine/transports/transport-port'
import { lostCommit, refusalOf, rowRefusal } from './db-failures'
import { findTable } from './table-shape'
import type { FrontDbSettings, TableShape } from './table-shape'

const CONNECT_MS = 15_000
const STATEMENT_MS = 60_000
const ROWS_AT_ONCE = 500
const LONGEST_MESSAGE = 2_000

/** States of a row: 0 to be reported, 1 to be processed, 2 processed, 3 to be completed, 4 postponed, 5 finished. */
const STATES = { waiting: '0', incomplete: '3', processed: ['2', '5'] } as const
const MARKS = { correct: '1', wrong: '2', updated: '3', unlinked: '4' } as const

/** The id of our row at the front-end machine: record and revision in 36 characters. */
export const rowIdOf = ({ recordId, revision }: Pick<Row, 'recordId' | 'revision'>): string =>
  `${recordId.replaceAll('-', '')}${String(revision).padStart(4, '0')}`

const slashed = (date: string): string => date.replaceAll('-', '/')

const conflict = (detail: string): Refusal => ({
  kind: 'conflict',
  code: 'table',
  missingParts: [],
  failure: failure('platform.refused', { detail: cut(detail, 120) }),
})

interface StateLine {
  readonly id: string
  readonly state: string | null
  readonly result: string | null
  readonly message: string | null
}

/** The rows transport of a front-end machine; `now` gives the day that is written beside each row. */
export function createFrontDb(settings: FrontDbSettings, now: () => string): RowTransport {
  const isLocal = settings.host.startsWith('/') || isLoopbackHost(settings.host)
  const open = new Set<Client>()

  /** Runs work on a connection of its own, which an abort cuts. */
  const connected = async <T>(
    signal: AbortSignal | undefined,
    work: (client: Client) => Promise<Reply<T>>,
  ): Promise<Reply<T>> => {
    const { host, port, database, user, password } = settings
    const client = new pg.Client({
      ...{ host, port, database, user, password: password ?? '' },
      ssl: isLocal || settings.allowsPlain ? false : { rejectUnauthorized: true },
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STATEMENT_MS,
      application_name: 'xinbao',
    })
    // A connection that dies between two statements tells it here; the next statement fails with it.
    client.on('error', () => undefined)
    const cut = (): void => void client.end().catch(() => undefined)
    open.add(client)
    signal?.addEventListener('abort', cut)
    try {
      await client.connect()
      return await work(client)
    } catch (error) {
      if (signal?.aborted === true)
        return {
          kind: 'retryable',
          failure: failure('task.cancelled', {}, { kind: 'never' }),
          retryAfterMs: null,
        }
      return refusalOf(error)
    } finally {
      signal?.removeEventListener('abort', cut)
      open.delete(client)
      await client.end().catch(() => undefined)
    }
  }

  const tableOf = (client: Client, rows: readonly Row[]): Promise<TableShape | null> =>
    findTable(client, settings, rows[0]!.layout.recordType)

  /** What goes into a row; a text names the column that the table does not have, or has for something else. */
  const cellsOf = (shape: TableShape, row: Row): Map<string, string> | string => {
    const { columns } = settings
    const cells = new Map<string, string>()
    const values = Object.entries(row.values).map(
      ([name, value]) => [name, row.layout.dateFields.has(name) ? slashed(value) : value] as const,
    )
    const own = [
      [columns.id, rowIdOf(row)],
      [columns.time, businessDate(now())],
      [columns.state, STATES.waiting],
    ] as const
    for (const [name, value] of [...own, ...values]) {
      const column = shape.column(name)
      // A field under the name of one of our own columns would be written over it.
      if (column === null || cells.has(column)) return name
      cells.set(column, value)
    }
    return cells
  }

  /** Inserts one row unless its id is there; the error of its values when the database refuses those. */
  const insert = async (client: Client, shape: TableShape, row: Row, cells: Map<string, string>) => {
    const names = [...cells.keys()]
    // An INSERT from a SELECT does not take its types from the columns by itself.
    const places = names.map((name, index) => `$${index + 1}::${shape.typeOf(name)}`)
    const id = shape.column(settings.columns.id)!
    const head = `INSERT INTO ${shape.table} (${names.join(', ')})`
    const statement = shape.hasUniqueId
      ? `${head} VALUES (${places.join(', ')}) ON CONFLICT (${id}) DO NOTHING`
      : `${head} SELECT ${places.join(', ')} WHERE NOT EXISTS (SELECT 1 FROM ${shape.table} WHERE ${id} = ${places[names.indexOf(id)]})`
    await client.query('SAVEPOINT one')
    try {
      await client.query(statement, [...cells.values()])
      return null
    } catch (error) {
      const refused = rowRefusal(error)
      if (refused === null) throw error
      await client.query('ROLLBACK TO SAVEPOINT one')
      return refused
    }
  }

  const insertAll = async (
    client: Client,
    shape: TableShape,
    rows: readonly Row[],
  ): Promise<Reply<RowAnswer>> => {
    const fates = new Map<number, RowFate>()
    await client.query('BEGIN')
    // Without a unique key, look and insert are one only if nobody else of us is between them.
    if (!shape.hasUniqueId) await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [shape.table])
    for (const row of rows) {
      const cells = cellsOf(shape, row)
      if (typeof cells === 'string') {
        await client.query('ROLLBACK')
        return conflict(`${shape.table} ${cells}`)
      }
      const refused = await insert(client, shape, row, cells)
      fates.set(row.itemNo, refused === null ? { kind: 'held' } : { kind: 'rejected', errors: [refused] })
    }
    try {
      await client.query('COMMIT')
    } catch (error) {
      return lostCommit(error)
    }
    const evidence = Buffer.from(JSON.stringify({ table: shape.table, committed: [...fates.keys()] }), 'utf8')
    return { kind: 'ok', value: { fates, evidence } }
  }

  const fateOf = ({ state, result, message }: StateLine): RowFate => {
    const words = cut(message ?? '', LONGEST_MESSAGE)
    const said = { code: 'unexplained', field: null, value: null, message: words }
    const rejected: RowFate = { kind: 'rejected', errors: [{ ...said, severity: 'error' }] }
    if (state === STATES.incomplete) return rejected
    if (!STATES.processed.some((done) => done === state)) return { kind: 'held' }
    if (settings.columns.result === null) return { kind: 'accepted', warnings: [] }
    switch (result) {
      case MARKS.correct:
      case MARKS.updated:
        return { kind: 'accepted', warnings: [] }
      case MARKS.unlinked:
        return { kind: 'accepted', warnings: [{ ...said, severity: 'warning' }] }
      case MARKS.wrong:
        return rejected
      default:
        return { kind: 'held' }
    }
  }

  const stateLines = async (
    client: Client,
    shape: TableShape,
    rows: readonly Row[],
  ): Promise<StateLine[]> => {
    const { columns } = settings
    const text = (name: string | null): string => {
      const column = name === null ? null : shape.column(name)
      return column === null ? 'NULL' : `left(trim(${column}::text), ${LONGEST_MESSAGE})`
    }
    const id = shape.column(columns.id)!
    const found = await client.query<StateLine>(
      `SELECT trim(${id}::text) AS id, ${text(columns.state)} AS state, ${text(columns.result)} AS result,
         ${text(columns.message)} AS message FROM ${shape.table} WHERE ${id} = ANY($1)`,
      [rows.map(rowIdOf)],
    )
    return found.rows
  }

  return {
    traits: rowTraits('front-db'),
    limits: { maxPartBytes: 4_194_304, maxPartItems: ROWS_AT_ONCE, maxBatchItems: 10_000, minPollSeconds: 5 },
    absentForMs: settings.absentSeconds * 1_000,
    referenceOf: rowIdOf,
    dispose() {
      for (const client of open) void client.end().catch(() => undefined)
    },

    check: (signal) =>
      connected(signal, async (client) => {
        const found = await client.query(
          `SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = $1 AND starts_with(lower(c.relname), lower($2)) AND c.relkind IN ('r', 'p') LIMIT 1`,
          [settings.schema, settings.tablePrefix],
        )
        if ((found.rowCount ?? 0) === 0) return conflict(`${settings.schema}.${settings.tablePrefix}*`)
        return { kind: 'ok', value: null }
      }),

    send: (rows, signal) =>
      connected(signal, async (client) => {
        const shape = await tableOf(client, rows)
        if (shape === null) return conflict(`${settings.tablePrefix}${rows[0]!.layout.recordType}`)
        return insertAll(client, shape, rows)
      }),

    ask: (rows, signal) =>
      connected(signal, async (client) => {
        const shape = await tableOf(client, rows)
        if (shape === null) return conflict(`${settings.tablePrefix}${rows[0]!.layout.recordType}`)
        const lines = await stateLines(client, shape, rows)
        const byId = new Map(lines.map((line) => [line.id, line]))
        const fates = new Map<number, RowFate>()
        for (const row of rows) {
          const line = byId.get(rowIdOf(row))
          fates.set(row.itemNo, line === undefined ? { kind: 'absent' } : fateOf(line))
        }
        return { kind: 'ok', value: { fates, evidence: Buffer.from(JSON.stringify(lines), 'utf8') } }
      }),
  }
}

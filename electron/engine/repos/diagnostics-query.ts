import type { Database } from './database'
import { schemaVersion } from './migrator'

/** A value and how often it stands there. */
export interface Tally {
  readonly value: string
  readonly count: number
}

/** What support asks about a store: versions and counts, no content. */
export interface DiagnosticsQuery {
  versions(): { readonly sqlite: string; readonly schema: number }
  /** How many rows have each value of some columns, by the name of the question. */
  tallies(): Readonly<Record<string, readonly Tally[]>>
  /** Instant and name of the newest acts, newest first. */
  lastActs(limit: number): readonly { readonly at: string; readonly act: string }[]
}

/** Where is counted what, the most frequent first. Only columns of codes: none holds what a person has typed. */
const questions = {
  records: "SELECT record_type || ' ' || lane AS value, count(*) AS count FROM record GROUP BY 1",
  editorial: 'SELECT editorial AS value, count(*) AS count FROM record GROUP BY 1',
  delivery: 'SELECT delivery AS value, count(*) AS count FROM record GROUP BY 1',
  publicity: 'SELECT publicity AS value, count(*) AS count FROM record GROUP BY 1',
  issues: "SELECT source || ' ' || code AS value, count(*) AS count FROM issue GROUP BY 1",
  batches: 'SELECT state AS value, count(*) AS count FROM batch GROUP BY 1',
  outbox: "SELECT coalesce(last_failure, 'none') AS value, count(*) AS count FROM outbox GROUP BY 1",
  receipts: "SELECT coalesce(problem, 'none') AS value, count(*) AS count FROM receipt GROUP BY 1",
  notices: "SELECT kind || ' ' || state AS value, count(*) AS count FROM notice GROUP BY 1",
  events: 'SELECT type AS value, count(*) AS count FROM feed_event GROUP BY 1',
  attachments: 'SELECT kind AS value, count(*) AS count FROM attachment GROUP BY 1',
  acts: 'SELECT act AS value, count(*) AS count FROM audit GROUP BY 1',
} as const

const SHOWN = 60

export function createDiagnosticsQuery(database: Database): DiagnosticsQuery {
  return {
    versions: () => ({
      sqlite: database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '',
      schema: schemaVersion(database),
    }),
    tallies: () =>
      Object.fromEntries(
        Object.entries(questions).map(([name, sql]) => [
          name,
          database.prepare<[number], Tally>(`${sql} ORDER BY 2 DESC, 1 LIMIT ?`).all(SHOWN),
        ]),
      ),
    lastActs: (limit) =>
      database
        .prepare<[number], { at: string; act: string }>('SELECT at, act FROM audit ORDER BY seq DESC LIMIT ?')
        .all(limit),
  }
}

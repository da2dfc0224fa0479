import type { Delivery } from '@shared/domain/record-status'
import type { Database } from './database'

/** Where a record stands; see the column `lane` of the schema. */
export const lanes = [
  'blocked',
  'unconfirmed',
  'ready',
  'rejected',
  'in_review',
  'held',
  'excluded',
  'in_flight',
  'accepted',
  'discarded',
] as const
export type Lane = (typeof lanes)[number]

/** How many records of a type stand at one place with one due date; see `record_tally` in the schema. */
export interface TallyLine {
  readonly type: string
  /** The column `place`: lane, delivery and arrival. */
  readonly place: string
  readonly lane: Lane
  readonly delivery: Delivery
  /** Whether the record has reached the platform, and in time. */
  readonly arrival: 'open' | 'met' | 'late'
  /** The column `danger`, or its first character alone where nobody can be late any more. */
  readonly danger: string
  readonly count: number
}

/** Counts that the store keeps as records move: true at every moment, whatever the size of the desk. */
export interface RecordTally {
  lines(): readonly TallyLine[]
}

/** The counts of one store, read once after each change. */
export function createRecordTally(database: Database): RecordTally {
  const select = database.prepare<[], Pick<TallyLine, 'type' | 'place' | 'danger' | 'count'>>(
    'SELECT record_type AS type, place, danger, records AS count FROM record_tally WHERE records > 0',
  )
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck()
  let known: { readonly lines: readonly TallyLine[]; readonly version: number } | null = null

  const read = (): readonly TallyLine[] =>
    select.all().map((line) => {
      const [lane, delivery, arrival] = line.place.split('.') as [Lane, Delivery, TallyLine['arrival']]
      return { ...line, lane, delivery, arrival }
    })

  return {
    lines() {
      // What a unit of work has counted may still be taken back, which the number of changes does not tell.
      if (database.inTransaction) return read()
      const version = changes.get() ?? 0
      if (known?.version !== version) known = { lines: read(), version }
      return known.lines
    },
  }
}

import type { Database } from './database'
import { recordOf, recordSelection } from './record-rows'
import type { RecordLine } from './record-rows'
import type { Lane, RecordTally, TallyLine } from './record-tally'
import { readOrder } from './record-order'
import type { Stretch } from './record-stretches'
import type { RecordEntity } from './repo-types'

export interface TypeLaneCount {
  readonly type: string
  readonly lane: Lane
  readonly count: number
}

export interface ArrivalCounts {
  /** Records whose accepted item reached the platform in the span. */
  readonly received: number
  readonly late: number
}

export interface VerdictCounts {
  readonly stored: number
  readonly reported: number
}

/** Counts for the desk, all from indexes. */
export interface DeskQuery {
  byTypeAndLane(): readonly TypeLaneCount[]
  /** Unmet records due on each day of the span, both ends included; days without any are left out. */
  dueByDay(from: string, to: string): ReadonlyMap<string, number>
  /** Unmet records due before a day. */
  dueBefore(date: string): number
  /** Ready records due on or after a day, or without a due date: what would still be in time if sent that day. */
  readyInTime(today: string): number
  /** The most urgent records. */
  mostUrgent(limit: number): readonly RecordEntity[]
  /** Accepted records by arrival, instants [from, to). */
  arrivals(from: string, to: string): ArrivalCounts
  /** Verdicts of settled batches by their arrival, instants [from, to). */
  verdicts(from: string, to: string): VerdictCounts
}

/** What may still come late: by the first character of the column `danger`, and the platform never had it. */
const isAtRisk = ({ danger, arrival }: TallyLine): boolean => danger.startsWith('0') && arrival === 'open'
const sum = (lines: readonly TallyLine[]): number => lines.reduce((total, { count }) => total + count, 0)

/** The counts of one store. */
export function createDeskQuery(database: Database, tally: RecordTally): DeskQuery {
  const byRow = database.prepare<[string], RecordLine>(
    `SELECT ${recordSelection} FROM json_each(?) wanted CROSS JOIN record r ON r.rowid = wanted.value ORDER BY wanted.key`,
  )
  const arrivals = database.prepare<[string, string], ArrivalCounts>(
    `SELECT count(*) AS received,
       coalesce(sum(due_on IS NOT NULL AND date(first_received_at, '+8 hours') > due_on), 0) AS late
     FROM record INDEXED BY record_received WHERE first_received_at >= ? AND first_received_at < ?`,
  )
  const verdicts = database.prepare<[string, string], VerdictCounts>(
    `SELECT coalesce(sum((counts_json ->> 'accepted') + (counts_json ->> 'warned')), 0) AS stored,
       coalesce(sum((counts_json ->> 'accepted') + (counts_json ->> 'warned') + (counts_json ->> 'rejected')), 0) AS reported
     FROM batch WHERE counts_json IS NOT NULL AND received_at >= ? AND received_at < ?`,
  )
  return {
    byTypeAndLane() {
      const counts = new Map<string, TypeLaneCount>()
      for (const { type, lane, count } of tally.lines()) {
        const key = `${lane} ${type}`
        counts.set(key, { type, lane, count: (counts.get(key)?.count ?? 0) + count })
      }
      return [...counts.values()]
    },
    dueByDay(from, to) {
      const days = new Map<string, number>()
      for (const line of tally.lines()) {
        const day = line.danger.slice(1)
        if (isAtRisk(line) && day >= from && day <= to) days.set(day, (days.get(day) ?? 0) + line.count)
      }
      return days
    },
    dueBefore: (date) => sum(tally.lines().filter((line) => isAtRisk(line) && line.danger.slice(1) < date)),
    readyInTime: (today) =>
      sum(tally.lines().filter(({ lane, danger }) => lane === 'ready' && danger >= `0${today}`)),
    mostUrgent(limit) {
      const stretches = new Map<string, Stretch>()
      for (const line of tally.lines()) {
        const { type, place, lane, delivery } = line
        if (!isAtRisk(line) || (lane === 'in_flight' && delivery !== 'quarantined')) continue
        stretches.set(`${type} ${place}`, { type, place, from: '0', to: '0~' })
      }
      const lines = readOrder(database, {
        ...{ stretches: [...stretches.values()], sort: 'danger', limit },
        ...{ isBackward: false, after: null, skip: 0 },
      })
      return byRow.all(JSON.stringify(lines.map(({ row }) => row))).map(recordOf)
    },
    arrivals: (from, to) => arrivals.get(from, to) ?? { received: 0, late: 0 },
    verdicts: (from, to) => verdicts.get(from, to) ?? { stored: 0, reported: 0 },
  }
}

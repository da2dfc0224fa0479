import type { Database } from './database'
import { recordOf, recordSelection } from './record-rows'
import type { RecordLine } from './record-rows'
import type { RecordEntity } from './repo-types'

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

/** The counts of one store. */
export function createDeskQuery(database: Database): DeskQuery {
  const byTypeAndLane = database.prepare<[], TypeLaneCount>(
    'SELECT record_type AS type, lane, count(*) AS count FROM record INDEXED BY record_lane GROUP BY lane, record_type',
  )
  const dueByDay = database.prepare<[string, string], { day: string; count: number }>(
    `SELECT substr(danger, 2) AS day, count(*) AS count FROM record INDEXED BY record_danger
     WHERE danger >= ? AND danger <= ? GROUP BY danger`,
  )
  const dueBefore = database
    .prepare<[string], number>(
      "SELECT count(*) FROM record INDEXED BY record_danger WHERE danger >= '0' AND danger < ?",
    )
    .pluck()
  const readyInTime = database
    .prepare<[string], number>(
      "SELECT count(*) FROM record INDEXED BY record_lane WHERE lane = 'ready' AND danger >= ?",
    )
    .pluck()
  const mostUrgent = database.prepare<[number], RecordLine>(
    `SELECT ${recordSelection} FROM record r INDEXED BY record_danger
     WHERE danger < '1' AND (lane <> 'in_flight' OR r.delivery = 'quarantined') ORDER BY danger, record_id LIMIT ?`,
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
    byTypeAndLane: () => byTypeAndLane.all(),
    dueByDay: (from, to) => new Map(dueByDay.all(`0${from}`, `0${to}`).map(({ day, count }) => [day, count])),
    dueBefore: (date) => dueBefore.get(`0${date}`) ?? 0,
    readyInTime: (today) => readyInTime.get(`0${today}`) ?? 0,
    mostUrgent: (limit) => mostUrgent.all(limit).map(recordOf),
    arrivals: (from, to) => arrivals.get(from, to) ?? { received: 0, late: 0 },
    verdicts: (from, to) => verdicts.get(from, to) ?? { stored: 0, reported: 0 },
  }
}

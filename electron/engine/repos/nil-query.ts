import type { Database } from './database'

/** What a desk has of a record type, for the report that a day had nothing. */
export interface NilQuery {
  /** Whether the desk has ever kept a record of the type. */
  isInUse(recordType: string): boolean
  /** Whether the platform has received one since an instant. */
  hasArrivedSince(recordType: string, instant: string): boolean
  /** Whether one waits for a person or is on its way; what was set aside for a reason does not wait. */
  hasWaiting(recordType: string): boolean
}

export function createNilQuery(database: Database): NilQuery {
  const inUse = database
    .prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM record WHERE record_type = ?)')
    .pluck()
  const arrived = database
    .prepare<[string, string], number>(
      // Left alone, the planner walks every record of the type.
      `SELECT EXISTS (SELECT 1 FROM record INDEXED BY record_received
         WHERE first_received_at >= ? AND record_type = ?)`,
    )
    .pluck()
  const waiting = database
    .prepare<[string], number>(
      `SELECT EXISTS (
         SELECT 1 FROM record_tally WHERE record_type = ? AND records > 0
         AND substr(place, 1, instr(place, '.') - 1) IN ('blocked', 'unconfirmed', 'rejected', 'in_review', 'in_flight')
       )`,
    )
    .pluck()
  return {
    isInUse: (recordType) => inUse.get(recordType) === 1,
    hasArrivedSince: (recordType, instant) => arrived.get(instant, recordType) === 1,
    hasWaiting: (recordType) => waiting.get(recordType) === 1,
  }
}

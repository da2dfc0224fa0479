import type { Database } from './database'

/** A value that a platform has refused: the field it stood in and the platform's code, e.g. `platform.1001`. */
export interface RefusedValue {
  readonly recordType: string
  readonly field: string
  readonly value: string
  readonly code: string
}

/** What platforms have refused at this desk so far. */
export interface RefusalQuery {
  /** Refused values of one field of a record type. */
  valuesOf(recordType: string, field: string): readonly RefusedValue[]
  /** Whether a record of this type and subject stands accepted: the platform knows it by now. */
  isSubjectKnown(recordType: string, column: 'name' | 'code', value: string): boolean
  /** Records that can be sent and of which a platform has refused an earlier revision. */
  refusedBefore(recordType: string | null): readonly string[]
}

/** Different values that are looked at; a desk has a handful. */
const MOST_VALUES = 5_000

const acceptedPlaces = ['accepted', 'warned'].flatMap((delivery) =>
  ['open', 'late', 'met'].map((arrival) => `accepted.${delivery}.${arrival}`),
)

export function createRefusalQuery(database: Database): RefusalQuery {
  const values = database.prepare<[string, string], RefusedValue>(
    `SELECT DISTINCT r.record_type AS recordType, i.field, i.value_at AS value, i.code
     FROM issue i JOIN record r ON r.record_id = i.record_id
     WHERE i.source = 'platform' AND i.severity = 'error' AND i.field = ? AND i.value_at IS NOT NULL
       AND r.record_type = ? LIMIT ${MOST_VALUES}`,
  )
  // Records that stand accepted, for the index that begins with type and place.
  const accepted = `place IN (${acceptedPlaces.map((place) => `'${place}'`).join(', ')})`
  const known = (column: 'subject_name' | 'subject_code') =>
    database
      .prepare<[string, string], number>(
        `SELECT EXISTS (SELECT 1 FROM record WHERE record_type = ? AND ${accepted} AND ${column} = ?)`,
      )
      .pluck()
  const isKnown = { name: known('subject_name'), code: known('subject_code') }
  const refused = database
    .prepare<{ type: string | null }, string>(
      `SELECT DISTINCT r.record_id FROM issue i JOIN record r ON r.record_id = i.record_id
       WHERE i.source = 'platform' AND i.severity = 'error' AND r.lane = 'ready'
         AND (@type IS NULL OR r.record_type = @type)`,
    )
    .pluck()
  return {
    valuesOf: (recordType, field) => values.all(field, recordType),
    isSubjectKnown: (recordType, column, value) => isKnown[column].get(recordType, value) === 1,
    refusedBefore: (type) => refused.all({ type }),
  }
}

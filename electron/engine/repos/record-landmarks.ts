/**
 * Finds the row of a number in an order without reading all before it. Every so many rows of each stretch are noted
 * once, in slices between which others are answered; a change of the store makes them void.
 */
import type { RecordSort } from '@shared/contract/views/record-views'
import type { Database } from './database'
import { comparePlaces, orders, readOrder } from './record-order'
import type { OrderPlace } from './record-order'
import type { Stretch } from './record-stretches'

/** A place in an order and the number of rows up to it, itself included. */
export interface Landmark {
  readonly place: OrderPlace
  readonly rows: number
}

export interface RecordLandmarks {
  /** The last landmark at or before a number of rows, with the exact number of rows up to it; null at the start. */
  before(stretches: readonly Stretch[], sort: RecordSort, rows: number): Promise<Landmark | null>
}

/** Others wait at most so long. */
const SLICE_MS = 10
/** Stretches whose landmarks are kept: all of every order, a few megabytes at a million records. */
const KEPT = 2_000

type Marks = readonly OrderPlace[]

/** How many of the marks stand at or before a place. */
function marksUpTo(marks: Marks, place: OrderPlace, sign: number): number {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sign * comparePlaces(marks[middle]!, place) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Landmarks of one store, one every `step` rows of a stretch; `pause` lets others be answered. */
export function createRecordLandmarks(
  database: Database,
  step: number,
  pause: () => Promise<void>,
): RecordLandmarks {
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck()
  /** By order and stretch: filters share the stretches that they have in common. */
  const known = new Map<string, Promise<Marks>>()
  let version = -1
  let sinceMs = performance.now()

  const walk = async (stretch: Stretch, sort: RecordSort): Promise<Marks> => {
    const marks: OrderPlace[] = []
    for (;;) {
      const after = marks.at(-1) ?? null
      const reading = { stretches: [stretch], sort, isBackward: false, after, skip: step - 1, limit: 1 }
      const [mark] = readOrder(database, reading)
      if (performance.now() - sinceMs >= SLICE_MS) {
        await pause()
        sinceMs = performance.now()
      }
      if (mark === undefined) return marks
      marks.push({ key: mark.key, recordId: mark.recordId })
    }
  }

  const knownOf = (stretch: Stretch, sort: RecordSort): Promise<Marks> => {
    const { type, place, from, to } = stretch
    const key = JSON.stringify([sort, type, place, from, to])
    const found = known.get(key) ?? walk(stretch, sort)
    known.delete(key)
    known.set(key, found)
    for (const old of known.keys()) {
      if (known.size <= KEPT) break
      known.delete(old)
    }
    return found
  }

  const marksOf = async (stretches: readonly Stretch[], sort: RecordSort): Promise<readonly Marks[]> => {
    const now = changes.get() ?? 0
    if (now !== version) known.clear()
    version = now
    sinceMs = performance.now()
    const found: Marks[] = []
    for (const stretch of stretches) found.push(await knownOf(stretch, sort))
    return found
  }

  /** Rows of a stretch behind a mark, up to a place. */
  const countBetween = (
    stretch: Stretch,
    sort: RecordSort,
    from: OrderPlace | null,
    to: OrderPlace,
  ): number => {
    const { column, index, isDescending } = orders[sort]
    const [later, upTo] = isDescending ? ['<', '>='] : ['>', '<=']
    const place = `(r.${column}, r.record_id)`
    // In the order of danger the bounds are those of the index: the store is given the tighter one of each end alone.
    const isBound = sort === 'danger'
    const bounds = [
      ...(isBound && from !== null ? [] : ['r.danger >= @from']),
      ...(isBound && to.key <= stretch.to ? [] : ['r.danger <= @to']),
      ...(from === null ? [] : [`${place} ${later} (@fromKey, @fromId)`]),
      ...(isBound && to.key > stretch.to ? [] : [`${place} ${upTo} (@toKey, @toId)`]),
    ]
    return (
      database
        .prepare<Record<string, string>, number>(
          `SELECT count(*) FROM record r INDEXED BY ${index} WHERE r.record_type = @type AND r.place = @place
             AND ${bounds.join(' AND ')}`,
        )
        .pluck()
        .get({
          ...stretch,
          ...(from !== null && { fromKey: from.key, fromId: from.recordId }),
          ...{ toKey: to.key, toId: to.recordId },
        }) ?? 0
    )
  }

  return {
    async before(stretches, sort, rows) {
      const marks = await marksOf(stretches, sort)
      const sign = orders[sort].isDescending ? -1 : 1
      const places = marks.flat().sort((left, right) => sign * comparePlaces(left, right))
      /** At least so many rows stand up to a place; at most `step` more in each stretch. */
      const rowsAt = (place: OrderPlace): number =>
        marks.reduce((sum, one) => sum + step * marksUpTo(one, place, sign), 0)
      let low = 0
      let high = places.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (rowsAt(places[middle]!) + step * stretches.length <= rows) low = middle + 1
        else high = middle
      }
      const place = places[low - 1]
      if (place === undefined) return null
      const exact = stretches.reduce((sum, stretch, at) => {
        const passed = marksUpTo(marks[at]!, place, sign)
        const from = passed === 0 ? null : marks[at]![passed - 1]!
        return sum + step * passed + countBetween(stretch, sort, from, place)
      }, 0)
      return { place, rows: exact }
    },
  }
}

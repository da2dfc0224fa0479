/**
 * The orders of the grid. Each is an index that begins with type and place; a selection of several of those is merged
 * from its stretches by the store, which reads no further than asked and sorts nothing.
 */
import type { RecordSort } from '@shared/contract/views/record-views'
import type { Database } from './database'
import type { Stretch } from './record-stretches'

/** A line of an order: its key and, where keys are equal, the id of its record. */
export interface OrderPlace {
  readonly key: string
  readonly recordId: string
}

/** A line with the number by which its row is fetched. */
export interface OrderLine extends OrderPlace {
  readonly row: number
}

/** Which lines to read. */
export interface OrderReading {
  readonly stretches: readonly Stretch[]
  readonly sort: RecordSort
  /** From the end to the start. */
  readonly isBackward: boolean
  /** Lines behind this one in the direction of reading; null: from its start. */
  readonly after: OrderPlace | null
  /** Lines to leave out, and lines to give. */
  readonly skip: number
  readonly limit: number
}

interface Order {
  readonly column: string
  readonly isDescending: boolean
  readonly index: string
}

/** Column, direction and index of each order. */
export const orders: Readonly<Record<RecordSort, Order>> = {
  danger: { column: 'danger', isDescending: false, index: 'record_by_danger' },
  updated: { column: 'updated_at', isDescending: true, index: 'record_by_updated' },
  legal_date: { column: 'legal_date', isDescending: true, index: 'record_by_legal_date' },
  doc_no: { column: 'doc_key', isDescending: false, index: 'record_by_doc_no' },
  subject: { column: 'subject_name', isDescending: false, index: 'record_by_subject' },
}

/** SQLite takes at most 500 terms in one statement; more stretches are read group by group. */
const GROUP = 200

interface Piece {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** The condition on one stretch; null when nothing of it lies behind the place. */
function pieceOf({ type, place, from, to }: Stretch, reading: OrderReading): Piece | null {
  const { column, index, isDescending } = orders[reading.sort]
  const { after } = reading
  const isDown = isDescending !== reading.isBackward
  const sql = [`r.record_type = ?`, `r.place = ?`]
  const values = [type, place]
  const add = (condition: string, ...bound: readonly string[]): void => {
    sql.push(condition)
    values.push(...bound)
  }
  // In the order of danger the bounds are those of the index: the place replaces the one that it has passed.
  const isBound = reading.sort === 'danger' && after !== null
  if (isBound && (isDown ? after.key < from : after.key > to)) return null
  const passed = isBound && (isDown ? after.key <= to : after.key >= from)
  if (!(passed && !isDown)) add('r.danger >= ?', from)
  if (!(passed && isDown)) add('r.danger <= ?', to)
  if (after !== null && (passed || reading.sort !== 'danger')) {
    add(`(r.${column}, r.record_id) ${isDown ? '<' : '>'} (?, ?)`, after.key, after.recordId)
  }
  return {
    sql: `SELECT r.${column} AS key, r.record_id AS recordId, r.rowid AS "row"
      FROM record r INDEXED BY ${index} WHERE ${sql.join(' AND ')}`,
    values,
  }
}

/** The statement that gives the lines, and its values; null when there are none. */
export function orderStatement(reading: OrderReading): Piece | null {
  const isDown = orders[reading.sort].isDescending !== reading.isBackward
  const way = isDown ? 'DESC' : 'ASC'
  const merged = (pieces: readonly Piece[]): Piece => ({
    sql: `${pieces.map(({ sql }) => sql).join(' UNION ALL ')} ORDER BY key ${way}, recordId ${way} LIMIT ?`,
    values: [...pieces.flatMap(({ values }) => values), reading.skip + reading.limit],
  })
  const pieces = reading.stretches.flatMap((stretch) => pieceOf(stretch, reading) ?? [])
  if (pieces.length === 0) return null
  const groups = Array.from({ length: Math.ceil(pieces.length / GROUP) }, (_, at) =>
    merged(pieces.slice(at * GROUP, (at + 1) * GROUP)),
  )
  const whole =
    groups.length === 1
      ? groups[0]!
      : merged(groups.map(({ sql, values }) => ({ sql: `SELECT * FROM (${sql})`, values })))
  return { sql: `${whole.sql} OFFSET ?`, values: [...whole.values.slice(0, -1), reading.limit, reading.skip] }
}

/** Reads lines of an order. */
export function readOrder(database: Database, reading: OrderReading): readonly OrderLine[] {
  const statement = orderStatement(reading)
  if (statement === null) return []
  return database
    .prepare<(string | number)[], [string, string, number]>(statement.sql)
    .raw()
    .all(...statement.values)
    .map(([key, recordId, row]) => ({ key, recordId, row }))
}

/** UTF-8 order, in which the store compares texts, from UTF-16: surrogates stand behind all else. */
const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit)

/** Compares two texts as the store does. */
function compareTexts(left: string, right: string): number {
  if (left === right) return 0
  const shared = Math.min(left.length, right.length)
  for (let at = 0; at < shared; at++) {
    const one = left.charCodeAt(at)
    const other = right.charCodeAt(at)
    if (one !== other) return rank(one) - rank(other)
  }
  return left.length - right.length
}

/** Compares two places of an ascending order as the store does. */
export const comparePlaces = (left: OrderPlace, right: OrderPlace): number =>
  compareTexts(left.key, right.key) || compareTexts(left.recordId, right.recordId)

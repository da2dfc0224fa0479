/**
 * Pages of the grid. A filter is some stretches of one index, counted beforehand; a page is read from where it begins,
 * by the row before it or by its number. A search lists the rows that may hold the text and, where they are few, sorts
 * those; where they are many it reads along the order until the page is full. Long work is done in slices.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordSort } from '@shared/contract/views/record-views'
import { refuse } from '@shared/kernel/failure'
import type { Database } from './database'
import { createRecordLandmarks } from './record-landmarks'
import { comparePlaces, orders, readOrder } from './record-order'
import type { OrderLine, OrderPlace } from './record-order'
import { recordOf, recordSelection } from './record-rows'
import type { RecordLine } from './record-rows'
import { createRecordSearch, holdsAll } from './record-search'
import { stretchesOf } from './record-stretches'
import type { Filter, Stretches } from './record-stretches'
import type { RecordTally } from './record-tally'
import type { RecordEntity } from './repo-types'

/** What the grid asks for. */
export interface PageRequest extends Filter {
  readonly search: string
  readonly sort: RecordSort
  /** Cursor of the page before; null begins at row `from`. */
  readonly after: string | null
  /** Number of the first row, from 0; with a cursor it only says how many rows there are up to it. */
  readonly from?: number
  readonly limit: number
}

export interface EntityPage {
  readonly rows: readonly RecordEntity[]
  readonly next: string | null
  /** Rows that the request selects, or, with `hasMore`, as many as are known. */
  readonly total: number
  /** Whether there may be more than `total`. */
  readonly hasMore: boolean
}

/** Pages of one store. Each starts after the last line of the one before, whatever changed meanwhile. */
export interface RecordPageQuery {
  page(request: PageRequest): Promise<EntityPage>
  /** The page after a cursor, without a search, at once: for those that read a selection to its end. */
  pageAfter(request: Omit<PageRequest, 'search' | 'from'>): EntityPage
}

/** From which numbers on a page is found another way; every way gives the same rows. */
export interface PageBounds {
  /** Up to so many rows are looked at one by one and sorted. */
  readonly few: number
  /** So many rows from either end are reached by leaving out what lies before. */
  readonly near: number
  /** Rows between the landmarks by which the others are reached. */
  readonly step: number
  /** Rows that a search lists at most: reading so many numbers takes a few hundredths of a second. */
  readonly listed: number
  /** A search that reads along an order gives what it has found after so long; it goes on behind its cursor. */
  readonly searchMs: number
}

const usualBounds: PageBounds = { few: 1_500, near: 2_000, step: 256, listed: 20_000, searchMs: 10 }
/** Rows of which a search looks at the number, or at the text, before others are answered. */
const SLICE_ROWS = 2_000
const SLICE_TEXTS = 400

interface Found {
  readonly lines: readonly OrderLine[]
  readonly total: number
  readonly hasMore: boolean
  /** Where a search goes on that has not read to its end. */
  readonly resume?: OrderPlace | null
}

/** Cursor text of a line, and back; a cursor that is none of ours starts from the beginning. */
const writeCursor = ({ key, recordId }: OrderPlace): string =>
  Buffer.from(JSON.stringify([key, recordId])).toString('base64url')

function readCursor(cursor: string | null): OrderPlace | null {
  if (cursor === null) return null
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parsed) && typeof parsed[0] === 'string' && typeof parsed[1] === 'string'
      ? { key: parsed[0], recordId: parsed[1] }
      : null
  } catch {
    return null
  }
}

/** The grid of one store. */
export function createRecordPageQuery(
  database: Database,
  tally: RecordTally,
  { few, near, step, listed, searchMs }: PageBounds = usualBounds,
): RecordPageQuery {
  const pause = async (): Promise<void> => {
    await nextTurn()
    // Somebody has closed the desk meanwhile.
    if (!database.open) refuse('engine.stopped')
  }
  const search = createRecordSearch(database, listed)
  const landmarks = createRecordLandmarks(database, step, pause)
  const fetch = database.prepare<[string], RecordLine>(
    `SELECT ${recordSelection} FROM json_each(?) wanted CROSS JOIN record r ON r.rowid = wanted.value ORDER BY wanted.key`,
  )

  /** Rows by number, without a search. One more than asked tells whether there is another page. */
  const readFiltered = async (request: PageRequest, { all: stretches, total }: Stretches): Promise<Found> => {
    const { sort, from = 0, limit } = request
    const after = readCursor(request.after)
    const read = (skip: number, place: OrderPlace | null): Found => {
      const reading = { stretches, sort, isBackward: false, after: place, skip, limit: limit + 1 }
      return { lines: readOrder(database, reading), total, hasMore: false }
    }
    if (after !== null || from <= near) return read(after === null ? from : 0, after)
    const left = total - from - limit
    if (left <= near) {
      const count = Math.min(limit + 1, total - from)
      if (count <= 0) return { lines: [], total, hasMore: false }
      const reading = { stretches, sort, isBackward: true, after: null }
      const lines = readOrder(database, { ...reading, skip: Math.max(left - 1, 0), limit: count })
      return { lines: [...lines].reverse(), total, hasMore: false }
    }
    const mark = await landmarks.before(stretches, sort, from)
    return read(from - (mark?.rows ?? 0), mark?.place ?? null)
  }

  /** The rows of a list that the filter lets through and that hold the words, sorted. */
  const readListed = (
    request: PageRequest,
    { all }: Stretches,
    rows: readonly number[],
    words: readonly string[],
  ): Found => {
    const { column, isDescending } = orders[request.sort]
    const way = isDescending ? 'DESC' : 'ASC'
    const holds = holdsAll(words)
    const lines = database
      .prepare<string[], OrderLine>(
        `SELECT r.${column} AS key, r.record_id AS recordId, r.rowid AS "row"
         FROM json_each(?) listed CROSS JOIN record r ON r.rowid = listed.value
         WHERE ${holds.sql} AND EXISTS (SELECT 1 FROM json_each(?) s
           WHERE s.value ->> 'type' = r.record_type AND s.value ->> 'place' = r.place
             AND r.danger >= s.value ->> 'from' AND r.danger <= s.value ->> 'to')
         ORDER BY key ${way}, recordId ${way}`,
      )
      .all(JSON.stringify(rows), ...holds.values, JSON.stringify(all))
    return { ...pageOf(lines, request), hasMore: false }
  }

  /** One page of sorted lines, with one line more where there is one. */
  const pageOf = (lines: readonly OrderLine[], request: PageRequest): Omit<Found, 'hasMore'> => {
    const { from = 0, limit } = request
    const cursor = readCursor(request.after)
    const sign = orders[request.sort].isDescending ? -1 : 1
    const passed =
      cursor === null ? from : lines.filter((line) => sign * comparePlaces(line, cursor) <= 0).length
    return { lines: lines.slice(passed, passed + limit + 1), total: lines.length }
  }

  /** Reads along the order, past `from` rows that hold the words, until the page is full. */
  const readAlong = async (
    request: PageRequest,
    { all: stretches }: Stretches,
    rows: ReadonlySet<number> | null,
    words: readonly string[],
  ): Promise<Found> => {
    const { sort, from = 0, limit } = request
    const holds = holdsAll(words)
    const holding = database
      .prepare<string[], number>(
        `SELECT r.rowid FROM json_each(?) listed CROSS JOIN record r ON r.rowid = listed.value WHERE ${holds.sql}`,
      )
      .pluck()
    const start = readCursor(request.after)
    const wanted = (start === null ? from : 0) + limit + 1
    const found: OrderLine[] = []
    let after: OrderPlace | null = start
    let isOver = false
    // What lies before the page has to be passed, however long it takes.
    const passed = start === null ? from : 0
    const beganMs = performance.now()
    const most = rows === null ? SLICE_TEXTS : SLICE_ROWS
    // Where most rows hold the text, a page is full after few of them.
    let slice = Math.min(limit + 1, most)
    while (found.length < wanted && !isOver) {
      const lines = readOrder(database, { stretches, sort, isBackward: false, after, skip: 0, limit: slice })
      const possible = rows === null ? lines : lines.filter(({ row }) => rows.has(row))
      const sure = new Set(holding.all(JSON.stringify(possible.map(({ row }) => row)), ...holds.values))
      found.push(...possible.filter(({ row }) => sure.has(row)))
      isOver = lines.length < slice
      after = lines.at(-1) ?? after
      slice = Math.min(slice * 2, most)
      if (found.length >= passed && performance.now() - beganMs >= searchMs) break
      await pause()
    }
    return {
      lines: found.slice(passed, wanted),
      total: (start === null ? 0 : from) + Math.min(found.length, wanted),
      hasMore: !isOver || found.length > wanted,
      resume: isOver || found.length >= wanted ? null : after,
    }
  }

  const find = async (request: PageRequest): Promise<Found> => {
    const selected = stretchesOf(tally.lines(), request)
    const words = search.wordsOf(request.search)
    if (words.length === 0 || selected.total === 0) return readFiltered(request, selected)
    if (selected.total <= few) {
      const all = { sort: request.sort, isBackward: false, after: null, skip: 0, limit: selected.total }
      const lines = readOrder(database, { stretches: selected.all, ...all })
      return readListed(
        request,
        selected,
        lines.map(({ row }) => row),
        words,
      )
    }
    const candidates = search.candidates(words)
    if (candidates.kind === 'rows' && candidates.rows.length <= few)
      return readListed(request, selected, candidates.rows, words)
    return readAlong(request, selected, candidates.kind === 'rows' ? new Set(candidates.rows) : null, words)
  }

  const pageWith = ({ lines, total, hasMore, resume = null }: Found, limit: number): EntityPage => {
    const shown = lines.slice(0, limit)
    const next = lines.length > shown.length ? shown.at(-1)! : resume
    return {
      rows: fetch.all(JSON.stringify(shown.map(({ row }) => row))).map(recordOf),
      next: next === null ? null : writeCursor(next),
      total,
      hasMore,
    }
  }

  return {
    page: async (request) => pageWith(await find(request), request.limit),
    pageAfter({ sort, after, limit, ...filter }) {
      const { all: stretches, total } = stretchesOf(tally.lines(), filter)
      const reading = {
        stretches,
        sort,
        isBackward: false,
        after: readCursor(after),
        skip: 0,
        limit: limit + 1,
      }
      return pageWith({ lines: readOrder(database, reading), total, hasMore: false }, limit)
    },
  }
}

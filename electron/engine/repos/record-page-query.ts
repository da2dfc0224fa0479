import type { RecordFilter, RecordSort } from '@shared/contract/views/record-views'
import type { ClockState, Delivery } from '@shared/domain/record-status'
import { foldForKey } from '@shared/kernel/text'
import type { Database } from './database'
import { recordOf, recordSelection } from './record-rows'
import type { RecordLine } from './record-rows'
import type { RecordEntity } from './repo-types'

/** Days (YYYY-MM-DD) against which the clock of a record is read. */
export interface ClockDays {
  readonly today: string
  /** Last due date that is due soon. */
  readonly soonUntil: string
  /** Last due date that is due this week. */
  readonly weekUntil: string
}

/** What the grid asks for. */
export interface PageRequest {
  readonly type: string | null
  readonly filter: RecordFilter
  readonly search: string
  readonly sort: RecordSort
  readonly after: string | null
  readonly limit: number
  readonly delivery: Delivery | null
  readonly clock: ClockState | null
  readonly days: ClockDays
}

export interface EntityPage {
  readonly rows: readonly RecordEntity[]
  readonly next: string | null
  readonly total: number
}

/** Pages of the grid by key set: each page starts after the last line of the one before, whatever changed meanwhile. */
export interface RecordPageQuery {
  page(request: PageRequest): EntityPage
}

/** Lanes behind each filter; null = not told by lanes. */
const lanesOf: Readonly<Record<RecordFilter, readonly string[] | null>> = {
  unsent: ['blocked', 'unconfirmed', 'ready', 'rejected', 'in_review', 'held'],
  ready: ['ready'],
  problems: ['blocked', 'unconfirmed'],
  rejected: ['rejected'],
  due_week: null,
  in_flight: ['in_flight'],
  accepted: ['accepted'],
  held: ['held'],
  all: null,
}

interface Order {
  readonly column: string
  readonly direction: 'ASC' | 'DESC'
  readonly index: string
}

const orders: Readonly<Record<RecordSort, Order>> = {
  danger: { column: 'danger', direction: 'ASC', index: 'record_danger' },
  updated: { column: 'updated_at', direction: 'DESC', index: 'record_updated' },
  legal_date: { column: 'legal_date', direction: 'DESC', index: 'record_legal_date' },
  doc_no: { column: 'doc_key', direction: 'ASC', index: 'record_doc_key' },
  subject: { column: 'subject_name', direction: 'ASC', index: 'record_subject_name' },
}

/** `LIKE` pattern of a text that must occur literally. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** A whole credit code, organisation code or registration number. */
const isWholeCode = (text: string): boolean => /^(?:[0-9A-Z]{18}|[0-9A-Z]{9}|\d{15})$/.test(text)

interface Condition {
  readonly sql: string
  readonly values: readonly string[]
}

/** The clock states of `shared/calendar` in SQL; a record without a due date is on time. */
function clockCondition(state: ClockState, { today, soonUntil }: ClockDays): Condition {
  const unmet = 'r.first_received_at IS NULL AND'
  const receivedOn = "date(r.first_received_at, '+8 hours')"
  switch (state) {
    case 'overdue':
      return { sql: `${unmet} r.due_on < ?`, values: [today] }
    case 'due_today':
      return { sql: `${unmet} r.due_on = ?`, values: [today] }
    case 'due_soon':
      return { sql: `${unmet} r.due_on > ? AND r.due_on <= ?`, values: [today, soonUntil] }
    case 'on_time':
      return { sql: `${unmet} (r.due_on IS NULL OR r.due_on > ?)`, values: [soonUntil] }
    case 'met':
      return {
        sql: `(r.due_on IS NULL OR ${receivedOn} <= r.due_on) AND r.first_received_at IS NOT NULL`,
        values: [],
      }
    case 'met_late':
      return { sql: `${receivedOn} > r.due_on`, values: [] }
  }
}

/** Cursor text of a line, and back; a cursor that is none of ours starts from the beginning. */
const writeCursor = (key: string, recordId: string): string =>
  Buffer.from(JSON.stringify([key, recordId])).toString('base64url')

function readCursor(cursor: string): readonly [string, string] | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parsed) && typeof parsed[0] === 'string' && typeof parsed[1] === 'string'
      ? [parsed[0], parsed[1]]
      : null
  } catch {
    return null
  }
}

/** The grid of one store. */
export function createRecordPageQuery(database: Database): RecordPageQuery {
  const hasCode = database
    .prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM record WHERE subject_code = ?)')
    .pluck()

  const searchCondition = (
    search: string,
  ): { readonly condition: Condition | null; readonly index: string | null } => {
    const words = search
      .split(/\s+/u)
      .map(foldForKey)
      .filter((word) => word !== '')
    const [first] = words
    if (first === undefined) return { condition: null, index: null }
    if (words.length === 1 && isWholeCode(first) && hasCode.get(first) === 1) {
      return { condition: { sql: 'r.subject_code = ?', values: [first] }, index: 'record_subject_code' }
    }
    return {
      condition: {
        sql: words.map(() => "r.search_text LIKE ? ESCAPE '\\'").join(' AND '),
        values: words.map(containing),
      },
      index: 'record_search',
    }
  }

  const filterConditions = (request: PageRequest): readonly Condition[] => {
    const lanes = lanesOf[request.filter]
    const conditions: Condition[] = []
    if (request.filter === 'all') conditions.push({ sql: "r.danger < '9'", values: [] })
    else if (request.filter === 'due_week') {
      conditions.push({ sql: "r.danger >= '0' AND r.danger <= ?", values: [`0${request.days.weekUntil}`] })
    } else if (lanes?.length === 1) conditions.push({ sql: 'r.lane = ?', values: lanes })
    else if (lanes !== null) {
      conditions.push({ sql: `r.lane IN (${lanes.map(() => '?').join(', ')})`, values: lanes })
    }
    if (request.type !== null) conditions.push({ sql: 'r.record_type = ?', values: [request.type] })
    if (request.delivery !== null) conditions.push({ sql: 'r.delivery = ?', values: [request.delivery] })
    if (request.clock !== null) conditions.push(clockCondition(request.clock, request.days))
    return conditions
  }

  /**
   * Without statistics SQLite cannot know that most records are accepted, so the index is named: that of the order
   * where the filter lets most records through, that of the lane where it lets few.
   */
  const indexOf = (request: PageRequest): string => {
    const order = orders[request.sort]
    const lanes = lanesOf[request.filter]
    const isNarrow = lanes !== null && request.filter !== 'accepted'
    if (request.sort !== 'danger') return isNarrow ? 'record_lane' : order.index
    if (lanes?.length === 1) return 'record_lane'
    return request.type === null ? 'record_danger' : 'record_type_danger'
  }

  return {
    page(request) {
      const order = orders[request.sort]
      const { condition, index: searchIndex } = searchCondition(request.search)
      const shared = [...filterConditions(request), ...(condition === null ? [] : [condition])]
      const cursor = request.after === null ? null : readCursor(request.after)
      const comparison = order.direction === 'ASC' ? '>' : '<'
      const paged: readonly Condition[] =
        cursor === null
          ? shared
          : [...shared, { sql: `(r.${order.column}, r.record_id) ${comparison} (?, ?)`, values: cursor }]
      const where = (conditions: readonly Condition[]): string =>
        conditions.map(({ sql }) => sql).join(' AND ')
      const valuesOf = (conditions: readonly Condition[]): string[] =>
        conditions.flatMap(({ values }) => values)
      const ordering = `r.${order.column} ${order.direction}, r.record_id ${order.direction}`
      const lines = database
        .prepare<(string | number)[], RecordLine & { readonly cursorKey: string }>(
          `WITH page AS MATERIALIZED (
             SELECT r.record_id FROM record r INDEXED BY ${searchIndex ?? indexOf(request)}
             WHERE ${where(paged)} ORDER BY ${ordering} LIMIT ?)
           SELECT ${recordSelection}, r.${order.column} AS cursorKey
           FROM page JOIN record r ON r.record_id = page.record_id ORDER BY ${ordering}`,
        )
        .all(...valuesOf(paged), request.limit + 1)
      const total =
        database
          .prepare<string[], number>(
            `SELECT count(*) FROM record r ${searchIndex === null ? '' : `INDEXED BY ${searchIndex}`} WHERE ${where(shared)}`,
          )
          .pluck()
          .get(...valuesOf(shared)) ?? 0
      const shown = lines.slice(0, request.limit)
      const last = shown.at(-1)
      return {
        rows: shown.map(({ cursorKey: _, ...line }) => recordOf(line)),
        next:
          lines.length > shown.length && last !== undefined
            ? writeCursor(last.cursorKey, last.recordId)
            : null,
        total,
      }
    },
  }
}

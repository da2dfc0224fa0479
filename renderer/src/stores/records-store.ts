import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { CallInput, CallOutput } from '@shared/contract/calls'
import type { RecordRow } from '@shared/contract/views/record-views'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'

/** What the grid asks for; paging is the store's own business. */
export type RecordQuery = Omit<CallInput<'records.page'>, 'after' | 'from' | 'limit'>
type Counts = CallOutput<'records.counts'>
type Page = CallOutput<'records.page'>
type Pages = ReadonlyMap<number, readonly RecordRow[]>

/** What the screen shows when nothing else is asked for. */
export const everyUnsent: RecordQuery = {
  type: null,
  filter: 'unsent',
  search: '',
  clock: null,
  delivery: null,
  sort: 'danger',
}

/** Rows of one page. */
export const PAGE_ROWS = 100
/** Pages kept at a time, those nearest to the rows in view: memory stays the same however far one scrolls. */
export const MOST_PAGES = 24
/** Where pages begin is remembered for so many of them. */
const MOST_CURSORS = 1_000
const LARGEST_PAGE = 500
/** Events come in bursts while an import or a submission runs. */
const REFETCH_MS = 300

const pageOf = (index: number): number => Math.floor(index / PAGE_ROWS)

/**
 * The rows of the grid by their number, read page by page as they come into view and forgotten when they are far from
 * it. One page is on its way at a time, and then the one that is wanted most by now: pages that were scrolled past are
 * never asked for. Every question carries a turn; the answer to an older turn is dropped, so a slow search never
 * replaces a newer one. On events the pages in view are read again and swapped in one step, which keeps the scroll
 * position.
 */
export const useRecordsStore = defineStore('records', () => {
  const query = shallowRef<RecordQuery>(everyUnsent)
  const pages = shallowRef<Pages>(new Map())
  const total = ref(0)
  /** Whether a search may find more than `total`. */
  const hasMore = ref(false)
  const counts = shallowRef<Counts | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLoading = ref(false)
  const isLoaded = ref(false)
  /** First and last page in view. */
  let wanted: readonly [number, number] = [0, 0]
  /** Which way the rows in view went last. */
  let isUpward = false
  /** Cursor behind which a page begins. */
  let cursors = new Map<number, string>()
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const rowAt = (index: number): RecordRow | undefined => pages.value.get(pageOf(index))?.[index % PAGE_ROWS]

  /** Number of a record among the rows that are here; -1 when it is not. */
  function indexOf(recordId: string): number {
    for (const [page, rows] of pages.value) {
      const at = rows.findIndex((row) => row.recordId === recordId)
      if (at >= 0) return page * PAGE_ROWS + at
    }
    return -1
  }

  /** Notes where a page begins, and forgets the oldest of such places. */
  function noteCursor(page: number, cursor: string): void {
    cursors.set(page, cursor)
    for (const old of cursors.keys()) {
      if (cursors.size <= MOST_CURSORS) return
      cursors.delete(old)
    }
  }

  /**
   * Reads one page; null when overtaken or refused. A long search answers bit by bit: `tell` gets what there is so far.
   */
  async function readPage(
    page: number,
    mine: number,
    tell: (rows: readonly RecordRow[]) => void,
  ): Promise<readonly RecordRow[] | null> {
    const rows: RecordRow[] = []
    for (let after = cursors.get(page) ?? null; ;) {
      const place = { after, from: page * PAGE_ROWS + rows.length, limit: PAGE_ROWS - rows.length }
      const answer: Result<Page> = await callBridge('records.page', { ...query.value, ...place })
      if (mine !== turn) return null
      failure.value = answer.ok ? null : answer.failure
      if (!answer.ok) return null
      rows.push(...answer.value.rows)
      total.value = answer.value.total
      hasMore.value = answer.value.hasMore
      after = answer.value.next
      if (after === null) return rows
      if (rows.length === PAGE_ROWS) {
        noteCursor(page + 1, after)
        return rows
      }
      tell([...rows])
    }
  }

  const distance = (page: number): number => Math.max(wanted[0] - page, page - wanted[1], 0)

  /** Puts a page with the others and lets go of those farthest from what is in view. */
  function keep(page: number, rows: readonly RecordRow[]): void {
    const others = [...pages.value].filter(([other]) => other !== page)
    const kept = [...others, [page, rows] as const].sort(([a], [b]) => distance(a) - distance(b))
    pages.value = new Map(kept.slice(0, MOST_PAGES))
  }

  /** The page that is missing most: in view first, then the next on the way. */
  function missing(): number | null {
    const [first, last] = wanted
    const ahead = isUpward ? [first - 1] : [last + 1]
    const inView = Array.from({ length: last - first + 1 }, (_, at) => first + at)
    const end = pageOf(total.value - (hasMore.value ? 0 : 1))
    return [...inView, ...ahead].find((page) => page >= 0 && page <= end && !pages.value.has(page)) ?? null
  }

  /** Reads what is missing, one page after the other. */
  async function fill(): Promise<void> {
    if (isLoading.value) return
    const mine = turn
    isLoading.value = true
    for (let page = missing(); page !== null; page = missing()) {
      const wantedPage = page
      const rows = await readPage(page, mine, (some) => keep(wantedPage, some))
      if (mine !== turn) return
      if (rows === null) break
      keep(page, rows)
      // Rows that went away meanwhile leave pages behind the end, which have nothing to read.
      if (rows.length === 0) break
    }
    isLoading.value = false
  }

  /** Tells which rows are in view; what is missing of them is read. */
  function want(first: number, last: number): void {
    isUpward = pageOf(first) < wanted[0]
    wanted = [pageOf(Math.max(first, 0)), pageOf(Math.max(last, 0))]
    void fill()
  }

  /** Reads the pages in view anew and swaps them in one step. */
  async function readAgain(): Promise<void> {
    const mine = ++turn
    isLoading.value = true
    cursors = new Map()
    const found = new Map<number, readonly RecordRow[]>()
    for (let page = wanted[0]; page <= wanted[1]; page++) {
      const rows = await readPage(page, mine, () => undefined)
      if (mine !== turn) return
      if (rows === null) break
      found.set(page, rows)
      if (rows.length < PAGE_ROWS) break
    }
    isLoading.value = false
    isLoaded.value = true
    if (failure.value !== null) return
    pages.value = found
    void fill()
  }

  /** Shows another selection of records from its start. */
  async function show(other: RecordQuery): Promise<void> {
    query.value = other
    wanted = [0, 0]
    await readAgain()
  }

  /** Rows of a span of numbers, ends included, whether they are here or not; as many as can be read. */
  async function rowsIn(first: number, last: number): Promise<readonly RecordRow[]> {
    const here = Array.from({ length: last - first + 1 }, (_, at) => rowAt(first + at))
    if (here.every((row) => row !== undefined)) return here
    const asked = query.value
    const rows: RecordRow[] = []
    for (let after: string | null = null; rows.length <= last - first;) {
      const limit = Math.min(LARGEST_PAGE, last - first + 1 - rows.length)
      const answer: Result<Page> = await callBridge('records.page', {
        ...asked,
        after,
        from: first + rows.length,
        limit,
      })
      if (!answer.ok || asked !== query.value) return []
      rows.push(...answer.value.rows)
      after = answer.value.next
      if (after === null) break
    }
    return rows
  }

  async function loadCounts(): Promise<void> {
    const result = await callBridge('records.counts', {})
    if (result.ok) counts.value = result.value
  }

  /** Reads again what is shown; several calls in a row become one. */
  function refetch(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void loadCounts()
      if (isLoaded.value) void readAgain()
    }, REFETCH_MS)
  }

  useEvent('records.changed', refetch)
  useEvent('batches.changed', refetch)
  useEvent('engine.restarted', refetch)

  return {
    ...{ query, pages, total, hasMore, counts, failure, isLoading, isLoaded },
    ...{ rowAt, indexOf, rowsIn, want, show, loadCounts, refetch },
  }
})

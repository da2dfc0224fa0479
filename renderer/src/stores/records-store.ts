import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { CallInput, CallOutput } from '@shared/contract/calls'
import type { RecordRow } from '@shared/contract/views/record-views'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'

/** What the grid asks for; paging is the store's own business. */
export type RecordQuery = Omit<CallInput<'records.page'>, 'after' | 'limit'>
type Counts = CallOutput<'records.counts'>
type Page = Result<CallOutput<'records.page'>>

/** What the screen shows when nothing else is asked for. */
export const everyUnsent: RecordQuery = {
  type: null,
  filter: 'unsent',
  search: '',
  clock: null,
  delivery: null,
  sort: 'danger',
}

const PAGE = 200
const LARGEST_PAGE = 500
/** Events come in bursts while an import or a submission runs. */
const REFETCH_MS = 300

/**
 * The rows of the grid, read page by page as the clerk scrolls. Every question carries a turn; the answer to an
 * older turn is dropped, so a slow search never replaces a newer one. On events the pages read so far are read
 * again and swapped in one step, which keeps the scroll position.
 */
export const useRecordsStore = defineStore('records', () => {
  const query = shallowRef<RecordQuery>(everyUnsent)
  const rows = shallowRef<readonly RecordRow[]>([])
  const total = ref(0)
  const counts = shallowRef<Counts | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLoading = ref(false)
  const isLoaded = ref(false)
  let next: string | null = null
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Reads at least `wanted` rows from the start; null when overtaken or refused. */
  async function read(wanted: number, mine: number): Promise<readonly RecordRow[] | null> {
    let found: readonly RecordRow[] = []
    let after: string | null = null
    do {
      const limit = Math.min(LARGEST_PAGE, Math.max(PAGE, wanted - found.length))
      const page: Page = await callBridge('records.page', { ...query.value, after, limit })
      if (mine !== turn) return null
      failure.value = page.ok ? null : page.failure
      if (!page.ok) return null
      found = found.concat(page.value.rows)
      after = page.value.next
      total.value = page.value.total
      next = after
    } while (after !== null && found.length < wanted)
    return found
  }

  async function fetchRows(wanted: number): Promise<void> {
    const mine = ++turn
    isLoading.value = true
    const found = await read(wanted, mine)
    if (mine !== turn) return
    isLoading.value = false
    isLoaded.value = true
    if (found !== null) rows.value = found
  }

  /** Shows another selection of records from its start. */
  async function show(wanted: RecordQuery): Promise<void> {
    query.value = wanted
    await fetchRows(PAGE)
  }

  /** Reads the next page unless one is on its way or the end is reached. */
  async function more(): Promise<void> {
    if (isLoading.value || next === null) return
    const mine = ++turn
    isLoading.value = true
    const page = await callBridge('records.page', { ...query.value, after: next, limit: PAGE })
    if (mine !== turn) return
    isLoading.value = false
    failure.value = page.ok ? null : page.failure
    if (!page.ok) return
    const known = new Set(rows.value.map((row) => row.recordId))
    rows.value = rows.value.concat(page.value.rows.filter((row) => !known.has(row.recordId)))
    next = page.value.next
    total.value = page.value.total
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
      if (isLoaded.value) void fetchRows(rows.value.length)
    }, REFETCH_MS)
  }

  useEvent('records.changed', refetch)
  useEvent('batches.changed', refetch)
  useEvent('engine.restarted', refetch)

  return { query, rows, total, counts, failure, isLoading, isLoaded, show, more, loadCounts, refetch }
})

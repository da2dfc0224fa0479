import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CallInput, CallOutput } from '@shared/contract/calls'
import type { BatchDetail, BatchItemView, BatchView } from '@shared/contract/views/exchange-views'
import { canResume } from '@shared/domain/batch-status'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { callBridge } from '@renderer/bridge'
import { coalesce } from '@renderer/composables/coalesce'
import { useEvent } from '@renderer/composables/use-event'

/** Outcome to list, or null for all. */
export type OutcomeFilter = CallInput<'batches.items'>['outcome']

const PAGE = 100

/** Whether a batch still needs something: the desk, the platform, or (stopped) a person. */
export const isUnfinished = (batch: Pick<BatchView, 'state'>): boolean =>
  batch.state !== 'settled' && batch.state !== 'unsealed'

/** Every batch, newest first, and the one that is open for reading. */
export const useBatchesStore = defineStore('batches', () => {
  const rows = shallowRef<readonly BatchView[]>([])
  const next = shallowRef<string | null>(null)
  const isLoaded = shallowRef(false)
  const isLoading = shallowRef(false)
  const failure = shallowRef<Failure | null>(null)

  const detail = shallowRef<BatchDetail | null>(null)
  const detailFailure = shallowRef<Failure | null>(null)
  const items = shallowRef<readonly BatchItemView[]>([])
  const itemsNext = shallowRef<number | null>(null)
  const outcome = shallowRef<OutcomeFilter>(null)
  let openId: string | null = null
  let itemsTurn = 0

  /** Batches that going on can help. */
  const resumable = computed(() =>
    rows.value.filter(
      (batch) =>
        isUnfinished(batch) &&
        batch.carrier !== 'package' &&
        batch.lastFailure !== 'batch.person-needed' &&
        canResume(batch.lastFailure),
    ),
  )

  /** Loads the newest batches; those further down that were already listed stay. */
  const load = coalesce(async () => {
    isLoading.value = true
    const page = await callBridge('batches.page', { after: null, limit: PAGE })
    isLoading.value = false
    isLoaded.value = true
    failure.value = page.ok ? null : page.failure
    if (!page.ok) return
    const fresh = new Set(page.value.rows.map((batch) => batch.batchId))
    const older = rows.value.filter((batch) => !fresh.has(batch.batchId))
    if (older.length === 0) next.value = page.value.next
    rows.value = [...page.value.rows, ...older]
  })

  /** Lists the next older batches. */
  async function loadMore(): Promise<void> {
    if (next.value === null || isLoading.value) return
    isLoading.value = true
    const page = await callBridge('batches.page', { after: next.value, limit: PAGE })
    isLoading.value = false
    failure.value = page.ok ? null : page.failure
    if (!page.ok) return
    rows.value = [...rows.value, ...page.value.rows]
    next.value = page.value.next
  }

  /** Opens one batch with its items. */
  async function show(batchId: string): Promise<void> {
    if (openId !== batchId) close()
    openId = batchId
    const answer = await callBridge('batches.get', { batchId })
    if (openId !== batchId) return
    detailFailure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    detail.value = answer.value
    await listItems(outcome.value)
  }

  /** Closes the open batch. */
  function close(): void {
    openId = null
    detail.value = null
    detailFailure.value = null
    items.value = []
    itemsNext.value = null
    outcome.value = null
  }

  async function fetchItems(after: number, kept: readonly BatchItemView[]): Promise<void> {
    if (openId === null) return
    const mine = ++itemsTurn
    const page = await callBridge('batches.items', {
      batchId: openId,
      outcome: outcome.value,
      after,
      limit: PAGE,
    })
    if (mine !== itemsTurn) return
    detailFailure.value = page.ok ? null : page.failure
    if (!page.ok) return
    items.value = [...kept, ...page.value.rows]
    itemsNext.value = page.value.next
  }

  /** Lists the items of the open batch with one outcome, or all. */
  function listItems(wanted: OutcomeFilter): Promise<void> {
    outcome.value = wanted
    return fetchItems(0, [])
  }

  /** Lists further items. */
  function moreItems(): Promise<void> {
    return itemsNext.value === null ? Promise.resolve() : fetchItems(itemsNext.value, items.value)
  }

  /** Gives the records of a stopped batch back; the events that follow show what became of it. */
  const release = (batchId: string): Promise<Result<CallOutput<'batches.release'>>> =>
    callBridge('batches.release', { batchId })

  useEvent('batches.changed', ({ batchIds }) => {
    if (!isLoaded.value) return
    void load()
    if (openId !== null && batchIds.includes(openId)) void show(openId)
  })
  useEvent('engine.restarted', () => {
    if (isLoaded.value) void load()
  })

  return {
    rows,
    next,
    isLoaded,
    isLoading,
    failure,
    detail,
    detailFailure,
    items,
    itemsNext,
    outcome,
    resumable,
    load,
    loadMore,
    show,
    close,
    listItems,
    moreItems,
    release,
  }
})

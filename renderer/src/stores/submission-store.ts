import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { BatchItemView, BatchView, SubmissionForecast } from '@shared/contract/views/exchange-views'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import type { TaskView } from '@shared/contract/views/task-views'
import { callBridge } from '@renderer/bridge'
import { coalesce } from '@renderer/composables/coalesce'
import { useEvent } from '@renderer/composables/use-event'
import { isUnfinished } from '@renderer/stores/batches-store'
import { useTasksStore } from '@renderer/stores/tasks-store'

/** Batches of one submission stay on one page of the list: sealing splits only above 100,000 records. */
const PAGE = 100

/**
 * The closing of the day: what would go, the submission now under way, and how it ended. Only one submission runs at
 * a time; one that was started elsewhere (another screen, before a reload) is followed all the same.
 */
export const useSubmissionStore = defineStore('submission', () => {
  const tasks = useTasksStore()
  const forecast = shallowRef<SubmissionForecast | null>(null)
  /** The forecast that was confirmed, for the printed sheet; null when a submission was found running. */
  const confirmed = shallowRef<SubmissionForecast | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isCounting = shallowRef(false)
  const isStarting = shallowRef(false)
  const isCancelling = shallowRef(false)
  const taskId = shallowRef<string | null>(null)
  const recent = shallowRef<readonly BatchView[]>([])
  /** Rejected items of the batches, as far as listed. */
  const rejected = shallowRef<readonly BatchItemView[]>([])
  const openBefore = shallowRef<ReadonlySet<string>>(new Set())

  const task = computed<TaskView | null>(() => (taskId.value === null ? null : tasks.byId(taskId.value)))
  /** The batches of this submission, oldest first: as they move, and at the end as the task reported them. */
  const batches = computed<readonly BatchView[]>(() => {
    const current = task.value
    if (current === null) return []
    const reported = current.submission?.batches ?? []
    const byId = new Map(reported.map((batch) => [batch.batchId, batch]))
    for (const batch of recent.value) {
      const belongs =
        byId.has(batch.batchId) || openBefore.value.has(batch.batchId) || batch.sealedAt >= current.startedAt
      if (belongs) byId.set(batch.batchId, batch)
    }
    return [...byId.values()].sort((a, b) => (a.sealedAt < b.sealedAt ? -1 : a.sealedAt > b.sealedAt ? 1 : 0))
  })

  /** Whether no batch of this submission waits for anything. */
  const isSettled = computed(() => !batches.value.some(isUnfinished))

  /** Takes stock again: what could go now. */
  async function count(): Promise<void> {
    isCounting.value = true
    const answer = await callBridge('submission.forecast', { type: null, recordIds: null })
    isCounting.value = false
    if (answer.ok) forecast.value = answer.value
    failure.value = answer.ok ? null : answer.failure
  }

  /** Notes that the day had nothing; true when it is noted. */
  async function reportNil(): Promise<boolean> {
    const answer = await callBridge('submission.reportNil', {})
    failure.value = answer.ok ? null : answer.failure
    return answer.ok
  }

  const loadBatches = coalesce(async () => {
    const page = await callBridge('batches.page', { after: null, limit: PAGE })
    if (page.ok) recent.value = page.value.rows
  })

  /** Lists what came back, batch by batch. */
  async function loadRejected(): Promise<void> {
    const found: BatchItemView[] = []
    for (const batch of batches.value.filter((candidate) => candidate.counts.rejected > 0)) {
      const page = await callBridge('batches.items', {
        batchId: batch.batchId,
        outcome: 'rejected',
        after: 0,
        limit: PAGE,
      })
      if (page.ok) found.push(...page.value.rows)
    }
    rejected.value = found
  }

  async function loadResult(): Promise<void> {
    await loadBatches()
    await loadRejected()
  }

  function follow(started: TaskView): void {
    tasks.adopt(started)
    taskId.value = started.taskId
    isCancelling.value = false
    void loadBatches()
  }

  async function begin(call: () => Promise<Result<TaskView>>): Promise<boolean> {
    if (isStarting.value) return false
    isStarting.value = true
    recent.value = []
    rejected.value = []
    openBefore.value = new Set((forecast.value?.openBatches ?? []).map((batch) => batch.batchId))
    const started = await call()
    isStarting.value = false
    failure.value = started.ok ? null : started.failure
    if (started.ok) follow(started.value)
    return started.ok
  }

  /** Seals and sends what is ready, or only the given records; true when it began. */
  function start(recordIds: readonly string[] | null = null): Promise<boolean> {
    confirmed.value = recordIds === null ? forecast.value : null
    return begin(() =>
      callBridge('submission.start', {
        type: null,
        recordIds: recordIds === null ? null : [...recordIds],
        label: null,
      }),
    )
  }

  /** Goes on with every batch that has not ended; true when it began. */
  function resume(): Promise<boolean> {
    confirmed.value = null
    return begin(() => callBridge('submission.resume', {}))
  }

  /** Asks the submission to stop; sealed batches go on by themselves later. */
  async function cancel(): Promise<void> {
    if (taskId.value === null) return
    isCancelling.value = true
    failure.value = await tasks.cancel(taskId.value)
    if (failure.value !== null) isCancelling.value = false
  }

  /** Follows a submission that already runs; true when there is one. */
  function adoptRunning(): boolean {
    if (task.value?.state === 'running') return true
    const running = tasks.running.find((candidate) => candidate.kind === 'submission')
    if (running === undefined) return false
    follow(running)
    return true
  }

  /** Leaves the result and takes stock again. */
  async function again(): Promise<void> {
    taskId.value = null
    confirmed.value = null
    recent.value = []
    await count()
  }

  const isEnded = computed(() => task.value !== null && task.value.state !== 'running')
  watch(isEnded, (ended) => {
    if (ended) void loadResult()
  })
  useEvent('batches.changed', () => {
    if (taskId.value !== null) void (isEnded.value ? loadResult() : loadBatches())
  })

  return {
    forecast,
    confirmed,
    failure,
    isCounting,
    isStarting,
    isCancelling,
    task,
    batches,
    rejected,
    isSettled,
    count,
    reportNil,
    start,
    resume,
    cancel,
    adoptRunning,
    again,
  }
})

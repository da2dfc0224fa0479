import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CallInput, CallOutput } from '@shared/contract/calls'
import type { Inbox } from '@shared/contract/views/exchange-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'
import { useTasksStore } from '@renderer/stores/tasks-store'

type FixOutcome = CallOutput<'inbox.applyFix'>
type InboxCall = 'inbox.answer' | 'inbox.dispute' | 'inbox.closeDispute'

/** What came back from the platform and waits for a person, and what was corrected here but not resent yet. */
export const useInboxStore = defineStore('inbox', () => {
  const tasks = useTasksStore()
  const inbox = shallowRef<Inbox | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLoading = shallowRef(false)
  const isFixing = shallowRef(false)
  const isActing = shallowRef(false)
  const pullTaskId = shallowRef<string | null>(null)
  const fixedIds = shallowRef<ReadonlySet<string>>(new Set())
  /** Fixed records that could go now. */
  const readyIds = shallowRef<readonly string[]>([])
  /** Fixed records that something else still blocks. */
  const stillBlocked = shallowRef(0)
  let turn = 0

  const pullTask = computed(() => (pullTaskId.value === null ? null : tasks.byId(pullTaskId.value)))

  /** Fetches the inbox; a stale answer never overwrites a newer one. */
  async function load(): Promise<void> {
    const mine = ++turn
    isLoading.value = true
    const answer = await callBridge('inbox.list', {})
    if (mine !== turn) return
    isLoading.value = false
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) inbox.value = answer.value
  }

  /** Sorts the fixed records into those that can go and those that cannot: the forecast knows. */
  async function weighFixed(): Promise<void> {
    if (fixedIds.value.size === 0) {
      readyIds.value = []
      stillBlocked.value = 0
      return
    }
    const answer = await callBridge('submission.forecast', { type: null, recordIds: [...fixedIds.value] })
    if (!answer.ok) return
    const staying = new Map(answer.value.notSent.map((row) => [row.recordId, row.reason]))
    const waiting = new Set(inbox.value?.groups.flatMap((group) => group.rows.map((row) => row.recordId)))
    const fixed = [...fixedIds.value].filter((id) => staying.get(id) !== 'in-flight')
    readyIds.value = fixed.filter((id) => !staying.has(id) && !waiting.has(id))
    stillBlocked.value = fixed.length - readyIds.value.length
  }

  /** Sets one field of many records; null when refused as a whole (see `failure`). */
  async function applyFix(
    recordIds: readonly string[],
    field: string,
    value: string,
  ): Promise<FixOutcome | null> {
    if (isFixing.value) return null
    isFixing.value = true
    const answer = await callBridge('inbox.applyFix', { recordIds: [...recordIds], field, value })
    isFixing.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return null
    if (answer.value.changed > 0) fixedIds.value = new Set([...fixedIds.value, ...recordIds])
    await load()
    await weighFixed()
    return answer.value
  }

  /** A call that answers with the inbox as it is after it; gives the refusal, or null. */
  async function act<Name extends InboxCall>(name: Name, input: CallInput<Name>): Promise<Failure | null> {
    isActing.value = true
    const answer = await callBridge(name, input)
    isActing.value = false
    if (!answer.ok) return answer.failure
    turn++
    inbox.value = answer.value
    return null
  }

  /** Forgets records that were handed to a submission. */
  function markResent(recordIds: readonly string[]): void {
    const gone = new Set(recordIds)
    fixedIds.value = new Set([...fixedIds.value].filter((id) => !gone.has(id)))
    readyIds.value = readyIds.value.filter((id) => !gone.has(id))
  }

  /** Fetches what the platform has to say. */
  async function pull(): Promise<void> {
    const started = await callBridge('feed.pull', {})
    failure.value = started.ok ? null : started.failure
    if (!started.ok) return
    tasks.adopt(started.value)
    pullTaskId.value = started.value.taskId
  }

  useEvent('inbox.changed', () => {
    if (inbox.value !== null) void load()
  })
  useEvent('records.changed', () => {
    if (fixedIds.value.size > 0 && !isFixing.value) void weighFixed()
  })
  useEvent('engine.restarted', () => {
    if (inbox.value !== null) void load()
  })

  return {
    inbox,
    failure,
    isLoading,
    isFixing,
    isActing,
    act,
    pullTask,
    readyIds,
    stillBlocked,
    load,
    applyFix,
    markResent,
    pull,
  }
})

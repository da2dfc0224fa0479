import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CallOutput } from '@shared/contract/calls'
import type { ReconciliationView } from '@shared/contract/views/reconciliation-views'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'
import { useTasksStore } from '@renderer/stores/tasks-store'

/** The newest comparison of what the desk and the platform hold. */
export const useReconciliationStore = defineStore('reconciliation', () => {
  const tasks = useTasksStore()
  const latest = shallowRef<ReconciliationView | null>(null)
  const isLoaded = shallowRef(false)
  const failure = shallowRef<Failure | null>(null)
  let turn = 0

  const isRunning = computed(() => tasks.running.some((task) => task.kind === 'reconciliation'))

  /** Fetches the newest run; a stale answer never overwrites a newer one. */
  async function load(): Promise<void> {
    const mine = ++turn
    const answer = await callBridge('reconciliation.latest', {})
    if (mine !== turn) return
    isLoaded.value = true
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) latest.value = answer.value
  }

  /** Compares now. */
  async function run(): Promise<void> {
    const started = await callBridge('reconciliation.run', {})
    failure.value = started.ok ? null : started.failure
    if (started.ok) tasks.adopt(started.value)
  }

  /** Lets lost records be sent anew, after the platform was asked once more. */
  const resend = (findingNos: readonly number[]): Promise<Result<CallOutput<'reconciliation.resend'>>> =>
    callBridge('reconciliation.resend', {
      runId: latest.value?.runId ?? '',
      findingNos: [...findingNos].slice(0, 500),
    })

  /** Notes what was done about a finding. */
  const note = (findingNo: number, resolution: string): Promise<Result<CallOutput<'reconciliation.note'>>> =>
    callBridge('reconciliation.note', { runId: latest.value?.runId ?? '', findingNo, resolution })

  useEvent('reconciliation.changed', () => void load())
  useEvent('task.progressed', (task) => {
    if (task.kind !== 'reconciliation' || task.state === 'running') return
    failure.value = task.failure
    void load()
  })
  useEvent('engine.restarted', () => void load())

  return { latest, isLoaded, isRunning, failure, load, run, resend, note }
})

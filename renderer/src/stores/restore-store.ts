import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { FormerDesk } from '@shared/contract/views/restore-views'
import type { TaskView } from '@shared/contract/views/task-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'
import { useTasksStore } from './tasks-store'

/** A backup on its way into the place of the present data: being proved, looked at, put in place. */
export const useRestoreStore = defineStore('restore', () => {
  const tasks = useTasksStore()
  const task = shallowRef<TaskView | null>(null)
  const former = shallowRef<readonly FormerDesk[]>([])
  const failure = shallowRef<Failure | null>(null)
  const isGoing = shallowRef(false)

  const running = computed(() => (task.value?.state === 'running' ? task.value : null))
  /** What was proved and waits for a decision. */
  const ready = computed(() => (task.value?.state === 'done' ? task.value.restore : null))
  const isStopped = computed(() => task.value?.state === 'cancelled')

  async function load(): Promise<void> {
    const answer = await callBridge('restore.former', {})
    if (answer.ok) former.value = answer.value
  }

  /** Proves a backup that the host knows. */
  async function prove(file: string, password: string): Promise<void> {
    const answer = await callBridge('restore.prepare', { file, password })
    failure.value = answer.ok ? null : answer.failure
    task.value = answer.ok ? answer.value : null
    if (answer.ok) tasks.adopt(answer.value)
  }

  /** Stops proving; gives the failure when refused. */
  async function stop(): Promise<Failure | null> {
    return running.value === null ? null : tasks.cancel(running.value.taskId)
  }

  async function giveUp(): Promise<void> {
    task.value = null
    failure.value = null
    await callBridge('restore.discard', {})
  }

  /** Puts it in place and loads the page anew: nothing of the former data may stay on the screen. */
  async function go(): Promise<void> {
    if (ready.value === null) return
    isGoing.value = true
    const answer = await callBridge('host.restore', { id: ready.value.id })
    isGoing.value = false
    if (answer.ok) return window.location.reload()
    task.value = null
    failure.value = answer.failure
  }

  useEvent('task.progressed', (moved) => {
    if (moved.taskId !== task.value?.taskId) return
    task.value = moved
    if (moved.state !== 'failed') return
    failure.value = moved.failure
    // It is said where the backup was chosen.
    tasks.dismiss(moved.taskId)
  })

  return { former, failure, isGoing, running, ready, isStopped, load, prove, stop, giveUp, go }
})

import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { TaskView } from '@shared/contract/views/task-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'

/** Every long task of this sitting, newest first; mirrors the engine's registry. */
export const useTasksStore = defineStore('tasks', () => {
  const tasks = shallowRef<readonly TaskView[]>([])
  const dismissed = shallowRef<ReadonlySet<string>>(new Set())

  const running = computed(() => tasks.value.filter((task) => task.state === 'running'))
  /** Ended tasks that ask for attention: what failed stays until it is read. */
  const failed = computed(() =>
    tasks.value.filter((task) => task.state === 'failed' && !dismissed.value.has(task.taskId)),
  )

  /** Puts a task in, or its newer state in place of the older one. */
  function put(task: TaskView): void {
    const rest = tasks.value.filter((other) => other.taskId !== task.taskId)
    tasks.value = [task, ...rest].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
  }

  /** Puts in a task that a call has just started, unless an event already told more of it. */
  function adopt(started: TaskView): void {
    if (byId(started.taskId) === null) put(started)
  }

  const byId = (taskId: string): TaskView | null => tasks.value.find((task) => task.taskId === taskId) ?? null

  async function load(): Promise<void> {
    const result = await callBridge('tasks.list', {})
    if (result.ok) tasks.value = result.value
  }

  /** Asks a task to stop; gives the failure when refused. */
  async function cancel(taskId: string): Promise<Failure | null> {
    const result = await callBridge('tasks.cancel', { taskId })
    if (!result.ok) return result.failure
    put(result.value)
    return null
  }

  function dismiss(taskId: string): void {
    dismissed.value = new Set([...dismissed.value, taskId])
  }

  useEvent('task.progressed', put)
  useEvent('engine.restarted', () => void load())

  return { tasks, running, failed, put, adopt, byId, load, cancel, dismiss }
})

import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { StandardsView, StandardVersionView } from '@shared/contract/views/standard-views'
import type { TaskView } from '@shared/contract/views/task-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'
import { useTasksStore } from './tasks-store'

/** The versions of the standard at this desk: those here, those announced, and what a person does about them. */
export const useStandardsStore = defineStore('standards', () => {
  const tasks = useTasksStore()
  const view = shallowRef<StandardsView | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isInstalling = shallowRef(false)

  /** The dry run or re-check that is under way. */
  const running = computed<TaskView | null>(
    () => tasks.running.find((task) => task.kind === 'standard') ?? null,
  )
  /** Versions that ask for a decision, the newest first. */
  const waiting = computed<readonly StandardVersionView[]>(
    () => view.value?.versions.filter((version) => version.state === 'consent') ?? [],
  )

  async function load(): Promise<void> {
    const answer = await callBridge('standard.versions', {})
    if (answer.ok) view.value = answer.value
    failure.value = answer.ok ? null : answer.failure
  }

  /** Takes a package from a file that the host knows; gives its version, or null when it was refused. */
  async function install(file: string): Promise<string | null> {
    isInstalling.value = true
    const answer = await callBridge('standard.install', { file })
    isInstalling.value = false
    if (!answer.ok) {
      failure.value = answer.failure
      return null
    }
    await load()
    return answer.value.version
  }

  /** Starts the dry run of a version; its result comes with the versions when the task has ended. */
  async function preview(version: string): Promise<void> {
    const answer = await callBridge('standard.preview', { version })
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) tasks.adopt(answer.value)
  }

  /** Agrees to a version; true when it was taken. */
  async function adopt(version: string): Promise<boolean> {
    const answer = await callBridge('standard.adopt', { version })
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return false
    if (answer.value.task !== null) tasks.adopt(answer.value.task)
    await load()
    return true
  }

  useEvent('standards.changed', () => void load())
  useEvent('engine.restarted', () => void load())
  useEvent('task.progressed', (task) => {
    if (task.kind === 'standard' && task.state !== 'running') void load()
  })

  return { view, failure, isInstalling, running, waiting, load, install, preview, adopt }
})

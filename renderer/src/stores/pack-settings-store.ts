import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { PackSettingView } from '@shared/contract/views/standard-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useCall } from '@renderer/composables/use-call'
import { useEvent } from '@renderer/composables/use-event'
import { useTasksStore } from './tasks-store'

type Value = PackSettingView['value']

/** What the standard leaves to the desk: the values in force, and those that somebody is about to put in their place. */
export const usePackSettingsStore = defineStore('pack-settings', () => {
  const tasks = useTasksStore()
  const { data: view, failure: loadFailure, run } = useCall('standard.settings')
  const draft = ref<Readonly<Record<string, Value>>>({})
  const refusal = shallowRef<Failure | null>(null)
  /** The task that works out what the values on the page would do. */
  const trying = ref<string | null>(null)

  const tried = computed(() => (trying.value === null ? null : tasks.byId(trying.value)))
  const preview = computed(() => tried.value?.standardPreview ?? null)
  const failure = computed(() => refusal.value ?? tried.value?.failure ?? loadFailure.value)
  const isBusy = computed(() => tasks.running.some((task) => task.kind === 'standard'))
  const changed = computed(() => Object.keys(draft.value).length)
  /** The value on the page: what was just put in, or what holds. */
  const valueOf = ({ id, value }: PackSettingView): Value => draft.value[id] ?? value

  const load = (): Promise<unknown> => run({})

  function put(setting: PackSettingView, value: Value): void {
    const { [setting.id]: _, ...others } = draft.value
    draft.value = value === setting.value ? others : { ...others, [setting.id]: value }
    trying.value = null
    refusal.value = null
  }

  function drop(): void {
    draft.value = {}
    trying.value = null
    refusal.value = null
  }

  /** Works out what the new values would do to the drafts. */
  async function tryOut(): Promise<void> {
    const answer = await callBridge('standard.trySettings', { changes: draft.value })
    refusal.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    trying.value = answer.value.taskId
    tasks.adopt(answer.value)
  }

  /** Works with the new values from now on; true when they were taken. */
  async function save(): Promise<boolean> {
    const answer = await callBridge('standard.setSettings', { changes: draft.value })
    refusal.value = answer.ok ? null : answer.failure
    if (!answer.ok) return false
    if (answer.value.task !== null) tasks.adopt(answer.value.task)
    drop()
    await load()
    return true
  }

  useEvent('standards.changed', () => {
    if (view.value !== null) void load()
  })
  useEvent('engine.restarted', () => {
    if (view.value !== null) void load()
  })

  return { view, failure, isBusy, changed, preview, valueOf, load, put, drop, tryOut, save }
})

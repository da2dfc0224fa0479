import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { SavedFilter } from '@shared/contract/views/record-views'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { callBridge } from '@renderer/bridge'
import type { RecordQuery } from './records-store'

/** The named selections of the desk. Each change gives the failure that refused it, or null. */
export const useFiltersStore = defineStore('filters', () => {
  const list = shallowRef<readonly SavedFilter[]>([])

  /** What a person last asked to see in this sitting; null until then. Links to single records do not count. */
  const chosen = shallowRef<RecordQuery | null>(null)

  function settle(answer: Result<readonly SavedFilter[]>): Failure | null {
    if (answer.ok) list.value = answer.value
    return answer.ok ? null : answer.failure
  }

  const load = async (): Promise<Failure | null> => settle(await callBridge('filters.list', {}))
  /** Under an id that is known it takes its place. */
  const put = async (
    name: string,
    query: RecordQuery,
    filterId: string | null = null,
  ): Promise<Failure | null> => settle(await callBridge('filters.put', { filterId, name, query }))
  const remove = async (filterId: string): Promise<Failure | null> =>
    settle(await callBridge('filters.remove', { filterId }))

  return { list, chosen, load, put, remove }
})

import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { AuditRow, AuditScope } from '@shared/contract/views/upkeep-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'

const PAGE = 100

/** The audit trail as far as it has been read, newest first. */
export const useAuditStore = defineStore('audit', () => {
  const scope = ref<AuditScope>('all')
  const rows = shallowRef<readonly AuditRow[]>([])
  const next = ref<number | null>(null)
  const isLoading = ref(false)
  const isLoaded = ref(false)
  const failure = shallowRef<Failure | null>(null)
  let turn = 0

  async function read(before: number | null): Promise<void> {
    const mine = ++turn
    isLoading.value = true
    const answer = await callBridge('audit.page', { scope: scope.value, before, limit: PAGE })
    if (mine !== turn) return
    isLoading.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    rows.value = before === null ? answer.value.rows : [...rows.value, ...answer.value.rows]
    next.value = answer.value.next
    isLoaded.value = true
  }

  const load = (): Promise<void> => read(null)

  function choose(chosen: AuditScope): Promise<void> {
    scope.value = chosen
    return load()
  }

  async function more(): Promise<void> {
    if (next.value !== null) await read(next.value)
  }

  return { scope, rows, next, isLoading, isLoaded, failure, load, choose, more }
})

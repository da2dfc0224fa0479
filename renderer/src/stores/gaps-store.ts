import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { SeriesGap, SeriesGaps } from '@shared/contract/views/problem-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'

/** An import changes records for minutes, and looking through all numbers takes a while: at most this often. */
const REFETCH_MS = 15_000

/** Document numbers of this year for which there is no record. A projection, refetched when records change. */
export const useGapsStore = defineStore('gaps', () => {
  const gaps = shallowRef<SeriesGaps | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isSaving = shallowRef(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const mine = ++turn
    const answer = await callBridge('gaps.list', { year: null })
    if (mine !== turn) return
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) gaps.value = answer.value
  }

  /** Notes why there is no record for the numbers of a gap; the failure, or null when noted. */
  async function explain({ series, from, to }: SeriesGap, reason: string): Promise<Failure | null> {
    isSaving.value = true
    const answer = await callBridge('gaps.explain', { series, from, to, reason })
    isSaving.value = false
    if (!answer.ok) return answer.failure
    turn++
    gaps.value = answer.value
    return null
  }

  function refetch(): void {
    if (gaps.value === null) return
    timer ??= setTimeout(() => {
      timer = undefined
      void load()
    }, REFETCH_MS)
  }

  useEvent('records.changed', refetch)
  useEvent('engine.restarted', refetch)

  return { gaps, failure, isSaving, load, explain }
})

import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { ReferenceRule } from '@shared/standard/reference'
import { useCall } from '@renderer/composables/use-call'
import { useEvent } from '@renderer/composables/use-event'

/** The standard in force as people look it up: types, fields, code lists, rules. Fetched when first asked for. */
export const useReferenceStore = defineStore('reference', () => {
  const { data: reference, failure, isLoading, run } = useCall('standard.reference')

  const load = (): Promise<unknown> => run({})

  /** Loads the reference unless it is there. */
  async function ensure(): Promise<void> {
    if (reference.value === null && !isLoading.value) await load()
  }

  const rules = computed<ReadonlyMap<string, ReferenceRule>>(
    () => new Map((reference.value?.rules ?? []).map((rule) => [rule.id, rule])),
  )

  useEvent('engine.restarted', () => {
    if (reference.value !== null) void load()
  })
  // Another version, or other values of its settings.
  useEvent('standards.changed', () => {
    if (reference.value !== null) void load()
  })
  useEvent('desk.changed', (info) => {
    if (reference.value !== null && info.standard.version !== reference.value.version) void load()
  })

  return { reference, rules, failure, isLoading, load, ensure }
})

import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { StandardView } from '@shared/contract/views/standard-views'
import type { Failure } from '@shared/kernel/failure'
import type { CodeList, FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import { groupTypes } from '@shared/standard/type-groups'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'

/** The standard in force: record types, fields, code lists. Loaded once; again when the engine restarted. */
export const useStandardStore = defineStore('standard', () => {
  const standard = shallowRef<StandardView | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let loading: Promise<void> | null = null

  const types = computed<ReadonlyMap<string, RecordTypeSpec>>(
    () => new Map((standard.value?.recordTypes ?? []).map((type) => [type.code, type])),
  )

  /** What a file may hold: the record types by policy class, then the layouts of older standards. */
  const importable = computed<readonly RecordTypeSpec[]>(() => [
    ...groupTypes(standard.value?.recordTypes ?? []).flatMap((group) => group.types),
    ...(standard.value?.olderLayouts ?? []),
  ])

  async function fetchStandard(): Promise<void> {
    const result = await callBridge('standard.current', {})
    if (result.ok) standard.value = result.value
    failure.value = result.ok ? null : result.failure
    loading = null
  }

  /** Loads the standard unless it is there; callers may share one flight. */
  function ensure(): Promise<void> {
    if (standard.value !== null) return Promise.resolve()
    loading ??= fetchStandard()
    return loading
  }

  const typeOf = (code: string): RecordTypeSpec | null => types.value.get(code) ?? null
  /** A layout that a file may have. */
  const layoutOf = (code: string): RecordTypeSpec | null =>
    importable.value.find((type) => type.code === code) ?? null
  const shortTitle = (code: string): string => typeOf(code)?.shortTitle ?? code
  const title = (code: string): string => layoutOf(code)?.title ?? code
  const codeList = (id: string | undefined): CodeList | null =>
    id === undefined ? null : (standard.value?.codeLists[id] ?? null)
  const fieldOf = (type: string, code: string): FieldSpec | null =>
    typeOf(type)?.fields.find((field) => field.code === code) ?? null

  useEvent('engine.restarted', () => void fetchStandard())
  // The desk may have set values of the standard otherwise.
  useEvent('standards.changed', () => {
    if (standard.value !== null) void fetchStandard()
  })
  useEvent('desk.changed', (info) => {
    if (standard.value !== null && info.standard.version !== standard.value.version) void fetchStandard()
  })

  return {
    standard,
    types,
    importable,
    failure,
    ensure,
    typeOf,
    layoutOf,
    shortTitle,
    title,
    codeList,
    fieldOf,
  }
})

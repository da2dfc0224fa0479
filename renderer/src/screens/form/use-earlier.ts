import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { EarlierOfSubject } from '@shared/contract/views/record-views'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { callBridge } from '@renderer/bridge'
import type { RecordEditor } from './use-record-editor'

const PAUSE_MS = 250
/** Nothing is asked of fewer characters of a code. */
const SHORTEST = 8

/** What earlier records know of the subject that the form names by its code; asked again once typing pauses. */
export function useEarlier(
  editor: RecordEditor,
  spec: () => RecordTypeSpec | null,
  recordId: () => string | null,
): {
  /** The name under which the code is known, when the form has another or none. */
  readonly name: ComputedRef<string | null>
  readonly previous: ComputedRef<EarlierOfSubject['previous']>
} {
  const found = shallowRef<{ readonly code: string; readonly of: EarlierOfSubject } | null>(null)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const valueOf = (field: string | null | undefined): string =>
    field === null || field === undefined ? '' : (editor.values.value[field] ?? '')
  const code = computed(() => valueOf(spec()?.search.subjectCode).trim())
  const name = computed(() => valueOf(spec()?.search.subjectName).trim())

  async function ask(type: string): Promise<void> {
    const mine = ++turn
    const asked = code.value
    const answer = await callBridge('records.earlier', {
      recordType: type,
      recordId: recordId(),
      subjectCode: asked,
      subjectName: name.value,
    })
    if (mine === turn && answer.ok) found.value = { code: asked, of: answer.value }
  }

  watch(
    () => [spec()?.code, recordId(), code.value, name.value] as const,
    ([type]) => {
      clearTimeout(timer)
      turn++
      if (type === undefined || code.value.length < SHORTEST) found.value = null
      else timer = setTimeout(() => void ask(type), PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  /** An answer about another code is none. */
  const current = computed(() => (found.value?.code === code.value ? found.value.of : null))
  return {
    name: computed(() => (current.value?.name === name.value ? null : (current.value?.name ?? null))),
    previous: computed(() => current.value?.previous ?? null),
  }
}

import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'

export interface Reveal {
  /** The value in plain while it is shown; null while masked. */
  readonly plain: Readonly<ShallowRef<string | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly isBusy: Readonly<Ref<boolean>>
  /** Asks for the value with a reason, which the engine writes to the audit trail. */
  readonly reveal: (recordId: string, field: string, reason: string) => Promise<void>
  readonly hide: () => void
}

/** One personal value for as long as somebody looks at it: it lives here only, and goes when hidden or left. */
export function useReveal(): Reveal {
  const plain = shallowRef<string | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isBusy = ref(false)

  async function reveal(recordId: string, field: string, reason: string): Promise<void> {
    isBusy.value = true
    const result = await callBridge('records.reveal', { recordId, field, reason })
    isBusy.value = false
    failure.value = result.ok ? null : result.failure
    if (result.ok) plain.value = result.value.value
  }

  return { plain, failure, isBusy, reveal, hide: () => (plain.value = null) }
}

import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { CallInput, CallName, CallOutput } from '@shared/contract/calls'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'

export interface CallState<Name extends CallName> {
  /** The newest answer; kept while a newer one is on its way or was refused. */
  readonly data: ShallowRef<CallOutput<Name> | null>
  readonly failure: ShallowRef<Failure | null>
  readonly isLoading: Ref<boolean>
  /** Asks; gives the value, or null when refused or overtaken by a newer question. */
  readonly run: (input: CallInput<Name>) => Promise<CallOutput<Name> | null>
}

/** One call as state of a screen. A stale answer never overwrites a newer one. */
export function useCall<Name extends CallName>(name: Name): CallState<Name> {
  const data = shallowRef<CallOutput<Name> | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLoading = ref(false)
  let latest = 0

  async function run(input: CallInput<Name>): Promise<CallOutput<Name> | null> {
    const turn = ++latest
    isLoading.value = true
    const result = await callBridge(name, input)
    if (turn !== latest) return null
    isLoading.value = false
    if (result.ok) {
      data.value = result.value
      failure.value = null
      return result.value
    }
    failure.value = result.failure
    return null
  }

  return { data: data as CallState<Name>['data'], failure, isLoading, run }
}

import { computed, ref, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'

/** The first part of a long list, growing on demand; starts over when the list becomes another. */
export function useSlice<T>(
  list: MaybeRefOrGetter<readonly T[]>,
  size: number,
): {
  readonly shown: ComputedRef<readonly T[]>
  readonly rest: ComputedRef<number>
  readonly more: () => void
} {
  const limit = ref(size)
  watch(
    () => toValue(list),
    () => (limit.value = size),
  )
  const shown = computed(() => toValue(list).slice(0, limit.value))
  const rest = computed(() => Math.max(0, toValue(list).length - limit.value))
  return { shown, rest, more: () => (limit.value += size) }
}

import { computed, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef, WritableComputedRef } from 'vue'

/** The switch of a dialog that is open while something is asked: closing it takes the question back. */
export const openWhile = <T>(
  asking: Ref<T | null>,
  isMine: (asked: T) => boolean = () => true,
): WritableComputedRef<boolean> =>
  computed({
    get: () => asking.value !== null && isMine(asking.value),
    set: (isOpen) => {
      if (!isOpen) asking.value = null
    },
  })

/** What was asked last, so that the words of a dialog stay while it closes. */
export function useLastAsked<T>(asking: Ref<T | null>, first: T): Readonly<ShallowRef<T>> {
  const asked = shallowRef(first)
  watch(asking, (now) => {
    if (now !== null) asked.value = now
  })
  return asked
}

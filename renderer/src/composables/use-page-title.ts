import { onScopeDispose, ref, watchEffect } from 'vue'
import type { Ref } from 'vue'

const title = ref<string | null>(null)

/** What the bar shows instead of the title of the route; null when the screen has nothing to add. */
export const pageTitle: Readonly<Ref<string | null>> = title

/** Gives the screen its own heading in the bar for as long as it is shown, e.g. with a date in it. */
export function usePageTitle(text: () => string | null): void {
  watchEffect(() => {
    title.value = text()
  })
  onScopeDispose(() => {
    title.value = null
  })
}

import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useShortcut } from '@renderer/shortcuts/use-shortcut'

let focusSearch: (() => void) | null = null

/** The screen with a search box says how to get there; the key of searching then goes to it. */
export function offerSearch(focus: () => void): void {
  onMounted(() => (focusSearch = focus))
  onBeforeUnmount(() => {
    if (focusSearch === focus) focusSearch = null
  })
}

/** The key of searching, anywhere: the search box of the screen, or that of the records where the screen has none. */
export function useSearchKey(): void {
  const router = useRouter()
  useShortcut('app.search', () => {
    if (focusSearch === null) void router.push({ name: 'records', query: { find: '1' } })
    else focusSearch()
  })
}

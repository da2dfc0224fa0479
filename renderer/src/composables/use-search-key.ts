import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'

let focusSearch: (() => void) | null = null

/** The screen with a search box says how to get there; Ctrl+K then goes to it. */
export function offerSearch(focus: () => void): void {
  onMounted(() => (focusSearch = focus))
  onBeforeUnmount(() => {
    if (focusSearch === focus) focusSearch = null
  })
}

/** Ctrl+K anywhere: the search box of the screen, or that of the records where the screen has none. */
export function useSearchKey(): void {
  const router = useRouter()

  function onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k' || event.isComposing) return
    event.preventDefault()
    if (focusSearch === null) void router.push({ name: 'records', query: { find: '1' } })
    else focusSearch()
  }

  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}

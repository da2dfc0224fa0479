import { onBeforeUnmount, onMounted } from 'vue'
import { isPressedAnywhere } from './pressed'
import type { ShortcutId } from './shortcut-table'

/** A shortcut that works wherever the focus is, for as long as the component lives. */
export function useShortcut(id: ShortcutId, act: (event: KeyboardEvent) => void): void {
  function onKey(event: KeyboardEvent): void {
    if (!isPressedAnywhere(event, id)) return
    event.preventDefault()
    act(event)
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}

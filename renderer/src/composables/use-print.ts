import { nextTick } from 'vue'
import { callBridge } from '@renderer/bridge'
import { useSessionStore } from '@renderer/stores/session-store'

/** Prints the sheet that the page has laid out; in the shell by the system's dialog, else by the browser's. */
export function usePrint(): { readonly print: () => Promise<void> } {
  const session = useSessionStore()
  return {
    async print() {
      await nextTick()
      if (session.host?.kind === 'electron') await callBridge('host.print', {})
      else window.print()
    },
  }
}

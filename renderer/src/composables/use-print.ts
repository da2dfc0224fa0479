import { computed, nextTick } from 'vue'
import type { ComputedRef } from 'vue'
import { callBridge } from '@renderer/bridge'
import { useFileDelivery } from '@renderer/composables/use-file-delivery'
import { useSessionStore } from '@renderer/stores/session-store'

/** Puts the sheet that the page has laid out on paper, or into a PDF where the host can write one. */
export function usePrint(): {
  readonly print: () => Promise<void>
  /** False in a browser: its own print dialog saves as PDF. */
  readonly canSavePdf: ComputedRef<boolean>
  /** Asks where to save and writes the sheet there; `name` without ending. */
  readonly savePdf: (name: string) => Promise<void>
} {
  const session = useSessionStore()
  const { deliver } = useFileDelivery()
  const canSavePdf = computed(() => session.host?.kind === 'electron')
  return {
    canSavePdf,
    async print() {
      await nextTick()
      if (canSavePdf.value) await callBridge('host.print', {})
      else window.print()
    },
    async savePdf(name) {
      await nextTick()
      await deliver(`${name}.pdf`, (target) => callBridge('host.savePdf', { target }))
    },
  }
}

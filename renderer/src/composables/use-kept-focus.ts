import { nextTick, onBeforeUnmount, onMounted } from 'vue'
import type { ShallowRef } from 'vue'
import { useRouter } from 'vue-router'

/**
 * Whoever works by keyboard never stands nowhere: after a change of screen the focus is in the content, unless the
 * screen has put it somewhere itself, and when the focused part of a screen goes away it is in the content again.
 */
export function useKeptFocus(content: Readonly<ShallowRef<HTMLElement | null>>): void {
  let last: Element | null = null

  const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body
  const remember = (event: FocusEvent): void => {
    last = event.target instanceof Element ? event.target : null
  }
  const observer = new MutationObserver(() => {
    if (last !== null && !last.isConnected && isNowhere()) content.value?.focus({ preventScroll: true })
  })

  const leaveGuard = useRouter().afterEach(async (to, from) => {
    if (to.name === from.name || from.name === undefined) return
    await nextTick()
    const isInNavigation = document.activeElement?.closest('nav') !== null
    const isLost = last !== null && !last.isConnected && isNowhere()
    if (isInNavigation || isLost) content.value?.focus({ preventScroll: true })
  })

  onMounted(() => {
    document.addEventListener('focusin', remember)
    if (content.value !== null) observer.observe(content.value, { childList: true, subtree: true })
  })
  onBeforeUnmount(() => {
    leaveGuard()
    document.removeEventListener('focusin', remember)
    observer.disconnect()
  })
}

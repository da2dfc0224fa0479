import type { Bridge } from '@shared/contract/bridge'
import type { EventName, Events } from '@shared/contract/events'

/** What the bridge uses of a page's global scope. */
export interface PageScope {
  readonly fetch: typeof fetch
  readonly EventSource: new (url: string) => {
    addEventListener(type: string, listener: (event: { readonly data: string }) => void): void
  }
}

/**
 * Makes `window.bridge` of a page that the loopback host serves: calls are posted, events come as a stream. After a
 * broken stream the page is told that the engine restarted, because it may have missed any event.
 *
 * The host sends the text of this function to the browser, so it must stand alone: nothing from outside its body but
 * types.
 */
export function installPageBridge(page: PageScope): void {
  type Listener = (payload: never) => void
  const listeners = new Map<string, Set<Listener>>()
  let source: InstanceType<PageScope['EventSource']> | null = null
  let wasOpen = false

  const deliver = (name: string, payload: unknown): void => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never)
  }
  const connect = (): InstanceType<PageScope['EventSource']> => {
    const made = new page.EventSource('/events')
    made.addEventListener('open', () => {
      if (wasOpen) deliver('engine.restarted', {})
      wasOpen = true
    })
    return made
  }

  const bridge: Bridge = {
    async call(name, input) {
      const response = await page.fetch(`/bridge/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Xinbao': '1' },
        body: JSON.stringify(input ?? {}),
      })
      if (response.status !== 200) throw new Error(`the host answered ${response.status}`)
      return (await response.json()) as never
    },
    on<Name extends EventName>(event: Name, listener: (payload: Events[Name]) => void) {
      source ??= connect()
      let known = listeners.get(event)
      if (known === undefined) {
        known = new Set()
        listeners.set(event, known)
        source.addEventListener(event, (message) => deliver(event, JSON.parse(message.data)))
      }
      const entry: Listener = listener
      known.add(entry)
      return () => known.delete(entry)
    },
  }
  Object.defineProperty(page, 'bridge', { value: Object.freeze(bridge) })
}

/** The script `/bridge.js`. */
export const pageBridgeScript = `;(${installPageBridge.toString()})(globalThis)\n`

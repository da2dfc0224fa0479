/// <reference types="vite/client" />
import type { Bridge } from '@shared/contract/bridge'

declare global {
  interface Window {
    /** Put there by the preload script or by the loopback host; read by `bridge.ts` alone. */
    readonly bridge?: Bridge
  }
}

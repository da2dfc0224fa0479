import { vi } from 'vitest'
import type * as electron from '@test/fakes/electron'

/** An event that remembers whether it was prevented. */
export const preventable = <Extra extends object>(extra: Extra) => {
  const event = { ...extra, isPrevented: false, preventDefault: () => void (event.isPrevented = true) }
  return event
}

/** Loads the shell's modules and a fresh fake of Electron: module state must not leak between tests. */
export async function freshElectron(): Promise<typeof electron> {
  vi.resetModules()
  return import('@test/fakes/electron')
}

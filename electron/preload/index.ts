import { contextBridge, ipcRenderer } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL } from '@shared/contract/bridge'
import { isCallName } from '@shared/contract/calls'
import { eventNames } from '@shared/contract/events'
import { failure } from '@shared/kernel/failure'
import { err } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'

/**
 * All that the page gets of the program: two functions, both over names of the contract. No channel, no Electron object
 * and no event object ever reaches it.
 */
const bridge = {
  call(name: string, input: unknown): Promise<Result<unknown>> {
    if (!isCallName(name)) {
      return Promise.resolve(err(failure('contract.unknown-call', { name: String(name) }, { kind: 'never' })))
    }
    return ipcRenderer.invoke(CALL_CHANNEL, name, input) as Promise<Result<unknown>>
  },
  on(event: string, listener: (payload: unknown) => void): () => void {
    if (!(eventNames as readonly string[]).includes(event)) return () => undefined
    const hear = (_event: unknown, name: unknown, payload: unknown): void => {
      if (name === event) listener(payload)
    }
    ipcRenderer.on(EVENT_CHANNEL, hear)
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, hear)
    }
  },
}

contextBridge.exposeInMainWorld('bridge', bridge)

import type { EventName, Events } from '@shared/contract/events'

/** Tells hosts and pages what changed. Emit only after the transaction has committed. */
export interface EventBus {
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void
  on(listener: <Name extends EventName>(name: Name, payload: Events[Name]) => void): () => void
}

/** An event bus inside one process. */
export function createEventBus(): EventBus {
  const listeners = new Set<<Name extends EventName>(name: Name, payload: Events[Name]) => void>()
  return {
    emit(name, payload) {
      for (const listener of listeners) listener(name, payload)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

import type { Result } from '@shared/kernel/result'
import type { CallInput, CallName, CallOutput } from './calls'
import type { EventName, Events } from './events'

/** What a page sees of the program: two functions, given by the preload script or by the loopback host. */
export interface Bridge {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  /** Subscribes; returns the function that ends the subscription. */
  on<Name extends EventName>(event: Name, listener: (payload: Events[Name]) => void): () => void
}

/** The one ipc channel for calls and the one for events. */
export const CALL_CHANNEL = 'xinbao:call'
export const EVENT_CHANNEL = 'xinbao:event'

import type { CallInput, CallName, CallOutput } from '@shared/contract/calls'
import type { EventName, Events } from '@shared/contract/events'
import { failure } from '@shared/kernel/failure'
import { err } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'

/**
 * Asks the program. Never rejects: a broken connection to the engine comes back as `engine.stopped`, so that a
 * screen has one way to show that something was refused.
 */
export async function callBridge<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): Promise<Result<CallOutput<Name>>> {
  if (window.bridge === undefined) return err(failure('engine.stopped'))
  try {
    return await window.bridge.call(name, input)
  } catch {
    return err(failure('engine.stopped'))
  }
}

/** Listens to an event of the program; returns the function that ends it. */
export function onEvent<Name extends EventName>(
  event: Name,
  listener: (payload: Events[Name]) => void,
): () => void {
  return window.bridge?.on(event, listener) ?? (() => undefined)
}

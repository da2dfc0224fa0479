import * as v from 'valibot'
import { calls, isCallName } from '@shared/contract/calls'
import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { FailureError, failure } from '@shared/kernel/failure'
import { err, ok } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import type { Log } from '@engine/ports'

/** Answers a named call: parses the input, runs the handler, turns every throw into a failure. Never rejects. */
export type Router = (name: string, input: unknown) => Promise<Result<unknown>>

/** The engine's router over the contract. A thrown `FailureError` is a refusal; anything else is a defect. */
export function createRouter(handlers: Handlers<EngineCallName>, log: Log): Router {
  return async (name, input) => {
    if (!isCallName(name) || calls[name].where !== 'engine') {
      return err(failure('contract.unknown-call', { name: name.slice(0, 64) }, { kind: 'never' }))
    }
    const parsed = v.safeParse(calls[name].input, input)
    if (!parsed.success) {
      const path = v.getDotPath(parsed.issues[0]) ?? ''
      return err(failure('contract.invalid-input', { name, path }, { kind: 'never' }))
    }
    // The table ties each name to its input type; the indexed access cannot express that pairing.
    const handler = handlers[name as EngineCallName] as (input: unknown) => unknown
    try {
      return ok(await handler(parsed.output))
    } catch (error) {
      if (error instanceof FailureError) return err(error.failure)
      log.error('call.defect', error, { name })
      return err(failure('defect.unexpected', { name }, { kind: 'never' }))
    }
  }
}

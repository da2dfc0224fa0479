import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { parseCall } from '@shared/contract/parse-call'
import { failure } from '@shared/kernel/failure'
import { err } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import { settle } from '@shared/kernel/settle'
import type { Log } from '@engine/ports'

/** Answers a named call: parses the input, runs the handler, turns every throw into a failure. Never rejects. */
export type Router = (name: string, input: unknown) => Promise<Result<unknown>>

/** The engine's router over the contract. A thrown `FailureError` is a refusal; anything else is a defect. */
export function createRouter(handlers: Handlers<EngineCallName>, log: Log): Router {
  return async (name, input) => {
    const parsed = parseCall(name, input)
    if (!parsed.ok) return parsed
    const call = parsed.value
    if (call.where !== 'engine') {
      return err(failure('contract.unknown-call', { name: call.name }, { kind: 'never' }))
    }
    // The table ties each name to its input type; the indexed access cannot express that pairing.
    const handler = handlers[call.name as EngineCallName] as (input: unknown) => unknown
    return settle(
      () => handler(call.input),
      (error) => log.error('call.defect', error, { name: call.name }),
    )
  }
}

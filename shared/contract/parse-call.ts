import * as v from 'valibot'
import { failure } from '@shared/kernel/failure'
import { err, ok } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import { calls, isCallName } from './calls'
import type { CallInput, CallName } from './calls'

/** A call that passed the boundary: a name of the contract, and the input as its schema gives it back. */
export interface ParsedCall<Name extends CallName = CallName> {
  readonly name: Name
  readonly where: 'engine' | 'host'
  readonly input: CallInput<Name>
}

/**
 * The check every boundary makes before anything else looks at a message from a page. Never throws: unknown names give
 * `contract.unknown-call`, inputs outside the schema `contract.invalid-input` with the first wrong path (never a value).
 */
export function parseCall(name: unknown, input: unknown): Result<ParsedCall> {
  if (typeof name !== 'string' || !isCallName(name)) {
    const shown = typeof name === 'string' ? name.slice(0, 64) : typeof name
    return err(failure('contract.unknown-call', { name: shown }, { kind: 'never' }))
  }
  const spec = calls[name]
  const parsed = v.safeParse(spec.input, input)
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0])?.slice(0, 80) ?? ''
    return err(failure('contract.invalid-input', { name, path }, { kind: 'never' }))
  }
  return ok({ name, where: spec.where, input: parsed.output })
}

import type { Engine } from '@engine/compose'
import type { EngineCallName } from '@shared/contract/calls'
import type { CallOutput } from '@shared/contract/calls'
import type { calls } from '@shared/contract/calls'
import type { InferInput } from 'valibot'
import { FailureError } from '@shared/kernel/failure'

/** Makes a contract call on an engine in this process; a refusal is thrown as a `FailureError`. */
export async function callEngine<Name extends EngineCallName>(
  engine: Engine,
  name: Name,
  input: InferInput<(typeof calls)[Name]['input']>,
): Promise<CallOutput<Name>> {
  const result = await engine.call(name, input)
  if (!result.ok) throw new FailureError(result.failure)
  return result.value as CallOutput<Name>
}

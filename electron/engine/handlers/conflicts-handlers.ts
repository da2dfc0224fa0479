import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { ConflictsService } from '@engine/services/conflicts-service'

type Names = Extract<EngineCallName, `conflicts.${string}`>

/** Calls about records whose place the platform has given to another content. */
export function conflictsHandlers(deps: { readonly conflicts: ConflictsService }): Handlers<Names> {
  return {
    'conflicts.get': ({ recordId }) => deps.conflicts.view(recordId),
    'conflicts.resolve': async ({ recordId, decision, reason, evidence }) => {
      await deps.conflicts.resolve(recordId, decision, reason, evidence)
      return { resolved: true }
    },
  }
}

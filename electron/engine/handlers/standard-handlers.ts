import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { CompiledStandard } from '@shared/standard/standard'

/** The standard in force. */
export function standardHandlers(deps: {
  readonly standard: () => CompiledStandard
}): Pick<Handlers<EngineCallName>, 'standard.current'> {
  return {
    'standard.current': () => {
      const { id, version, title, from, recordTypes, codeLists } = deps.standard().pack
      return { id, version, title, from, recordTypes, codeLists }
    },
  }
}

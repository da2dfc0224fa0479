import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { SeriesGapsService } from '@engine/services/series-gaps-service'

type Names = Extract<EngineCallName, `gaps.${string}`>

/** Calls about document numbers without a record. */
export function gapsHandlers(deps: { readonly gaps: SeriesGapsService }): Handlers<Names> {
  return {
    'gaps.list': ({ year }) => deps.gaps.list(year),
    'gaps.explain': ({ series, from, to, reason }) => deps.gaps.explain(series, from, to, reason),
  }
}

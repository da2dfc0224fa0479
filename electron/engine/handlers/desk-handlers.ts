import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { DeskService } from '@engine/services/desk-service'

/** The desk screen. */
export function deskHandlers(deps: {
  readonly desk: DeskService
}): Pick<Handlers<EngineCallName>, 'desk.info' | 'desk.overview'> {
  return {
    'desk.info': () => deps.desk.info(),
    'desk.overview': () => deps.desk.overview(),
  }
}

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { DeskService } from '@engine/services/desk-service'
import type { SetBackService } from '@engine/services/set-back-service'

/** The desk screen. */
export function deskHandlers(deps: {
  readonly desk: DeskService
  readonly setBack: Pick<SetBackService, 'note'>
}): Pick<Handlers<EngineCallName>, 'desk.info' | 'desk.overview' | 'desk.noteSetBack'> {
  return {
    'desk.info': () => deps.desk.info(),
    'desk.overview': () => deps.desk.overview(),
    'desk.noteSetBack': () => {
      deps.setBack.note()
      return { noted: true }
    },
  }
}

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { DeskService } from '@engine/services/desk-service'
import type { ReminderService } from '@engine/services/reminder-service'
import type { SetBackService } from '@engine/services/set-back-service'

/** The desk screen. */
export function deskHandlers(deps: {
  readonly desk: DeskService
  readonly setBack: Pick<SetBackService, 'note'>
  readonly reminder: ReminderService
}): Handlers<Extract<EngineCallName, `desk.${string}` | `reminder.${string}`>> {
  return {
    'desk.info': () => deps.desk.info(),
    'desk.overview': () => deps.desk.overview(),
    'reminder.get': () => deps.reminder.current(),
    'reminder.dismiss': () => {
      deps.reminder.dismiss()
      return { dismissed: true }
    },
    'desk.noteSetBack': () => {
      deps.setBack.note()
      return { noted: true }
    },
  }
}

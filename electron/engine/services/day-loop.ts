import type { BackgroundLoop } from './background-loop'
import { createBackgroundLoop } from './background-loop'
import type { Log } from '@engine/ports'
import type { Pause } from '@engine/transports/back-off'
import type { AttachmentsService } from './attachments-service'
import type { CheckingService } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import type { EditingDecisionsService } from './editing-decisions-service'
import type { StandardsService } from './standards-service'

/** A change of day is noticed within a minute. */
const ROUND_MS = 60 * 1_000
/** Nobody waits for the drafts: small slices far apart keep a desk that is just being opened quick. */
const SLICE = 40
const REST_MS = 40

/**
 * What a new day asks for, once at the start and then after each midnight in China: records held until today come
 * back, removed documents are erased, and drafts are checked again, because "not in the future" has moved.
 */
export function createDayLoop(deps: {
  readonly deadlines: DeadlinesService
  readonly decisions: EditingDecisionsService
  readonly attachments: Pick<AttachmentsService, 'eraseRemoved'>
  readonly checking: CheckingService
  readonly standards: Pick<StandardsService, 'noteDay'>
  readonly log: Log
  readonly pause: Pause
}): BackgroundLoop {
  let doneOn = ''
  return createBackgroundLoop({
    ...deps,
    name: 'day',
    restMs: ROUND_MS,
    async round(signal) {
      const today = deps.deadlines.today()
      if (today === doneOn) return ROUND_MS
      // A standard that begins today is the one to check by.
      deps.standards.noteDay()
      const released = deps.decisions.releaseDue(today)
      const erased = deps.attachments.eraseRemoved()
      const checked = await deps.checking.recheckDrafts(null, signal, {
        slice: SLICE,
        rest: () => deps.pause(REST_MS, signal).catch(() => undefined),
      })
      if (signal.aborted) return ROUND_MS
      deps.log.info('day.begun', { released, erased, checked: checked.checked })
      doneOn = today
      return ROUND_MS
    },
  })
}

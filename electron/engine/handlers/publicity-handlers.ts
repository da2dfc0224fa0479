import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { LegalEventsService } from '@engine/services/legal-events-service'
import type { PublicityService } from '@engine/services/publicity-service'
import type { RepairService } from '@engine/services/repair-service'

type Names = Extract<EngineCallName, `publicity.${string}` | `repair.${string}` | `decisions.${string}`>

/** Calls about public display, credit repair and changes of decisions. */
export function publicityHandlers(deps: {
  readonly publicity: PublicityService
  readonly repairs: RepairService
  readonly legalEvents: LegalEventsService
}): Handlers<Names> {
  const { publicity, repairs, legalEvents } = deps
  /** Repair and events look at displays that have been counted. */
  const upToDate = <T>(work: () => T): T => {
    publicity.bringUpToDate()
    return work()
  }
  return {
    'publicity.overview': () => publicity.overview(),
    'publicity.page': (request) => publicity.page(request),
    'publicity.get': ({ recordId }) => publicity.detail(recordId),
    'publicity.choose': ({ recordId, reason, ...choice }) => publicity.choose(recordId, choice, reason),
    'publicity.takeDown': ({ recordIds, reason }) => publicity.requestTakeDown(recordIds, reason),
    'publicity.confirmGone': ({ recordId, on, note }) => publicity.confirmTakenDown(recordId, on, note),
    'repair.list': () => upToDate(() => repairs.list()),
    'repair.open': ({ recordId }) => upToDate(() => repairs.open(recordId)),
    'repair.material': ({ caseId, materialId, state, note }) =>
      repairs.markMaterial(caseId, materialId, state, note),
    'repair.approve': ({ caseId, by, on }) => repairs.approve(caseId, by, on),
    'repair.apply': ({ caseId, on }) => repairs.apply(caseId, on),
    'repair.decide': ({ caseId, decision, on, note }) => repairs.decide(caseId, decision, on, note),
    'repair.withdraw': ({ caseId, reason }) => repairs.withdraw(caseId, reason),
    'repair.letter': ({ recordId }) => upToDate(() => repairs.letter(recordId)),
    'decisions.list': () => legalEvents.list(),
    'decisions.preview': ({ recordId, kind }) => upToDate(() => legalEvents.preview(recordId, kind)),
    'decisions.note': (event) => upToDate(() => legalEvents.note(event)),
    'decisions.answer': ({ eventId }) => legalEvents.answer(eventId),
  }
}

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { DisputesService } from '@engine/services/disputes-service'
import type { EditingService } from '@engine/services/editing-service'
import type { InboxService } from '@engine/services/inbox-service'
import type { QuarantineService } from '@engine/services/quarantine-service'

type Names = Extract<EngineCallName, `inbox.${string}`>

/** Calls about what waits for the clerk. */
export function inboxHandlers(deps: {
  readonly inbox: InboxService
  readonly editing: Pick<EditingService, 'applyFixToMany'>
  readonly disputes: DisputesService
  readonly quarantine: Pick<QuarantineService, 'repair' | 'release'>
}): Handlers<Names> {
  const { disputes, quarantine } = deps
  return {
    'inbox.list': () => deps.inbox.list(),
    'inbox.about': ({ recordId }) => deps.inbox.about(recordId),
    'inbox.count': () => deps.inbox.count(),
    'inbox.applyFix': ({ recordIds, field, value }) => deps.editing.applyFixToMany(recordIds, field, value),
    'inbox.answer': (given) => {
      disputes.answer(given)
      return deps.inbox.list()
    },
    'inbox.dispute': ({ recordId, reason, evidence }) => {
      disputes.open(recordId, reason, evidence)
      return deps.inbox.list()
    },
    'inbox.closeDispute': ({ disputeId, state, outcome }) => {
      disputes.close(disputeId, state, outcome)
      return deps.inbox.list()
    },
    'inbox.leaveQuarantine': ({ recordIds, to }) => ({
      changed: to === 'repair' ? quarantine.repair(recordIds) : quarantine.release(recordIds),
    }),
  }
}

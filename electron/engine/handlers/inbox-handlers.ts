import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { EditingService } from '@engine/services/editing-service'
import type { InboxService } from '@engine/services/inbox-service'

type Names = Extract<EngineCallName, `inbox.${string}`>

/** Calls about what waits for the clerk. */
export function inboxHandlers(deps: {
  readonly inbox: InboxService
  readonly editing: Pick<EditingService, 'applyFixToMany'>
}): Handlers<Names> {
  return {
    'inbox.list': () => deps.inbox.list(),
    'inbox.applyFix': ({ recordIds, field, value }) => deps.editing.applyFixToMany(recordIds, field, value),
  }
}

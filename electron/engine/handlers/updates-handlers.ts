import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { Files } from '@engine/ports'
import type { UpdatesService } from '@engine/services/updates-service'

type Names = Extract<EngineCallName, `updates.${string}`>

/** Calls about updates of the client. */
export const updatesHandlers = (deps: {
  readonly files: Files
  readonly updates: UpdatesService
}): Handlers<Names> => ({
  'updates.prepare': ({ file }) => deps.updates.prepare(deps.files.source(file)),
  'updates.ready': () => deps.updates.ready(),
  'updates.confirm': () => deps.updates.confirm(),
})

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { DeskMode } from '@shared/contract/desk-mode'
import type { ConnectionService } from '@engine/services/connection-port'

type Names = Extract<EngineCallName, `connection.${string}` | `link.${string}`>

/** Calls about the connection to the platform and the state of the link. */
export function connectionHandlers(deps: {
  readonly connection: ConnectionService
  readonly mode: DeskMode['mode']
}): Handlers<Names> {
  const { connection } = deps
  return {
    'link.state': () => connection.link(),
    'connection.get': () => connection.view(),
    'connection.save': (input) => connection.save(input),
    'connection.choose': (settings) => connection.choose(settings),
    'connection.test': () => connection.test(),
    'connection.mayLeave': () => {
      // A practice platform that does not run can end no batch, and nothing is at stake there.
      const isIdlePractice = deps.mode === 'practice' && connection.link().state !== 'ok'
      if (!isIdlePractice) connection.ensureNothingOpen()
      return { mayLeave: true }
    },
  }
}

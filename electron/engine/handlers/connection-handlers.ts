import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { ConnectionService } from '@engine/services/connection-service'

type Names = Extract<EngineCallName, `connection.${string}` | `link.${string}`>

/** Calls about the connection to the platform and the state of the link. */
export function connectionHandlers(deps: { readonly connection: ConnectionService }): Handlers<Names> {
  const { connection } = deps
  return {
    'link.state': () => connection.link(),
    'connection.get': () => connection.view(),
    'connection.save': (input) => connection.save(input),
    'connection.test': () => connection.test(),
  }
}

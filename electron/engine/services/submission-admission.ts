import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import type { ConnectionService } from './connection-port'
import type { TaskHandle } from './tasks-service'

/** Whether the platform lets this desk send at all. */
export interface Admission {
  /** Why this desk must not send: asked again, because it may have been put right at the platform since. */
  objection(task: TaskHandle): Promise<Failure | null>
  refuseOtherBureau(task: TaskHandle): Promise<void>
  /**
   * Asks before anything is sealed and refuses what a person must know of then: that the platform does not know the desk,
   * speaks another protocol, or does not take our standard. A platform that cannot be reached is no reason not to seal.
   */
  ask(task: TaskHandle): Promise<void>
}

/** The version of the exchange protocol that this program speaks. */
const PROTOCOL = '1'

export function createAdmission(deps: {
  readonly connection: ConnectionService
  readonly clock: Clock
}): Admission {
  const { connection } = deps

  const objection = async (task: TaskHandle): Promise<Failure | null> => {
    if (connection.otherBureau() === null) return null
    await connection.refresh(task.signal)
    return connection.otherBureau()
  }

  return {
    objection,

    async refuseOtherBureau(task) {
      const found = await objection(task)
      if (found !== null) throw new FailureError(found)
    },

    async ask(task) {
      const reply = await connection.refresh(task.signal)
      if (reply.kind === 'auth' || reply.kind === 'protocol') throw new FailureError(reply.failure)
      if (reply.kind !== 'ok') return
      if (!reply.value.protocol.includes(PROTOCOL))
        refuse('transport.protocol', { detail: reply.value.protocol.join() })
      if (!connection.takesStandard(reply.value, businessDate(deps.clock.now())))
        refuse('platform.standard-refused')
    },
  }
}

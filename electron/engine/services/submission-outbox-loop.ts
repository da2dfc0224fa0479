import type { Clock } from '@shared/kernel/clock'
import type { Log } from '@engine/ports'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { Pause } from '@engine/transports/back-off'
import type { BackgroundLoop } from './background-loop'
import { createBackgroundLoop } from './background-loop'
import type { ConnectionService } from './connection-port'
import type { OutageService } from './outage-service'
import { shortVisit } from './submission-patience'
import type { SubmissionService } from './submission-service'

const SHORTEST_REST_MS = 1_000
const LONGEST_REST_MS = 30_000

/**
 * Goes on with open batches by itself, for as long as the client runs: whatever is due is visited, then the loop sleeps
 * until the next batch comes up. It rests while the platform does not know us; a person's run wakes it.
 */
export function createOutboxLoop(deps: {
  readonly outbox: OutboxRepo
  readonly submission: SubmissionService
  readonly connection: ConnectionService
  readonly outage: Pick<OutageService, 'note'>
  readonly clock: Clock
  readonly log: Log
  readonly pause: Pause
}): BackgroundLoop {
  const visitDue = async (signal: AbortSignal): Promise<void> => {
    // A platform that does not know us any more is not asked about the next batch either.
    const mustRest = (): boolean =>
      signal.aborted || !deps.connection.isReady() || deps.connection.link().state === 'auth'
    if (mustRest()) return
    for (const batchId of deps.outbox.due(deps.clock.now())) {
      if (mustRest()) return
      const found = await deps.submission.visit(batchId, { signal, progress: () => undefined }, shortVisit)
      await deps.outage.note(found, signal)
      if (found !== null) deps.log.info('outbox.waits', { batchId, code: found.code })
    }
  }

  return createBackgroundLoop({
    ...deps,
    name: 'outbox',
    restMs: LONGEST_REST_MS,
    async round(signal) {
      await visitDue(signal)
      const next = deps.outbox.nextTryAt()
      if (next === null) return LONGEST_REST_MS
      const waitMs = Date.parse(next) - Date.parse(deps.clock.now())
      return Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, waitMs))
    },
  })
}

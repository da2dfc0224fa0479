import type { BackgroundLoop } from './background-loop'
import { createBackgroundLoop } from './background-loop'
import type { Log } from '@engine/ports'
import type { Pause } from '@engine/transports/back-off'
import type { ConnectionService } from './connection-port'
import type { FeedbackService } from './feedback-service'
import type { ReconciliationService } from './reconciliation-service'

/** Time between rounds: often enough for a clerk, rare enough for a platform with hundreds of desks. */
const ROUND_MS = 2 * 60 * 1_000

/**
 * Keeps an open client in touch with the platform: asks for its capabilities, so that the link on screen is true, and
 * pulls the feed, so that late rejections and notices show up without a click, and once a day compares what both hold.
 */
export const createFeedbackLoop = (deps: {
  readonly feedback: FeedbackService
  readonly reconciliation: Pick<ReconciliationService, 'isDue' | 'run'>
  readonly connection: ConnectionService
  readonly log: Log
  readonly pause: Pause
}): BackgroundLoop =>
  createBackgroundLoop({
    ...deps,
    name: 'feedback',
    restMs: ROUND_MS,
    async round(signal) {
      if (!deps.connection.isReady()) return ROUND_MS
      const reply = await deps.connection.refresh(signal)
      if (reply.kind !== 'ok') return ROUND_MS
      const task = { signal, progress: () => undefined }
      await deps.feedback.pull(task)
      if (deps.reconciliation.isDue()) await deps.reconciliation.run(task)
      return ROUND_MS
    },
  })

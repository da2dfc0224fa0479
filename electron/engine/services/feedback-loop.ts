/**
 * Keeps an open client in touch with the platform: asks for its capabilities, so that the link on screen is true, and
 * pulls the feed, so that late rejections and notices show up without a click. Rests while the platform does not know
 * us; a connection test wakes it at the next round.
 */
import { FailureError } from '@shared/kernel/failure'
import type { Log } from '@engine/ports'
import type { Pause } from '@engine/transports/back-off'
import type { ConnectionService } from './connection-service'
import type { FeedbackService } from './feedback-service'

export interface FeedbackLoop {
  start(): void
  /** Ends the loop; resolves when no round is under way any more. */
  stop(): Promise<void>
}

/** Time between rounds: often enough for a clerk, rare enough for a platform with hundreds of desks. */
const ROUND_MS = 2 * 60 * 1_000

export function createFeedbackLoop(deps: {
  readonly feedback: FeedbackService
  readonly connection: ConnectionService
  readonly log: Log
  readonly pause: Pause
}): FeedbackLoop {
  let abort: AbortController | null = null
  let ended: Promise<void> = Promise.resolve()

  const round = async (signal: AbortSignal): Promise<void> => {
    if (!deps.connection.isReady()) return
    const reply = await deps.connection.refresh(signal)
    if (reply.kind !== 'ok') return
    await deps.feedback.pull({ signal, progress: () => undefined })
  }

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await round(signal)
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof FailureError)) deps.log.error('feedback.defect', error)
      }
      await deps.pause(ROUND_MS, signal).catch(() => undefined)
    }
  }

  return {
    start() {
      if (abort !== null) return
      abort = new AbortController()
      ended = run(abort.signal)
    },
    async stop() {
      abort?.abort()
      await ended
      abort = null
    },
  }
}

/**
 * Goes on with open batches by itself, for as long as the client runs: whatever is due is visited, then the loop sleeps
 * until the next batch comes up. It rests while the platform does not know us; a person's run wakes it.
 */
import type { Clock } from '@shared/kernel/clock'
import { FailureError } from '@shared/kernel/failure'
import type { Log } from '@engine/ports'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { Pause } from '@engine/transports/back-off'
import type { ConnectionService } from './connection-service'
import { shortVisit } from './submission-service'
import type { SubmissionService } from './submission-service'

export interface OutboxLoop {
  start(): void
  /** Ends the loop; resolves when no visit is under way any more. */
  stop(): Promise<void>
}

export interface OutboxLoopDeps {
  readonly outbox: OutboxRepo
  readonly submission: SubmissionService
  readonly connection: ConnectionService
  readonly clock: Clock
  readonly log: Log
  readonly pause: Pause
}

const SHORTEST_REST_MS = 1_000
const LONGEST_REST_MS = 30_000

export function createOutboxLoop(deps: OutboxLoopDeps): OutboxLoop {
  let abort: AbortController | null = null
  let ended: Promise<void> = Promise.resolve()

  const visitDue = async (signal: AbortSignal): Promise<void> => {
    if (!deps.connection.isReady() || deps.connection.link().state === 'auth') return
    for (const batchId of deps.outbox.due(deps.clock.now())) {
      if (signal.aborted) return
      const found = await deps.submission.visit(batchId, { signal, progress: () => undefined }, shortVisit)
      if (found !== null) deps.log.info('outbox.waits', { batchId, code: found.code })
    }
  }

  const restMs = (): number => {
    const next = deps.outbox.nextTryAt()
    if (next === null) return LONGEST_REST_MS
    const waitMs = Date.parse(next) - Date.parse(deps.clock.now())
    return Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, waitMs))
  }

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await visitDue(signal)
        await deps.pause(restMs(), signal)
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof FailureError)) deps.log.error('outbox.defect', error)
        await deps.pause(LONGEST_REST_MS, signal).catch(() => undefined)
      }
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

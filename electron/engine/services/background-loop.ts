/** One kind of work that an open client repeats by itself; a round that fails is logged and the next one comes. */
import { FailureError } from '@shared/kernel/failure'
import type { Log } from '@engine/ports'
import type { Pause } from '@engine/transports/back-off'

export interface BackgroundLoop {
  start(): void
  /** Ends the loop; resolves when no round is under way any more. */
  stop(): Promise<void>
}

/**
 * Makes a loop: a round, a rest of as many milliseconds as the round gives (`restMs` after one that failed), and again.
 * `name` is the name of its defects in the log.
 */
export function createBackgroundLoop(deps: {
  readonly name: string
  readonly round: (signal: AbortSignal) => Promise<number> | number
  readonly restMs: number
  readonly log: Log
  readonly pause: Pause
}): BackgroundLoop {
  let abort: AbortController | null = null
  let ended: Promise<void> = Promise.resolve()

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      let restMs = deps.restMs
      try {
        restMs = await deps.round(signal)
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof FailureError)) deps.log.error(`${deps.name}.defect`, error)
      }
      await deps.pause(restMs, signal).catch(() => undefined)
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

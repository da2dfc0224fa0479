/** How long one run keeps trying. Every batch stays resumable whatever the run gave up on. */
export interface Patience {
  /** Failures in a row, without anything getting through, after which the run gives up. */
  readonly attempts: number
  /** Wait for settlement, in milliseconds. */
  readonly settleWithinMs: number
  /** A platform that wants a longer pause is left for another run. */
  readonly longestPauseMs: number
}

/** A run of a person or a script at the command line. */
export const patientRun: Patience = { attempts: 5, settleWithinMs: 10 * 60 * 1_000, longestPauseMs: 90_000 }
/** One visit of the outbox loop, which comes again by itself. */
export const shortVisit: Patience = { attempts: 1, settleWithinMs: 60 * 1_000, longestPauseMs: 0 }

/** An answer that was brought by hand: it says all that it has to say at once. */
export const atOnce: Patience = { attempts: 1, settleWithinMs: 0, longestPauseMs: 0 }

const SHORTEST_MS = 1_000
const LONGEST_MS = 5 * 60 * 1_000

/** A random number from 0 (included) to 1 (excluded). */
export type Fraction = () => number

/** Waits; rejects with the signal's reason when it is aborted meanwhile. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>

/**
 * How long to wait before the next attempt, in milliseconds: exponential with full jitter between 1 s and 5 min. A
 * `Retry-After` (already clamped) takes its place. `attempts` counts the failures so far, from 1.
 */
export function backOffMs(attempts: number, retryAfterMs: number | null, fraction: Fraction): number {
  if (retryAfterMs !== null) return retryAfterMs
  const ceiling = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(attempts, 20))
  return Math.round(SHORTEST_MS + fraction() * (ceiling - SHORTEST_MS))
}

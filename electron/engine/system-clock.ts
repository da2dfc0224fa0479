import type { Clock } from '@shared/kernel/clock'

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date().toISOString() }

/** A clock that started at another instant and runs on from there, for rehearsals. */
export function shiftedClock(startAt: string): Clock {
  const shiftMs = Date.parse(startAt) - Date.now()
  return { now: () => new Date(Date.now() + shiftMs).toISOString() }
}

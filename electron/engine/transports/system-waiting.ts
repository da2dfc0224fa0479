import { setTimeout as sleep } from 'node:timers/promises'
import { failure, FailureError } from '@shared/kernel/failure'
import { randomHex } from '@engine/crypto/random'
import type { Fraction, Pause } from './back-off'

/** Waits by the machine's timers; an aborted wait is refused with `task.cancelled`. */
export const systemPause: Pause = async (ms, signal) => {
  try {
    await sleep(ms, undefined, { signal })
  } catch (error) {
    if (signal.aborted) throw new FailureError(failure('task.cancelled', {}, { kind: 'never' }))
    throw error
  }
}

/** Jitter from the system's random source. */
export const systemFraction: Fraction = () => Number.parseInt(randomHex(4), 16) / 2 ** 32

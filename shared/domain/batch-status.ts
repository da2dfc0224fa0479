import type { FailureCode } from '@shared/kernel/failure'

/**
 * The life of a sealed batch at the desk. Sealing freezes the bytes; everything after that only repeats them.
 * `unknown` means that the platform may hold the batch although no clear answer came: it is looked up, not resent.
 *
 * sealed -> sending -> processing -> settled
 *           sending | processing -> unknown -> sending | processing | settled
 *           sealed -> unsealed (nothing had left the desk)
 *           any open state -> stopped (the platform refused the batch as a whole; a person decides) -> sending
 *           stopped -> unsealed (the platform has none of it; its records are given back)
 */
export const batchStates = [
  'sealed',
  'sending',
  'processing',
  'unknown',
  'settled',
  'stopped',
  'unsealed',
] as const
export type BatchState = (typeof batchStates)[number]

export const batchMoves: Readonly<Record<BatchState, readonly BatchState[]>> = {
  sealed: ['sending', 'unsealed', 'stopped'],
  sending: ['sending', 'processing', 'unknown', 'stopped', 'settled'],
  processing: ['processing', 'unknown', 'settled', 'stopped'],
  unknown: ['unknown', 'sending', 'processing', 'settled', 'stopped'],
  settled: [],
  stopped: ['sending', 'unsealed'],
  unsealed: [],
}

/** Whether a batch may move from one state to another. */
export const canMoveBatch = (from: BatchState, to: BatchState): boolean => batchMoves[from].includes(to)

/** States in which the desk still has work to do for the batch. */
export const openBatchStates: readonly BatchState[] = ['sealed', 'sending', 'processing', 'unknown']

/**
 * Whether going on can help a batch whose last failure is given. Not when the platform holds something else under its
 * id: no repetition mends that, a person gives the records back.
 */
export const canResume = (lastFailure: FailureCode | null): boolean =>
  lastFailure !== 'platform.manifest-conflict'

/** How the walk of a batch can end early, and which of these ends a refusal of the platform means. */
import { refuse } from '@shared/kernel/failure'
import type { Failure, FailureCode } from '@shared/kernel/failure'
import { isCertain } from '@engine/transports/transport-port'
import type { Refusal } from '@engine/transports/transport-port'

/** Why a walk ended before the batch was settled, and who goes on. */
export type Halt =
  /** The same bytes again after a pause, asking first where anything is in doubt. */
  | {
      readonly kind: 'retry'
      readonly failure: Failure
      readonly retryAfterMs: number | null
      readonly isDoubt: boolean
    }
  /** Refused for what it holds; after the third time what is at fault is set aside, or a person decides. */
  | { readonly kind: 'refused'; readonly failure: Failure; readonly fault: Fault | null }
  /** Other batches have taken the place of this one. */
  | { readonly kind: 'replaced'; readonly batchIds: readonly string[] }
  /** Nobody of this desk gets further: the whole queue stops. */
  | { readonly kind: 'auth'; readonly failure: Failure }
  /** A person decides. */
  | { readonly kind: 'stop'; readonly failure: Failure }
  /** Nothing more to do in this run; the batch stays open. */
  | { readonly kind: 'later'; readonly failure: Failure; readonly isDoubt: boolean }

/** What of a batch is at fault, as far as the platform says: an item, the items of a part, or some item. */
export interface Fault {
  readonly itemNo: number | null
  readonly partNo: number | null
}

/** The same bytes once more after a pause. */
export const retry = (made: Failure, isDoubt: boolean): Halt => ({
  kind: 'retry',
  failure: made,
  retryAfterMs: null,
  isDoubt,
})

/** Refused for how it came, not for what its items hold. */
export const refused = (made: Failure): Halt => ({ kind: 'refused', failure: made, fault: null })

/** What a refusal means for the walk. `conflict` is for the steps that expect one. */
export function haltOf(refusal: Refusal): Halt {
  if (isCertain(refusal))
    return { kind: 'later', failure: refusal.failure, isDoubt: refusal.kind === 'unknown' }
  switch (refusal.kind) {
    case 'retryable':
      return { kind: 'retry', failure: refusal.failure, retryAfterMs: refusal.retryAfterMs, isDoubt: false }
    case 'unknown':
      return { kind: 'retry', failure: refusal.failure, retryAfterMs: refusal.retryAfterMs, isDoubt: true }
    case 'auth':
      return { kind: 'auth', failure: refusal.failure }
    case 'poison': {
      const { itemNo } = refusal
      return {
        kind: 'refused',
        failure: refusal.failure,
        fault: itemNo === null ? null : { itemNo, partNo: null },
      }
    }
    case 'conflict':
    case 'protocol':
      return { kind: 'stop', failure: refusal.failure }
  }
}

/** What a refusal of items means: where the platform names none, some item of the part, or of the batch, is at fault. */
export function haltOfItems(refusal: Refusal, partNo: number | null): Halt {
  if (refusal.kind !== 'poison') return haltOf(refusal)
  return { kind: 'refused', failure: refusal.failure, fault: { itemNo: refusal.itemNo, partNo } }
}

/** The platform says itself that it has no such batch. */
export const isUnknownToPlatform = (refusal: Refusal): boolean =>
  refusal.kind === 'poison' && refusal.code === 'not_found'

/** The same end, but not tried again in this run. */
export const leftForLater = (halt: Halt): Halt =>
  halt.kind === 'retry' ? { kind: 'later', failure: halt.failure, isDoubt: halt.isDoubt } : halt

/** What the platform, or the holder of the desk's key, has against the desk itself. */
const OF_THE_DESK: readonly FailureCode[] = [
  'platform.auth-refused',
  'platform.signature-refused',
  'platform.clock-skew',
  'connection.wrong-key',
]

/** Failures that every other batch would meet as well; an answer about one batch that breaks the contract is none. */
export const isAboutTheLink = ({ code }: Failure): boolean =>
  (code.startsWith('transport.') && code !== 'transport.protocol') || OF_THE_DESK.includes(code)

/** Ends a run that the clerk has cancelled. */
export const cancelled = (): never => refuse('task.cancelled', {}, { kind: 'never' })

import type { Effect } from '@practice/store/register-repo'
import type { DeskState } from './desk-state'
import type { PlatformState } from './platform-state'
import type { Said } from './victim-order'

/** What a run came to, in the four sets of Jepsen's set test and one for everything else that must hold. */
export interface Verdict {
  /** Confirmed to the clerk or held by the platform, and not at the desk; or the other way round. */
  readonly lost: readonly string[]
  /** More than one business effect, or more than one delivery, of the same revision. */
  readonly duplicated: readonly string[]
  /** At the platform without having been sealed like that at the desk. */
  readonly unexpected: readonly string[]
  /** Not at its end although everything was well again. */
  readonly stuck: readonly string[]
  /** Store, audit trail, receipts or numbers that do not hold. */
  readonly broken: readonly string[]
}

/** Nothing is wrong. */
export const sound: Verdict = { lost: [], duplicated: [], unexpected: [], stuck: [], broken: [] }

/** What a kind of fault makes lawful. */
export interface Allowance {
  /**
   * The store was set back: what came after that state is gone from it, and the platform may know more than the desk.
   * A desk that has seen it still sends nothing again that was accepted.
   */
  readonly setBack?: 'seen' | 'unseen'
}

const inFlight = new Set(['sealed', 'sending', 'processing', 'unknown', 'quarantined'])
const openStates = new Set(['sealed', 'sending', 'processing', 'unknown', 'stopped'])
const keyOf = ({ recordId, revision }: { readonly recordId: string; readonly revision: number }): string =>
  `${recordId}/${revision}`

const repeated = (words: readonly string[]): readonly string[] => [
  ...new Set(words.filter((word, index) => words.indexOf(word) !== index)),
]

/** Compares what was said, what the desk holds and what the platform's ledger says, after everything has healed. */
export function judge(
  said: readonly Said[],
  desk: DeskState,
  platform: PlatformState,
  allowance: Allowance = {},
): Verdict {
  const revisions = new Map(desk.revisions.map((one) => [keyOf(one), one]))
  const effects = new Map<string, Effect>(platform.ledger.map((effect) => [keyOf(effect), effect]))
  return {
    lost: [
      ...(allowance.setBack !== undefined ? [] : lostConfirmations(said, desk, revisions)),
      ...lostEffects(desk, revisions, effects, allowance),
    ],
    duplicated: duplicated(platform, allowance),
    unexpected: unexpected(desk, platform, revisions, allowance),
    stuck: stuck(desk),
    broken: broken(desk, platform),
  }
}

function lostConfirmations(
  said: readonly Said[],
  desk: DeskState,
  revisions: ReadonlyMap<string, unknown>,
): readonly string[] {
  const settled = new Set(desk.batches.filter(({ state }) => state === 'settled').map((one) => one.batchId))
  return said.flatMap((one) => {
    if (one.say === 'kept' && !revisions.has(keyOf(one))) return [`confirmed ${keyOf(one)}`]
    if (one.say === 'settled' && !settled.has(one.batchId)) return [`confirmed batch ${one.batchId}`]
    return []
  })
}

/**
 * Of a store that was set back: a revision that was made after that state is gone with it, and one that was made anew
 * under the same number has been refused, so that the clerk knows.
 */
const isKnownAndNotRefused = (revision: DeskState['revisions'][number] | undefined): boolean =>
  revision !== undefined && revision.delivery !== 'rejected'

function lostEffects(
  desk: DeskState,
  revisions: ReadonlyMap<string, DeskState['revisions'][number]>,
  effects: ReadonlyMap<string, Effect>,
  allowance: Allowance,
): readonly string[] {
  const taken = new Set(['accepted', 'warned', 'revoked'])
  const atPlatformOnly = [...effects.keys()]
    .filter((key) => !taken.has(revisions.get(key)?.delivery ?? ''))
    .filter((key) => allowance.setBack === undefined || isKnownAndNotRefused(revisions.get(key)))
  const adopted = new Set(desk.items.filter((item) => item.resultOutcome === 'duplicate').map(keyOf))
  const atDeskOnly = desk.revisions.filter(
    (one) => taken.has(one.delivery) && !effects.has(keyOf(one)) && !adopted.has(keyOf(one)),
  )
  return [
    ...atPlatformOnly.map((key) => `effect ${key} that the desk does not know`),
    ...atDeskOnly.map((one) => `accepted ${keyOf(one)} without an effect`),
  ]
}

function duplicated(platform: PlatformState, allowance: Allowance): readonly string[] {
  const contentOf = (one: PlatformState['items'][number]): string => `${keyOf(one)} ${one.sha256}`
  const closed = platform.items.filter(({ batchState }) => batchState !== 'open')
  const taken = new Set(
    closed.filter(({ outcome }) => outcome === 'accepted' || outcome === 'warned').map(contentOf),
  )
  const sent =
    allowance.setBack === undefined
      ? closed.map(keyOf)
      : closed.map(contentOf).filter((content) => taken.has(content))
  return [
    ...repeated(platform.ledger.map(keyOf)).map((key) => `effect ${key}`),
    ...repeated(platform.liveKeys).map((key) => `holding ${key}`),
    ...(allowance.setBack === 'unseen' ? [] : repeated(sent).map((key) => `delivery ${key}`)),
  ]
}

function unexpected(
  desk: DeskState,
  platform: PlatformState,
  revisions: ReadonlyMap<string, DeskState['revisions'][number]>,
  allowance: Allowance,
): readonly string[] {
  const sealed = new Map(desk.items.map((item) => [`${item.batchId} ${item.itemNo}`, item]))
  const strangers = platform.items.filter((item) => {
    const own = sealed.get(`${item.batchId} ${item.itemNo}`)
    if (own === undefined) return allowance.setBack === undefined
    return keyOf(own) !== keyOf(item) || own.sha256 !== item.sha256
  })
  const altered = platform.ledger.filter((effect) => {
    const own = revisions.get(keyOf(effect))
    if (allowance.setBack !== undefined && !isKnownAndNotRefused(own)) return false
    return (own?.sha256 ?? effect.sha256) !== effect.sha256
  })
  return [
    ...strangers.map((item) => `item ${item.batchId} ${item.itemNo}`),
    ...altered.map((effect) => `content of ${keyOf(effect)}`),
  ]
}

function stuck(desk: DeskState): readonly string[] {
  return [
    ...desk.batches
      .filter(({ state }) => openStates.has(state))
      .map(({ batchId, state }) => `batch ${batchId} ${state}`),
    ...desk.revisions
      .filter(({ delivery }) => inFlight.has(delivery))
      .map((one) => `${keyOf(one)} ${one.delivery}`),
    ...desk.records
      .filter((one) => one.editorial === 'checked' && one.quality === 'clean' && one.delivery === 'none')
      .map(({ recordId }) => `ready and never sent ${recordId}`),
    ...desk.leases.map((batchId) => `lease of ${batchId}`),
    ...(desk.parked > 0 ? [`${desk.parked} parked events`] : []),
  ]
}

function broken(desk: DeskState, platform: PlatformState): readonly string[] {
  const told = new Map(platform.items.map((item) => [`${item.batchId} ${item.itemNo}`, item.outcome]))
  const settled = desk.batches.filter(({ state }) => state === 'settled')
  const acts = new Set(desk.audit.map(({ act, ref }) => `${act} ${ref ?? ''}`))
  const unheard = (act: string, ref: string): readonly string[] =>
    acts.has(`${act} ${ref}`) ? [] : [`no audit row ${act} of ${ref}`]
  const counted = (act: string): number => desk.audit.filter((one) => one.act === act).length
  return [
    ...desk.problems,
    ...settled
      .filter(({ batchId }) => desk.verifiedReceipts.get(batchId) !== platform.receipts.get(batchId))
      .map(({ batchId }) => `settled without the platform's receipt ${batchId}`),
    ...desk.items
      .filter(
        (item) => item.outcome !== null && item.resultOutcome !== told.get(`${item.batchId} ${item.itemNo}`),
      )
      .map((item) => `verdict of ${keyOf(item)}`),
    ...desk.items
      .filter((item) => item.outcome !== null)
      .flatMap((item) => unheard(`item.${item.outcome ?? ''}`, item.recordId)),
    ...desk.batches.flatMap(({ batchId }) => unheard('batch.sealed', batchId)),
    ...settled.flatMap(({ batchId }) => [
      ...unheard('batch.sending', batchId),
      ...unheard('batch.closed', batchId),
      ...unheard('batch.settled', batchId),
    ]),
    ...desk.records
      .filter(({ importId }) => importId === null)
      .flatMap(({ recordId }) => unheard('record.created', recordId)),
    ...(counted('batch.settled') === settled.length ? [] : ['audit rows of settled batches']),
    ...desk.heads
      .filter(({ head, delivery }) => head !== undefined && head !== delivery)
      .map(({ recordId, head, delivery }) => `record ${recordId} shows ${delivery}, its head is ${head}`),
  ]
}

/** Whether nothing is wrong. */
export const isSound = (verdict: Verdict): boolean => complaints(verdict).length === 0

/** One line for each thing that is wrong. */
export const complaints = (verdict: Verdict): readonly string[] =>
  Object.entries(verdict).flatMap(([set, members]: [string, readonly string[]]) =>
    members.map((member) => `${set}: ${member}`),
  )

/** The verdict with more that is broken. */
export const withBroken = (verdict: Verdict, more: readonly string[]): Verdict => ({
  ...verdict,
  broken: [...verdict.broken, ...more],
})

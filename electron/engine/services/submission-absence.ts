/**
 * Whether the platform really does not have a batch. "No such batch" alone frees nothing: the look-up by batch must know
 * nothing of it either, and where items may have left the desk, the look-ups by content and by natural key too. A batch
 * that the platform once had open must be denied twice, a minute apart, before the same bytes are sent again: a
 * platform that fails over or restores may deny for a moment what it has.
 */
import { failure } from '@shared/kernel/failure'
import type { Clock } from '@shared/kernel/clock'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemEntity } from '@engine/repos/batch-rows'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { Reply } from '@engine/transports/transport-port'
import type { LookupHit } from '@shared/domain/exchange'
import { setBackOf } from './set-back-service'
import { haltOf } from './submission-halt'
import type { Halt } from './submission-halt'
import type { Walk } from './submission-steps'

export interface Absence {
  /** `absent` when the bytes may be sent (again); else why not, or not yet. */
  confirm(walk: Walk): Promise<'absent' | Halt>
  /** The platform knows the batch: what it denied before no longer counts. */
  forget(batchId: string): void
}

/** Least time between the two denials, in milliseconds. */
export const BETWEEN_DENIALS_MS = 60_000
/** Items that are looked up; of a larger batch so many, spread over all of it. */
const LOOKED_UP = 100
const LOOK_UPS_IN_FLIGHT = 4

const contradiction = (): Halt => ({
  kind: 'later',
  failure: failure('transport.protocol', { detail: 'lookup' }),
  isDoubt: true,
})

export function createAbsence(deps: {
  readonly store: Store
  readonly batches: BatchRepo
  readonly records: Pick<RecordRepo, 'find'>
  readonly outbox: OutboxRepo
  readonly settings: Pick<SettingRepo, 'get'>
  readonly clock: Clock
}): Absence {
  const { batches, outbox, clock } = deps

  /** Ours under another batch: not one that we gave up ourselves, of which the platform may still keep the parts. */
  const isHeldElsewhere = (item: BatchItemEntity, hits: readonly LookupHit[]): boolean =>
    hits.some(
      ({ batchId, recordId, revision }) =>
        recordId === item.recordId &&
        revision === item.revision &&
        batches.find(batchId)?.state !== 'unsealed',
    )

  /** Looks one item up by its content, then by its key. */
  const lookUp = async (walk: Walk, item: BatchItemEntity): Promise<Halt | null> => {
    const { transport, task } = walk
    const naturalKey = deps.records.find(item.recordId)?.naturalKey ?? null
    const ask: (() => Promise<Reply<readonly LookupHit[]>>)[] = [
      () => transport.lookup({ sha256: item.sha256 }, task.signal),
    ]
    if (naturalKey !== null) ask.push(() => transport.lookup({ naturalKey, op: item.op }, task.signal))
    for (const one of ask) {
      const reply = await one()
      if (reply.kind !== 'ok') return haltOf(reply)
      if (isHeldElsewhere(item, reply.value)) return contradiction()
    }
    return null
  }

  const lookUpItems = async (walk: Walk, itemCount: number): Promise<Halt | null> => {
    const wanted = Math.min(itemCount, LOOKED_UP)
    const numbers = Array.from({ length: wanted }, (_, at) => Math.floor((at * itemCount) / wanted) + 1)
    let end: Halt | null = null
    const lane = async (): Promise<void> => {
      for (let no = numbers.shift(); no !== undefined && end === null; no = numbers.shift()) {
        const [item] = batches.items(walk.batchId, no - 1, 1)
        const obstacle = item === undefined ? null : await lookUp(walk, item)
        if (obstacle !== null) end ??= obstacle
      }
    }
    await Promise.all(Array.from({ length: LOOK_UPS_IN_FLIGHT }, lane))
    return end
  }

  /** Waits for the second denial; null when it has come. */
  const firstDenial = (batchId: string): Halt | null => {
    const now = clock.now()
    const before = outbox.find(batchId)?.absentAt ?? null
    if (before === null) deps.store.write(() => outbox.noteAbsence(batchId, now))
    const waitedMs = before === null ? 0 : Date.parse(now) - Date.parse(before)
    // A clock that was set back starts the wait anew.
    if (waitedMs < 0) deps.store.write(() => outbox.noteAbsence(batchId, now))
    if (before !== null && waitedMs >= BETWEEN_DENIALS_MS) return null
    const denied = failure('platform.batch-denied', {}, { kind: 'auto' })
    const retryAfterMs = BETWEEN_DENIALS_MS - Math.max(0, waitedMs)
    return { kind: 'retry', failure: denied, retryAfterMs, isDoubt: true }
  }

  const forget = (batchId: string): void => {
    if ((outbox.find(batchId)?.absentAt ?? null) === null) return
    deps.store.write(() => outbox.noteAbsence(batchId, null))
  }

  return {
    forget,

    async confirm(walk) {
      const { batchId, transport, task } = walk
      const trace = await transport.lookup({ batchId }, task.signal)
      if (trace.kind !== 'ok') return haltOf(trace)
      if (trace.value.length > 0) return contradiction()
      const batch = batches.find(batchId)
      if (batch === null) throw new Error(`no batch ${batchId}`)
      // Items leave only after the platform has said that the batch is open: till then a manifest is all that left.
      if (batch.receivedAt === null) return 'absent'
      // A desk that was set back asks for every item, and takes over what is held elsewhere.
      const held = setBackOf(deps.settings) === null ? await lookUpItems(walk, batch.itemCount) : null
      if (held !== null) return held
      const wait = firstDenial(batchId)
      if (wait !== null) return wait
      forget(batchId)
      return 'absent'
    },
  }
}

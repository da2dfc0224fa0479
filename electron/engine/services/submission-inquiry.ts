/**
 * The question of a desk whose store was set back: which items of a batch did the platform accept in the time that the
 * store has lost? Every item that may have left then is looked up by its natural key before the batch is opened. What is
 * held with the same content is taken over; the rest goes on in a batch of its own.
 */
import { failure } from '@shared/kernel/failure'
import type { LookupHit } from '@shared/domain/exchange'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemEntity } from '@engine/repos/batch-rows'
import type { BatchEntity, RecordEntity, RecordRepo, SettingRepo } from '@engine/repos/repo-types'
import type { SealingService } from './sealing-service'
import { mayBeLost, setBackOf } from './set-back-service'
import type { SetBack } from './set-back-service'
import { haltOf } from './submission-halt'
import type { Halt } from './submission-halt'
import type { Walk } from './submission-steps'
import type { Acceptance, Verdicts } from './submission-verdicts'

export interface Inquiry {
  /** `clear` when the batch may be opened, `locate` when its rows are in doubt now; else why not. */
  ask(walk: Walk): Promise<'clear' | 'locate' | Halt>
}

const LOOK_UPS_IN_FLIGHT = 8
const PAGE = 1_000

const stillProcessing = (): Halt => ({
  kind: 'later',
  failure: failure('platform.still-processing', {}, { kind: 'auto' }),
  isDoubt: false,
})

/** A revision of ours under its number; or, of a new record, the same content whoever sent it. */
const isSame = (item: BatchItemEntity, hit: LookupHit): boolean =>
  hit.sha256 === item.sha256 &&
  (item.op === 'create' || (hit.recordId === item.recordId && hit.revision === item.revision))

const acceptanceOf = ({ outcome, platformRef, receivedAt }: LookupHit): Acceptance | null =>
  (outcome === 'accepted' || outcome === 'warned') && platformRef !== null
    ? { delivery: outcome, platformRef, receivedAt }
    : null

export function createInquiry(deps: {
  readonly batches: BatchRepo
  readonly records: Pick<RecordRepo, 'find'>
  readonly settings: Pick<SettingRepo, 'get'>
  readonly sealing: Pick<SealingService, 'breakUp'>
  readonly verdicts: Pick<Verdicts, 'adopt'>
}): Inquiry {
  const { batches } = deps

  /** Whether the platform is at work on the batch of a hit: one that was never closed counts for nothing. */
  const isAtWork = async ({ transport, task }: Walk, batchId: string): Promise<boolean | Halt> => {
    const reply = await transport.state(batchId, task.signal)
    if (reply.kind !== 'ok') return haltOf(reply)
    return reply.value?.state === 'processing'
  }

  const lookUp = async (
    walk: Walk,
    item: BatchItemEntity,
    record: RecordEntity,
  ): Promise<Acceptance | Halt | null> => {
    const { naturalKey } = record
    const query = naturalKey === null ? { sha256: item.sha256 } : { naturalKey, op: item.op }
    const reply = await walk.transport.lookup(query, walk.task.signal)
    if (reply.kind !== 'ok') return haltOf(reply)
    const same = reply.value.filter((hit) => isSame(item, hit))
    const accepted = same.map(acceptanceOf).find((one) => one !== null)
    if (accepted !== undefined) return accepted
    for (const { batchId } of same.filter(({ outcome }) => outcome === 'pending')) {
      const isBusy = await isAtWork(walk, batchId)
      if (isBusy !== false) return isBusy === true ? stillProcessing() : isBusy
    }
    return null
  }

  /** Items of a batch that may have left in the lost time; lanes share one, so that each is taken once. */
  function* atRisk(
    batchId: string,
    setBack: SetBack,
  ): Generator<readonly [BatchItemEntity, RecordEntity], void> {
    for (let after = 0; ;) {
      const page = batches.items(batchId, after, PAGE)
      for (const item of page) {
        const record = deps.records.find(item.recordId)
        if (record !== null && mayBeLost(setBack, record.legalDate)) yield [item, record]
      }
      if (page.length < PAGE) return
      after = page.at(-1)!.itemNo
    }
  }

  const lookUpAll = async (
    walk: Walk,
    batch: BatchEntity,
    setBack: SetBack,
  ): Promise<ReadonlyMap<number, Acceptance> | Halt> => {
    const waiting = atRisk(batch.batchId, setBack)
    const held = new Map<number, Acceptance>()
    let asked = 0
    let end: Halt | null = null
    const lane = async (): Promise<void> => {
      for (const [item, record] of waiting) {
        const found = await lookUp(walk, item, record)
        walk.task.progress('asking', ++asked, batch.itemCount)
        if (found !== null && 'delivery' in found) held.set(item.itemNo, found)
        else end ??= found
        if (end !== null) return
      }
    }
    await Promise.all(Array.from({ length: LOOK_UPS_IN_FLIGHT }, lane))
    return end ?? held
  }

  return {
    async ask(walk) {
      const batch = batches.find(walk.batchId)
      const setBack = setBackOf(deps.settings)
      if (batch === null || setBack === null) return 'clear'
      const { doubt, traits } = walk.transport
      if (!traits.countsAtClose) {
        if (doubt === undefined) throw new Error(`${traits.kind} cannot be asked about rows`)
        if (atRisk(batch.batchId, setBack).next().done === true) return 'clear'
        doubt(batch.batchId)
        return 'locate'
      }
      const held = await lookUpAll(walk, batch, setBack)
      if (!(held instanceof Map)) return held as Halt
      if (held.size === 0) return 'clear'
      const made = deps.sealing.breakUp(batch.batchId, {
        adopted: {
          itemNos: new Set(held.keys()),
          adopt: (_batch, item) => deps.verdicts.adopt(batch, item, held.get(item.itemNo) as Acceptance),
        },
      })
      return { kind: 'replaced', batchIds: made ?? [] }
    },
  }
}

/**
 * Sealing freezes what will travel: in one transaction the records are checked once more with today's date, the bytes
 * of every part, the manifest and the outbox row are written, and the records are closed to edits. Nothing is sent
 * that has not been sealed, and sealed bytes never change.
 */
import type { NotSent } from '@shared/contract/views/exchange-views'
import type { Capabilities, PlatformLimits, StandardRef } from '@shared/domain/exchange'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import type { CompiledStandard } from '@shared/standard/standard'
import { canonicalSha256 } from '@engine/crypto/digest'
import type { EventBus } from '@engine/event-bus'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemEntity } from '@engine/repos/batch-rows'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type {
  AuditRepo,
  BatchEntity,
  RecordEntity,
  RecordRepo,
  SettingRepo,
  Store,
} from '@engine/repos/repo-types'
import { typeOf } from '@engine/standards/installed-standard'
import type { QuarantineService } from './quarantine-service'
import type { TransportTraits } from '@engine/transports/transport-port'
import { createBatchInMaking, lineOf } from './sealing-batch'
import type { BatchInMaking, UnnumberedItem } from './sealing-batch'
import { fitsAlone, saneLimits } from './sealing-parts'
import { notSentView } from './submission-not-sent'

export interface SealRequest {
  readonly type: string | null
  /** Only these; null for all that are ready. */
  readonly recordIds: readonly string[] | null
  /** Null: the date and a running number. */
  readonly label: string | null
}

export interface Sealed {
  readonly batchIds: readonly string[]
  readonly notSent: readonly NotSent[]
}

export interface SealingService {
  seal(request: SealRequest): Sealed
  /** Gives the records of a batch of which nothing has left the desk back to the clerk; false when it is too late. */
  unseal(batchId: string): boolean
  /**
   * Takes apart an open or stopped batch that the platform has not been told to be complete; it is never sent again.
   * What the plan does not take out is sealed anew. Gives the new batches; null when nothing could be done.
   */
  breakUp(batchId: string, plan: BreakUp): readonly string[] | null
  /**
   * Gives the records of a stopped batch back and says how many. Only for a batch of which the platform has just said
   * that it has nothing.
   */
  release(batchId: string): number
}

/** How a batch is taken apart. */
export interface BreakUp {
  /** What the new batches are called, followed by a number; by default what this one is called. */
  readonly label?: string
  /** An item that was refused for its content goes into quarantine. */
  readonly aside?: { readonly itemNo: number; readonly cause: Failure }
  /** Items that the platform has already; `adopt` takes each over inside the transaction. */
  readonly adopted?: {
    readonly itemNos: ReadonlySet<number>
    readonly adopt: (batch: BatchEntity, item: BatchItemEntity) => void
  }
  /** Item numbers that get batches of their own, one for each list; all others that stay share one. */
  readonly apart?: readonly (readonly number[])[]
}

export interface SealingDeps {
  readonly store: Store
  readonly records: RecordRepo
  readonly batches: BatchRepo
  readonly outbox: OutboxRepo
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
  readonly standard: () => CompiledStandard
  /** What the chosen way to the platform can and cannot do. */
  readonly traits: () => Pick<TransportTraits, 'operations' | 'isOneTypeEach'>
  /** Checks one head again with today's date and stores what it finds; runs inside the sealing transaction. */
  readonly recheck: (record: RecordEntity) => unknown
  readonly quarantine: Pick<QuarantineService, 'put'>
}

export function createSealingService(deps: SealingDeps): SealingService {
  const { store, records, batches, audit, clock } = deps
  const standardRef = (): StandardRef => ({
    id: deps.standard().pack.id,
    version: deps.standard().pack.version,
  })

  const itemOf = (record: RecordEntity): UnnumberedItem => {
    const revision = records.revision(record.recordId, record.headRevision)
    const type = deps.standard().types.get(record.recordType)
    if (revision === null || type === undefined)
      throw new Error(`record ${record.recordId} has no head or no type`)
    const payload = type.payload(revision.values)
    return {
      recordId: record.recordId,
      revision: revision.revision,
      op: revision.op,
      recordType: record.recordType,
      standard: standardRef(),
      naturalKey: record.naturalKey ?? '',
      legalDate: record.legalDate,
      platformRef: revision.op === 'create' ? null : record.platformRef,
      inReplyTo: revision.inReplyTo,
      reason: revision.reason,
      sha256: canonicalSha256(payload),
      payload,
    }
  }

  const labelMaker = (wanted: string | null): (() => string) => {
    const prefix = wanted ?? businessDate(clock.now()).replaceAll('-', '')
    const taken = new Set(batches.labels(prefix))
    return () => {
      for (let number = 1; ; number++) {
        const label = wanted !== null && number === 1 ? prefix : `${prefix}-${number}`
        if (taken.has(label)) continue
        taken.add(label)
        return label
      }
    }
  }

  const batchMaker = (wanted: string | null, limits: PlatformLimits): (() => BatchInMaking) => {
    const nextLabel = labelMaker(wanted)
    const bureau = deps.settings.get<{ readonly bureauCode: string }>('desk')?.bureauCode
    if (bureau === undefined) throw new Error('the desk has no bureau')
    const common = { bureau, standard: standardRef(), sealedAt: clock.now(), actor: deps.actor() }
    return () =>
      createBatchInMaking({ ...common, batchId: deps.ids.next(), label: nextLabel() }, limits, deps)
  }

  const sealAll = (request: SealRequest): Sealed => {
    const filter = { type: request.type, recordIds: request.recordIds }
    const found = (recordId: string): RecordEntity => {
      const record = records.find(recordId)
      if (record === null) throw new Error(`no record ${recordId}`)
      return record
    }
    for (const recordId of records.sealableIds(filter)) deps.recheck(found(recordId))
    const notSent = records.unsealable(filter).map((record) => notSentView(record))
    const limits = saneLimits(deps.settings.get<Capabilities>('capabilities')?.limits ?? null)
    const nextBatch = batchMaker(request.label, limits)
    const { operations, isOneTypeEach } = deps.traits()
    const batchIds: string[] = []
    let batch: BatchInMaking | null = null
    let typeInMaking: string | null = null
    const seal = (full: BatchInMaking): void => {
      full.seal()
      batchIds.push(full.batchId)
    }
    const ready = records.sealableIds(filter)
    // One delivery of such a platform holds one type: the types follow each other, each in its own order.
    const inOrder = isOneTypeEach
      ? [...Map.groupBy(ready, (recordId) => found(recordId).recordType).values()].flat()
      : ready
    for (const recordId of inOrder) {
      const record = found(recordId)
      if (!operations.includes(record.op)) {
        notSent.push(notSentView(record, 'not-this-way'))
        continue
      }
      if (batch !== null && isOneTypeEach && typeInMaking !== record.recordType) {
        seal(batch)
        batch = null
      }
      typeInMaking = record.recordType
      const item = itemOf(record)
      const json = JSON.stringify(item)
      if (!fitsAlone(lineOf(limits.maxBatchItems, json), limits)) {
        notSent.push(notSentView(record, 'too-large'))
        continue
      }
      batch ??= nextBatch()
      batch.add(item, json)
      if (batch.size < limits.maxBatchItems) continue
      seal(batch)
      batch = null
    }
    if (batch !== null) seal(batch)
    return { batchIds, notSent }
  }

  const changed = (batchIds: readonly string[]): void => {
    deps.bus.emit('batches.changed', { batchIds })
    deps.bus.emit('records.changed', { recordIds: null })
  }

  /** Ends a batch that never reached the platform as a whole; the given records can be sealed again. */
  const giveBack = (
    batch: BatchEntity,
    recordIds: readonly string[],
    act: 'batch.unsealed' | 'batch.released' = 'batch.unsealed',
    whileInDoubt: () => void = () => undefined,
  ): void => {
    const { batchId, label } = batch
    batches.move(batchId, 'unsealed')
    // What was on its way passes through `unknown` and `sealed`, the only state from which a revision is free again.
    batches.moveDeliveries(batchId, 'unknown')
    whileInDoubt()
    batches.moveDeliveries(batchId, 'sealed')
    batches.moveDeliveries(batchId, 'none')
    const entry = { at: clock.now(), actor: deps.actor(), act }
    for (const recordId of recordIds) {
      records.update(recordId, { editorial: 'checked' })
      audit.append({ ...entry, ref: recordId, body: { batchId, label } })
    }
    audit.append({ ...entry, ref: batchId, body: { label, items: batch.itemCount } })
  }

  const itemsOf = (batchId: string, itemNos: Iterable<number>): readonly BatchItemEntity[] =>
    [...itemNos].flatMap((itemNo) => batches.items(batchId, itemNo - 1, 1))

  const takeApart = (batchId: string, plan: BreakUp): readonly string[] | null => {
    const { aside, adopted, apart = [] } = plan
    const batch = batches.find(batchId) ?? refuse('batch.not-found')
    const label = plan.label ?? batch.label
    if (batch.state === 'settled' || batch.state === 'unsealed') return null
    const [poison] = aside === undefined ? [] : itemsOf(batchId, [aside.itemNo])
    if (aside !== undefined && poison?.itemNo !== aside.itemNo) return null
    const taken = itemsOf(batchId, adopted?.itemNos ?? [])
    const gone = new Set([...taken, ...(poison === undefined ? [] : [poison])].map((item) => item.recordId))
    const rest = batches.recordIds(batchId).filter((recordId) => !gone.has(recordId))
    const groups = apart.map((itemNos) => itemsOf(batchId, itemNos).map((item) => item.recordId))
    const isApart = new Set(groups.flat())
    const others = rest.filter((recordId) => !isApart.has(recordId))

    if (batch.state !== 'stopped') batches.move(batchId, 'stopped')
    giveBack(batch, rest, 'batch.unsealed', () => {
      for (const item of taken) adopted?.adopt(batch, item)
    })
    if (aside !== undefined && poison !== undefined) deps.quarantine.put(batch, poison, aside.cause)
    return [others, ...groups]
      .filter((recordIds) => recordIds.length > 0)
      .flatMap((recordIds) => sealAll({ type: null, recordIds, label }).batchIds)
  }

  return {
    seal(request) {
      if (request.type !== null) typeOf(deps.standard(), request.type)
      const sealed = store.write(() => sealAll(request))
      if (sealed.batchIds.length > 0) changed(sealed.batchIds)
      return sealed
    },

    unseal(batchId) {
      const isUnsealed = store.write(() => {
        const batch = batches.find(batchId) ?? refuse('batch.not-found')
        if (batch.state !== 'sealed') return false
        giveBack(batch, batches.recordIds(batchId))
        return true
      })
      if (isUnsealed) changed([batchId])
      return isUnsealed
    },

    breakUp(batchId, plan) {
      const made = store.write(() => takeApart(batchId, plan))
      if (made !== null) changed([batchId, ...made])
      return made
    },

    release(batchId) {
      const recordIds = store.write(() => {
        const batch = batches.find(batchId) ?? refuse('batch.not-found')
        if (batch.state !== 'stopped') refuse('batch.not-stopped')
        const held = batches.recordIds(batchId)
        giveBack(batch, held, 'batch.released')
        return held
      })
      changed([batchId])
      return recordIds.length
    },
  }
}

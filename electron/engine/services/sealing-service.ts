/**
 * Sealing freezes what will travel: in one transaction the records are checked once more with today's date, the bytes
 * of every part, the manifest and the outbox row are written, and the records are closed to edits. Nothing is sent
 * that has not been sealed, and sealed bytes never change.
 */
import type { NotSent } from '@shared/contract/views/exchange-views'
import type { Capabilities, Manifest, StandardRef, WireItem } from '@shared/domain/exchange'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import type { CompiledStandard } from '@shared/standard/standard'
import { canonicalSha256 } from '@engine/crypto/digest'
import { manifestSha256 } from '@engine/crypto/manifest-digest'
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
import { cutParts, fitsAlone, saneLimits } from './sealing-parts'
import { notSentView } from './submission-not-sent'
import { headlineOf, ownIssue } from './submission-platform-issues'

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
   * Takes apart a stopped batch that the platform has not been told to be complete: the named item is refused for
   * its content, the others are sealed anew. Gives the new batches; null when there is no such item.
   */
  breakUp(batchId: string, itemNo: number): readonly string[] | null
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
  /** Checks one head again with today's date and stores what it finds; runs inside the sealing transaction. */
  readonly recheck: (record: RecordEntity) => unknown
}

interface Candidate {
  readonly record: RecordEntity
  readonly item: Omit<WireItem, 'itemNo'>
}

const lineOf = (item: WireItem): string => `${JSON.stringify(item)}\n`

export function createSealingService(deps: SealingDeps): SealingService {
  const { store, records, batches, outbox, audit, clock } = deps
  const standardRef = (): StandardRef => ({
    id: deps.standard().pack.id,
    version: deps.standard().pack.version,
  })

  const candidateOf = (record: RecordEntity): Candidate => {
    const revision = records.revision(record.recordId, record.headRevision)
    const type = deps.standard().types.get(record.recordType)
    if (revision === null || type === undefined)
      throw new Error(`record ${record.recordId} has no head or no type`)
    const payload = type.payload(revision.values)
    return {
      record,
      item: {
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
      },
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

  const insertBatch = (candidates: readonly Candidate[], label: string): string => {
    const batchId = deps.ids.next()
    const sealedAt = clock.now()
    const items = candidates.map(({ item }, index): WireItem => ({ itemNo: index + 1, ...item }))
    const parts = cutParts(
      items.map(lineOf),
      saneLimits(deps.settings.get<Capabilities>('capabilities')?.limits ?? null),
    )
    const standard = standardRef()
    const bureau = deps.settings.get<{ readonly bureauCode: string }>('desk')?.bureauCode
    if (bureau === undefined) throw new Error('the desk has no bureau')
    const content: Omit<Manifest, 'manifestSha256'> = {
      batchId,
      bureau,
      standard,
      itemCount: items.length,
      partCount: parts.length,
      parts: parts.map(({ no, items: count, bytes, sha256 }) => ({
        no,
        items: count,
        bytes: bytes.length,
        sha256,
      })),
    }
    const manifest: Manifest = { ...content, manifestSha256: manifestSha256({ ...content }) }
    batches.insert(
      {
        batchId,
        label,
        standardId: standard.id,
        standardVersion: standard.version,
        state: 'sealed',
        itemCount: items.length,
        manifest,
        sealedAt,
        receivedAt: null,
        settledAt: null,
        receiptNo: null,
        counts: null,
      },
      parts,
      items,
    )
    outbox.insert(batchId)
    const actor = deps.actor()
    for (const { record, item } of candidates) {
      records.moveDelivery(record.recordId, item.revision, 'sealed')
      records.update(record.recordId, { editorial: 'sealed' })
      const body = { batchId, label, revision: item.revision }
      audit.append({ at: sealedAt, actor, act: 'batch.sealed', ref: record.recordId, body })
    }
    const body = { label, items: items.length, parts: parts.length, manifestSha256: manifest.manifestSha256 }
    audit.append({ at: sealedAt, actor, act: 'batch.sealed', ref: batchId, body })
    return batchId
  }

  const sealAll = (request: SealRequest): Sealed => {
    const filter = { type: request.type, recordIds: request.recordIds }
    for (const record of records.sealable(filter)) deps.recheck(record)
    const notSent = records.unsealable(filter).map((record) => notSentView(record))
    const limits = saneLimits(deps.settings.get<Capabilities>('capabilities')?.limits ?? null)
    const fitting: Candidate[] = []
    for (const record of records.sealable(filter)) {
      const candidate = candidateOf(record)
      if (fitsAlone(lineOf({ itemNo: limits.maxBatchItems, ...candidate.item }), limits))
        fitting.push(candidate)
      else notSent.push(notSentView(record, 'too-large'))
    }
    const nextLabel = labelMaker(request.label)
    const batchIds: string[] = []
    for (let at = 0; at < fitting.length; at += limits.maxBatchItems) {
      batchIds.push(insertBatch(fitting.slice(at, at + limits.maxBatchItems), nextLabel()))
    }
    return { batchIds, notSent }
  }

  const changed = (batchIds: readonly string[]): void => {
    deps.bus.emit('batches.changed', { batchIds })
    deps.bus.emit('records.changed', { recordIds: null })
  }

  /** Ends a batch that never reached the platform as a whole; the given records can be sealed again. */
  const giveBack = (batch: BatchEntity, recordIds: readonly string[]): void => {
    const { batchId, label } = batch
    batches.move(batchId, 'unsealed')
    // What was on its way passes through `sealed`, the only state from which a revision is free again.
    batches.moveDeliveries(batchId, 'sealed')
    batches.moveDeliveries(batchId, 'none')
    const entry = { at: clock.now(), actor: deps.actor(), act: 'batch.unsealed' }
    for (const recordId of recordIds) {
      records.update(recordId, { editorial: 'checked' })
      audit.append({ ...entry, ref: recordId, body: { batchId, label } })
    }
    audit.append({ ...entry, ref: batchId, body: { label, items: batch.itemCount } })
  }

  const setAside = ({ batchId, label }: BatchEntity, item: BatchItemEntity): void => {
    const issue = ownIssue('platform.not-taken')
    records.moveDelivery(item.recordId, item.revision, 'rejected')
    records.addPlatformIssues(item.recordId, item.revision, [issue])
    records.update(item.recordId, { editorial: 'draft', ...headlineOf([issue]) })
    const body = { batchId, label, revision: item.revision, code: issue.code }
    audit.append({ at: clock.now(), actor: deps.actor(), act: 'item.rejected', ref: item.recordId, body })
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

    breakUp(batchId, itemNo) {
      const made = store.write(() => {
        const batch = batches.find(batchId) ?? refuse('batch.not-found')
        const [item] = batches.items(batchId, itemNo - 1, 1)
        if (batch.state !== 'stopped' || item?.itemNo !== itemNo) return null
        setAside(batch, item)
        const rest = batches.recordIds(batchId).filter((recordId) => recordId !== item.recordId)
        giveBack(batch, rest)
        return rest.length === 0 ? [] : sealAll({ type: null, recordIds: rest, label: batch.label }).batchIds
      })
      if (made !== null) changed([batchId, ...made])
      return made
    },
  }
}

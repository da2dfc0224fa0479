/**
 * Every move of a batch after sealing, each one transaction: state of the batch, delivery of its revisions, outbox and
 * audit row together. Pages hear of it after the commit.
 *
 * A batch is `sending` in the store before its first byte leaves, and `unknown` as soon as an answer is in doubt.
 */
import type { BatchState } from '@shared/domain/batch-status'
import type { Delivery } from '@shared/domain/record-status'
import type { TransportKind } from '@shared/domain/transport'
import type { Clock } from '@shared/kernel/clock'
import type { Failure } from '@shared/kernel/failure'
import type { EventBus } from '@engine/event-bus'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { AuditRepo, BatchEntity, Store } from '@engine/repos/repo-types'

export interface SubmissionJournal {
  batch(batchId: string): BatchEntity
  /** About to send on one way: nothing leaves before this is on disk. */
  beginSending(batchId: string, carrier: TransportKind): void
  /** The platform has the batch open since `receivedAt`, where it tells that. */
  opened(batchId: string, receivedAt: string | null): void
  /** The platform is at work on the complete batch. */
  closed(batchId: string): void
  /** No clear answer: from here on the platform is asked before anything is sent again. */
  doubted(batchId: string, failure: Failure): void
  /** The platform refused the batch as a whole: a person decides. */
  stopped(batchId: string, failure: Failure): void
  /** An attempt failed; the next one comes at `nextTryAt`. */
  failed(batchId: string, attempts: number, nextTryAt: string | null, failure: Failure): void
  /** Something got through: earlier failures no longer count. */
  progressed(batchId: string): void
}

export interface JournalDeps {
  readonly store: Store
  readonly batches: BatchRepo
  readonly outbox: OutboxRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  /** Brings the mark of how far this store has come to the disk; throws when it cannot. */
  readonly secureHead: () => void
}

const DELIVERY_OF: Partial<Record<BatchState, Delivery>> = {
  sending: 'sending',
  processing: 'processing',
  unknown: 'unknown',
}

export function createSubmissionJournal(deps: JournalDeps): SubmissionJournal {
  const { store, batches, outbox, audit } = deps

  const find = (batchId: string): BatchEntity => {
    const batch = batches.find(batchId)
    if (batch === null) throw new Error(`no batch ${batchId}`)
    return batch
  }

  const changed = (batchId: string, withRecords: boolean): void => {
    deps.bus.emit('batches.changed', { batchIds: [batchId] })
    if (withRecords) deps.bus.emit('records.changed', { recordIds: null })
  }

  /** Moves the batch and what it holds; a batch that is there already stays without a trace. */
  const move = (
    batchId: string,
    to: BatchState,
    act: string,
    body: Readonly<Record<string, string | number>>,
  ): boolean => {
    const { state, label } = find(batchId)
    if (state === to) return false
    batches.move(batchId, to)
    const delivery = DELIVERY_OF[to]
    if (delivery !== undefined) batches.moveDeliveries(batchId, delivery)
    audit.append({ at: deps.clock.now(), actor: deps.actor(), act, ref: batchId, body: { label, ...body } })
    return true
  }

  const inOne = (batchId: string, work: () => boolean): void => {
    if (store.write(work)) changed(batchId, true)
  }

  return {
    batch: find,

    beginSending(batchId, carrier) {
      inOne(batchId, () => {
        outbox.claim(batchId, carrier)
        return move(batchId, 'sending', carrier === 'package' ? 'batch.given-out' : 'batch.sending', {})
      })
      // An older copy of the store, put back after this, is known by its mark.
      deps.secureHead()
    },

    opened(batchId, receivedAt) {
      inOne(batchId, () => {
        const batch = find(batchId)
        const isFirst = batch.receivedAt === null && receivedAt !== null
        if (isFirst) {
          batches.update(batchId, { receivedAt })
          const body = { label: batch.label, receivedAt }
          audit.append({ at: deps.clock.now(), actor: deps.actor(), act: 'batch.opened', ref: batchId, body })
        }
        const isBack = batch.state === 'unknown' && move(batchId, 'sending', 'batch.found', { state: 'open' })
        return isFirst || isBack
      })
    },

    closed(batchId) {
      inOne(batchId, () => move(batchId, 'processing', 'batch.closed', {}))
    },

    doubted(batchId, failure) {
      inOne(batchId, () => move(batchId, 'unknown', 'batch.unknown', { failure: failure.code }))
    },

    stopped(batchId, failure) {
      inOne(batchId, () => {
        outbox.fail(batchId, (outbox.find(batchId)?.attempts ?? 0) + 1, null, failure.code)
        return move(batchId, 'stopped', 'batch.stopped', { failure: failure.code })
      })
    },

    failed(batchId, attempts, nextTryAt, failure) {
      store.write(() => outbox.fail(batchId, attempts, nextTryAt, failure.code))
      changed(batchId, false)
    },

    progressed(batchId) {
      const entry = outbox.find(batchId)
      if (entry === null || (entry.attempts === 0 && entry.lastFailure === null)) return
      store.write(() => outbox.succeed(batchId))
      changed(batchId, false)
    },
  }
}

/**
 * Puts the verdicts of a verified receipt into the records: all of a batch in one transaction. Each verdict goes to
 * the revision that was sent; the record itself moves only if that revision is still its head.
 */
import type { ItemOutcome, ItemResult, OutcomeCounts, Receipt } from '@shared/domain/exchange'
import { canMoveEditorial } from '@shared/domain/record-status'
import type { Delivery, Publicity } from '@shared/domain/record-status'
import type { Clock } from '@shared/kernel/clock'
import type { Issue } from '@shared/standard/issue'
import type { CompiledStandard } from '@shared/standard/standard'
import type { EventBus } from '@engine/event-bus'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemEntity } from '@engine/repos/batch-rows'
import type { FeedRepo } from '@engine/repos/feed-repo'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { ReceiptRepo } from '@engine/repos/receipt-repo'
import type {
  AuditNote,
  AuditRepo,
  BatchEntity,
  RecordEntity,
  RecordRepo,
  Store,
} from '@engine/repos/repo-types'
import type { NoticeAnswersService } from './notice-answers-service'
import { itemResultOf } from './submission-item-result'
import { headlineOf, ownIssue, platformIssues } from './submission-platform-issues'

export interface Verdicts {
  /** Settles the batch by its verified receipt. */
  apply(batchId: string, receiptId: number, receipt: Receipt): void
  /** Takes an item over that the platform has accepted under a batch that is not known here; in the caller's transaction. */
  adopt(batch: BatchEntity, item: BatchItemEntity, held: Acceptance): void
}

/** An acceptance as the platform tells it. */
export interface Acceptance {
  readonly delivery: 'accepted' | 'warned'
  readonly platformRef: string | null
  readonly receivedAt: string
}

export interface VerdictDeps {
  readonly store: Store
  readonly batches: BatchRepo
  readonly records: RecordRepo
  readonly receipts: ReceiptRepo
  readonly outbox: OutboxRepo
  readonly answers: Pick<NoticeAnswersService, 'corrected'>
  readonly feed: Pick<FeedRepo, 'advancePublicity' | 'restartPublicity'>
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  readonly standard: () => CompiledStandard
  /** Runs inside the transaction after the verdicts: what waited for them can be applied now. */
  readonly afterVerdicts: () => void
}

/** What one item comes to at the desk. */
interface Verdict {
  readonly delivery: Extract<Delivery, ItemOutcome>
  readonly platformRef: string | null
  readonly issues: readonly Issue[]
}

const PAGE = 1_000

/** Kinds of notice that an accepted operation answers. */
const ANSWERED: Partial<Record<BatchItemEntity['op'], string>> = {
  correct: 'correction.requested',
  takeDown: 'takedown.ordered',
  withdraw: 'takedown.ordered',
}

/**
 * What an accepted operation means for publication: the platform has the request, and says by its feed when the record
 * is off the public pages.
 */
const PUBLICITY: Partial<Record<BatchItemEntity['op'], Publicity>> = {
  takeDown: 'takedown_requested',
  withdraw: 'takedown_requested',
  repairMark: 'marked',
}

export function createVerdicts(deps: VerdictDeps): Verdicts {
  const { batches, records, audit, clock } = deps

  const recordOf = (item: BatchItemEntity): RecordEntity => {
    const record = records.find(item.recordId)
    if (record === null) throw new Error(`batch item without record ${item.recordId}`)
    return record
  }

  const verdictOf = (item: BatchItemEntity, result: ItemResult): Verdict => {
    const issues =
      result.errors.length === 0
        ? []
        : platformIssues(result.errors, deps.standard().types.get(recordOf(item).recordType))
    switch (result.outcome) {
      case 'accepted':
      case 'warned':
        return { delivery: result.outcome, platformRef: result.platformRef, issues }
      case 'rejected': {
        const hasError = issues.some((issue) => issue.severity === 'error')
        return {
          delivery: 'rejected',
          platformRef: null,
          issues: hasError ? issues : [...issues, ownIssue('platform.unexplained')],
        }
      }
      case 'duplicate': {
        const platformRef = result.duplicateOf?.platformRef ?? null
        // The same content under another record id: the platform has what we wanted it to have.
        if (result.duplicateOf?.sha256 === item.sha256)
          return { delivery: 'accepted', platformRef, issues: [] }
        const other = ownIssue('platform.duplicate', { platformRef: platformRef ?? '' })
        return { delivery: 'duplicate', platformRef: null, issues: [...issues, other] }
      }
      case 'pending':
        throw new Error('a verified receipt has no pending items')
    }
  }

  const reopen = (item: BatchItemEntity, verdict: Verdict): void => {
    const record = recordOf(item)
    if (record.headRevision !== item.revision || !canMoveEditorial(record.editorial, 'draft')) return
    records.update(record.recordId, { editorial: 'draft', ...headlineOf(verdict.issues) })
  }

  const accept = ({ recordId, revision, op }: BatchItemEntity, held: Acceptance): void => {
    records.accept(recordId, revision, held)
    const kind = ANSWERED[op]
    if (kind !== undefined) deps.answers.corrected(recordId, revision, kind)
    const publicity = PUBLICITY[op]
    if (publicity !== undefined) deps.feed.advancePublicity(recordId, publicity)
    // Nothing was shown before a first revision.
    if (op === 'create' && revision > 1) deps.feed.restartPublicity(recordId)
  }

  const settleItem = (
    { batchId, label }: BatchEntity,
    item: BatchItemEntity,
    verdict: Verdict,
    receivedAt: string,
  ): Pick<AuditNote, 'act' | 'ref' | 'body'> => {
    const { recordId, revision } = item
    const { delivery, platformRef, issues } = verdict
    if (delivery === 'accepted' || delivery === 'warned') {
      accept(item, { delivery, platformRef, receivedAt })
    } else {
      records.moveDelivery(recordId, revision, delivery)
      reopen(item, verdict)
    }
    if (issues.length > 0) records.addPlatformIssues(recordId, revision, issues)
    batches.settleItem(batchId, item.itemNo, delivery, platformRef)
    const code = issues[0]?.code
    const body = { batchId, label, revision, ...(code === undefined ? {} : { code }) }
    return { act: `item.${delivery}`, ref: recordId, body }
  }

  const settleItems = (batch: BatchEntity, receipt: Receipt): OutcomeCounts => {
    const { batchId } = batch
    const counts = { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 0 }
    for (let after = 0; ;) {
      const page = batches.items(batchId, after, PAGE)
      const entry = { at: clock.now(), actor: deps.actor() }
      const notes: AuditNote[] = []
      for (const item of page) {
        if (item.resultJson === null) throw new Error('a verified receipt covers every item')
        const verdict = verdictOf(item, itemResultOf(item.resultJson))
        counts[verdict.delivery]++
        notes.push({ ...entry, ...settleItem(batch, item, verdict, receipt.receivedAt) })
      }
      audit.appendAll(notes)
      if (page.length < PAGE) return counts
      after = page.at(-1)!.itemNo
    }
  }

  return {
    adopt({ batchId, label }, item, held) {
      accept(item, held)
      const body = { batchId, label, revision: item.revision, platformRef: held.platformRef ?? '' }
      const entry = { at: clock.now(), actor: deps.actor(), act: 'item.adopted', ref: item.recordId }
      audit.append({ ...entry, body })
    },

    apply(batchId, receiptId, receipt) {
      deps.store.write(() => {
        const batch = batches.find(batchId)
        if (batch === null) throw new Error(`no batch ${batchId}`)
        const counts = settleItems(batch, receipt)
        deps.receipts.judge(receiptId, true, null)
        const { receivedAt, receiptNo } = receipt
        batches.move(batchId, 'settled')
        batches.update(batchId, { receivedAt, settledAt: clock.now(), receiptNo, counts })
        deps.outbox.succeed(batchId)
        const { accepted, warned, rejected, duplicate } = counts
        const body = { label: batch.label, receiptNo, accepted, warned, rejected, duplicate }
        audit.append({ at: clock.now(), actor: deps.actor(), act: 'batch.settled', ref: batchId, body })
        deps.afterVerdicts()
      })
      deps.bus.emit('batches.changed', { batchIds: [batchId] })
      deps.bus.emit('records.changed', { recordIds: null })
      deps.bus.emit('inbox.changed', {})
    },
  }
}

import type { BatchDetail, BatchItemView, BatchView } from '@shared/contract/views/exchange-views'
import type { IssueView } from '@shared/contract/views/record-views'
import type { ItemOutcome } from '@shared/domain/exchange'
import { refuse } from '@shared/kernel/failure'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemLine } from '@engine/repos/batch-rows'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { ReceiptRepo } from '@engine/repos/receipt-repo'
import type { AuditRepo, BatchEntity } from '@engine/repos/repo-types'

/** Batches as pages and the command line see them. */
export interface BatchViewService {
  view(batchId: string): BatchView
  page(
    after: string | null,
    limit: number,
  ): { readonly rows: readonly BatchView[]; readonly next: string | null }
  detail(batchId: string): BatchDetail
  items(
    batchId: string,
    outcome: BatchItemView['outcome'] | null,
    after: number,
    limit: number,
  ): { readonly rows: readonly BatchItemView[]; readonly next: number | null }
  /** Batches that are not at their end, oldest first. */
  open(): readonly BatchView[]
  /** The receipt's bytes as they arrived; refuses `batch.not-found` where there is none. */
  receipt(batchId: string): Uint8Array
}

export interface BatchViewDeps {
  readonly batches: BatchRepo
  readonly outbox: OutboxRepo
  readonly receipts: ReceiptRepo
  readonly audit: AuditRepo
  /** The platform's issues of one revision, for the clerk. */
  readonly issueViews: (recordId: string, revision: number) => readonly IssueView[]
}

const HISTORY = 200
const SEPARATOR = '~'

/** Items without a verdict are `unknown` while the batch is in doubt, else `pending`. */
const openOutcome = (batch: BatchEntity): 'unknown' | 'pending' =>
  batch.state === 'unknown' ? 'unknown' : 'pending'

function countsOf(batch: BatchEntity): BatchView['counts'] {
  if (batch.state === 'settled' && batch.counts !== null) return { ...batch.counts, unknown: 0 }
  const none = { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 0, unknown: 0 }
  return batch.state === 'unsealed' ? none : { ...none, [openOutcome(batch)]: batch.itemCount }
}

function cursorOf(text: string | null): { readonly sealedAt: string; readonly batchId: string } | null {
  if (text === null) return null
  const [sealedAt = '', batchId = ''] = text.split(SEPARATOR)
  return { sealedAt, batchId }
}

export function createBatchViewService(deps: BatchViewDeps): BatchViewService {
  const { batches, outbox, receipts } = deps

  const find = (batchId: string): BatchEntity => batches.find(batchId) ?? refuse('batch.not-found')

  const viewOf = (batch: BatchEntity): BatchView => {
    const entry = outbox.find(batch.batchId)
    return {
      batchId: batch.batchId,
      label: batch.label,
      state: batch.state,
      items: batch.itemCount,
      counts: countsOf(batch),
      sealedAt: batch.sealedAt,
      receivedAt: batch.receivedAt,
      settledAt: batch.settledAt,
      receiptNo: batch.receiptNo,
      receiptVerified: receipts.best(batch.batchId)?.verified ?? false,
      attempts: entry?.attempts ?? 0,
      nextTryAt: entry?.nextTryAt ?? null,
      lastFailure: entry?.lastFailure ?? null,
      carrier: entry?.carrier ?? null,
      manifestSha256: batch.manifest.manifestSha256,
      bytes: batches.bytes(batch.batchId),
    }
  }

  const itemView = (batch: BatchEntity, line: BatchItemLine): BatchItemView => ({
    itemNo: line.itemNo,
    recordId: line.recordId,
    revision: line.revision,
    type: line.recordType,
    docNo: line.docNo,
    subjectName: line.subjectName,
    outcome: line.outcome ?? openOutcome(batch),
    platformRef: line.platformRef,
    issues: line.outcome === null ? [] : deps.issueViews(line.recordId, line.revision),
  })

  return {
    view: (batchId) => viewOf(find(batchId)),

    page(after, limit) {
      const found = batches.page(cursorOf(after), limit + 1)
      const rows = found.slice(0, limit)
      const last = rows.at(-1)
      const next =
        found.length > limit && last !== undefined ? `${last.sealedAt}${SEPARATOR}${last.batchId}` : null
      return { rows: rows.map(viewOf), next }
    },

    detail(batchId) {
      const batch = find(batchId)
      const receipt = receipts.best(batchId)
      return {
        ...viewOf(batch),
        partCount: batch.manifest.partCount,
        standard: `${batch.standardId} ${batch.standardVersion}`,
        receiptRaw: receipt === null ? null : new TextDecoder().decode(receipt.raw),
        receipts: receipts
          .ofBatch(batchId)
          .map(({ fetchedAt, verified, problem, sha256 }) => ({ fetchedAt, verified, problem, sha256 })),
        history: deps.audit.ofRef(batchId, HISTORY).map(({ at, act, body }) => ({ at, act, params: body })),
      }
    },

    items(batchId, outcome, after, limit) {
      const batch = find(batchId)
      const wanted = storedOutcomes(batch, outcome)
      if (wanted !== null && wanted.length === 0) return { rows: [], next: null }
      const lines = batches.itemLines(batchId, { outcomes: wanted, after, limit: limit + 1 })
      const rows = lines.slice(0, limit).map((line) => itemView(batch, line))
      return { rows, next: lines.length > limit ? (rows.at(-1)?.itemNo ?? null) : null }
    },

    open: () => batches.open(true).map(viewOf),

    receipt: (batchId) => receipts.best(find(batchId).batchId)?.raw ?? refuse('batch.not-found'),
  }
}

/** The stored outcomes that a filter means; null for all, none when no item of the batch can have it. */
function storedOutcomes(
  batch: BatchEntity,
  outcome: BatchItemView['outcome'] | null,
): readonly (ItemOutcome | null)[] | null {
  if (outcome === null) return null
  if (outcome === 'pending' || outcome === 'unknown') return outcome === openOutcome(batch) ? [null] : []
  return [outcome]
}

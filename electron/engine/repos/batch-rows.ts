/** How sealed batches stand in the tables `batch`, `batch_part` and `batch_item`. */
import type { BatchState } from '@shared/domain/batch-status'
import type { ItemOutcome, Manifest, OutcomeCounts } from '@shared/domain/exchange'
import type { Operation } from '@shared/domain/record-status'
import type { BatchEntity } from './repo-types'

/** One part of a batch as it travels. */
export interface BatchPartEntity {
  readonly no: number
  readonly items: number
  /** The gzip bytes that travel, unchanged at every attempt. */
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** One sealed revision in a batch. */
export interface BatchItemEntity {
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly op: Operation
  readonly sha256: string
}

/** An item with the outcome fetched for it: canonical JSON, or null while there is none. */
export interface FetchedItem extends BatchItemEntity {
  readonly resultJson: string | null
}

/** One item for the list of a batch; search columns are those of its record. */
export interface BatchItemLine extends BatchItemEntity {
  readonly recordType: string
  readonly docNo: string
  readonly subjectName: string
  readonly outcome: ItemOutcome | null
  readonly platformRef: string | null
}

export interface BatchLine {
  readonly batch_id: string
  readonly label: string
  readonly standard_id: string
  readonly standard_version: string
  readonly state: BatchState
  readonly item_count: number
  readonly manifest_json: string
  readonly sealed_at: string
  readonly received_at: string | null
  readonly settled_at: string | null
  readonly receipt_no: string | null
  readonly counts_json: string | null
}

/** A batch as read. */
export const batchOf = (line: BatchLine): BatchEntity => ({
  batchId: line.batch_id,
  label: line.label,
  standardId: line.standard_id,
  standardVersion: line.standard_version,
  state: line.state,
  itemCount: line.item_count,
  manifest: JSON.parse(line.manifest_json) as Manifest,
  sealedAt: line.sealed_at,
  receivedAt: line.received_at,
  settledAt: line.settled_at,
  receiptNo: line.receipt_no,
  counts: line.counts_json === null ? null : (JSON.parse(line.counts_json) as OutcomeCounts),
})

export interface ItemLine {
  readonly item_no: number
  readonly record_id: string
  readonly revision: number
  readonly op: Operation
  readonly sha256: string
  readonly result_json: string | null
  readonly outcome: ItemOutcome | null
  readonly platform_ref: string | null
}

/** An item as read. */
export const itemOf = (line: ItemLine): BatchItemEntity => ({
  itemNo: line.item_no,
  recordId: line.record_id,
  revision: line.revision,
  op: line.op,
  sha256: line.sha256,
})

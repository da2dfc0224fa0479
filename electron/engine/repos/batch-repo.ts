import { deliveryMoves, deliveryStates } from '@shared/domain/record-status'
import type { Delivery } from '@shared/domain/record-status'
import { canMoveBatch, openBatchStates } from '@shared/domain/batch-status'
import type { BatchState } from '@shared/domain/batch-status'
import { createBatchItems } from './batch-items'
import type { BatchItems } from './batch-items'
import { batchOf } from './batch-rows'
import type { BatchItemEntity, BatchLine, BatchPartEntity } from './batch-rows'
import type { Database } from './database'
import type { BatchEntity } from './repo-types'

/** Sealed batches with their frozen bytes and items. */
export interface BatchRepo extends BatchItems {
  insert(batch: BatchEntity, parts: readonly BatchPartEntity[], items: readonly BatchItemEntity[]): void
  find(batchId: string): BatchEntity | null
  /** Newest first, after the given sealing instant and id. */
  page(
    after: { readonly sealedAt: string; readonly batchId: string } | null,
    limit: number,
  ): readonly BatchEntity[]
  /** Batches that are not at their end, oldest first; stopped ones only when asked for. */
  open(withStopped: boolean): readonly BatchEntity[]
  /** Batches that were settled at or after an instant, oldest first. */
  settledSince(at: string): readonly BatchEntity[]
  /** Batches that were sealed up to an instant, the newest 200, oldest first. */
  sealedBefore(at: string): readonly BatchEntity[]
  /** Moves the batch along the table of `batch-status`; a forbidden move throws a defect. */
  move(batchId: string, to: BatchState): void
  /** Closes the records of a new batch to edits, head and revision `sealed`; throws when not all of them were free. */
  sealRecords(batchId: string, itemCount: number, at: string): void
  /** Moves every revision of the batch that may go there; its record's copy goes along when it is the head. */
  moveDeliveries(batchId: string, to: Delivery): void
  update(
    batchId: string,
    changes: Partial<Pick<BatchEntity, 'receivedAt' | 'settledAt' | 'receiptNo' | 'counts'>>,
  ): void
  labels(prefix: string): readonly string[]
  partNumbers(batchId: string): readonly number[]
  part(batchId: string, no: number): BatchPartEntity | null
  bytes(batchId: string): number
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')

/** States from which a revision may go to another. */
const sourcesOf = (to: Delivery): readonly Delivery[] =>
  deliveryStates.filter((from) => deliveryMoves[from].includes(to))

const COLUMNS = {
  receivedAt: 'received_at',
  settledAt: 'settled_at',
  receiptNo: 'receipt_no',
  counts: 'counts_json',
} as const

export function createBatchRepo(database: Database): BatchRepo {
  const insertBatch = database.prepare(
    `INSERT INTO batch (batch_id, label, standard_id, standard_version, state, item_count, manifest_json,
       manifest_sha256, sealed_at, received_at, settled_at, receipt_no, counts_json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertPart = database.prepare(
    'INSERT INTO batch_part (batch_id, no, items, bytes, sha256) VALUES (?, ?, ?, ?, ?)',
  )
  const insertItem = database.prepare(
    'INSERT INTO batch_item (batch_id, item_no, record_id, revision, op, sha256) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const byId = database.prepare<[string], BatchLine>('SELECT * FROM batch WHERE batch_id = ?')
  const newest = database.prepare<[string, string, number], BatchLine>(
    'SELECT * FROM batch WHERE (sealed_at, batch_id) < (?, ?) ORDER BY sealed_at DESC, batch_id DESC LIMIT ?',
  )
  const inStates = (states: readonly BatchState[]) =>
    database.prepare<[], BatchLine>(
      `SELECT * FROM batch WHERE state IN (${quoted(states)}) ORDER BY sealed_at, batch_id`,
    )
  const open = inStates(openBatchStates)
  const openOrStopped = inStates([...openBatchStates, 'stopped'])
  const settledSince = database.prepare<[string], BatchLine>(
    "SELECT * FROM batch WHERE state = 'settled' AND settled_at >= ? ORDER BY sealed_at, batch_id",
  )
  const sealedBefore = database.prepare<[string], BatchLine>(
    'SELECT * FROM batch WHERE sealed_at <= ? ORDER BY sealed_at DESC, batch_id DESC LIMIT 200',
  )
  const setState = database.prepare<[BatchState, string]>('UPDATE batch SET state = ? WHERE batch_id = ?')
  const labels = database
    .prepare<[string], string>("SELECT label FROM batch WHERE label LIKE ? || '%'")
    .pluck()
  const partNumbers = database
    .prepare<[string], number>('SELECT no FROM batch_part WHERE batch_id = ? ORDER BY no')
    .pluck()
  const part = database.prepare<[string, number], BatchPartEntity>(
    'SELECT no, items, bytes, sha256 FROM batch_part WHERE batch_id = ? AND no = ?',
  )
  const bytes = database
    .prepare<[string], number>('SELECT coalesce(sum(length(bytes)), 0) FROM batch_part WHERE batch_id = ?')
    .pluck()
  const ofBatch = 'SELECT record_id, revision FROM batch_item WHERE batch_id = ?'
  const sealHeads = database.prepare<[string, string]>(
    `UPDATE record SET delivery = 'sealed', editorial = 'sealed', updated_at = ?
     WHERE delivery = 'none' AND (record_id, head_revision) IN (${ofBatch})`,
  )
  const sealRevisions = database.prepare<[string]>(
    `UPDATE revision SET delivery = 'sealed' WHERE delivery = 'none' AND (record_id, revision) IN (${ofBatch})`,
  )

  const find = (batchId: string): BatchEntity | null => {
    const line = byId.get(batchId)
    return line === undefined ? null : batchOf(line)
  }

  return {
    ...createBatchItems(database),
    insert(batch, parts, batchItems) {
      const { manifest } = batch
      insertBatch.run(
        batch.batchId,
        batch.label,
        batch.standardId,
        batch.standardVersion,
        batch.state,
        batch.itemCount,
        JSON.stringify(manifest),
        manifest.manifestSha256,
        batch.sealedAt,
        batch.receivedAt,
        batch.settledAt,
        batch.receiptNo,
        batch.counts === null ? null : JSON.stringify(batch.counts),
      )
      for (const one of parts) insertPart.run(batch.batchId, one.no, one.items, one.bytes, one.sha256)
      for (const item of batchItems) {
        insertItem.run(batch.batchId, item.itemNo, item.recordId, item.revision, item.op, item.sha256)
      }
    },
    find,
    page: (after, limit) => newest.all(after?.sealedAt ?? '9', after?.batchId ?? '', limit).map(batchOf),
    open: (withStopped) => (withStopped ? openOrStopped : open).all().map(batchOf),
    settledSince: (at) => settledSince.all(at).map(batchOf),
    sealedBefore: (at) => sealedBefore.all(at).map(batchOf).reverse(),
    move(batchId, to) {
      const from = find(batchId)?.state
      if (from === undefined || !canMoveBatch(from, to)) {
        throw new Error(`batch may not move from ${String(from)} to ${to}`)
      }
      setState.run(to, batchId)
    },
    sealRecords(batchId, itemCount, at) {
      const heads = sealHeads.run(at, batchId).changes
      const revisions = sealRevisions.run(batchId).changes
      if (heads !== itemCount || revisions !== itemCount) {
        throw new Error(`${heads} heads and ${revisions} revisions of ${itemCount} could be sealed`)
      }
    },
    moveDeliveries(batchId, to) {
      const from = quoted(sourcesOf(to))
      database
        .prepare<[string, string]>(
          `UPDATE record SET delivery = ? WHERE delivery IN (${from})
             AND (record_id, head_revision) IN (${ofBatch})`,
        )
        .run(to, batchId)
      database
        .prepare<[string, string]>(
          `UPDATE revision SET delivery = ? WHERE delivery IN (${from}) AND (record_id, revision) IN (${ofBatch})`,
        )
        .run(to, batchId)
    },
    update(batchId, changes) {
      for (const [name, column] of Object.entries(COLUMNS)) {
        const value = changes[name as keyof typeof COLUMNS]
        if (value === undefined) continue
        const stored = value !== null && typeof value === 'object' ? JSON.stringify(value) : value
        database.prepare(`UPDATE batch SET ${column} = ? WHERE batch_id = ?`).run(stored, batchId)
      }
    },
    labels: (prefix) => labels.all(prefix.replace(/[%_]/g, '')),
    partNumbers: (batchId) => partNumbers.all(batchId),
    part: (batchId, no) => part.get(batchId, no) ?? null,
    bytes: (batchId) => bytes.get(batchId) ?? 0,
  }
}

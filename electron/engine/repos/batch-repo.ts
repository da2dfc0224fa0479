import { deliveryMoves, deliveryStates } from '@shared/domain/record-status'
import type { Delivery } from '@shared/domain/record-status'
import type { ItemOutcome } from '@shared/domain/exchange'
import { canMoveBatch, openBatchStates } from '@shared/domain/batch-status'
import type { BatchState } from '@shared/domain/batch-status'
import { batchOf, itemOf } from './batch-rows'
import type {
  BatchItemEntity,
  BatchItemLine,
  BatchLine,
  BatchPartEntity,
  FetchedItem,
  ItemLine,
} from './batch-rows'
import type { Database } from './database'
import type { BatchEntity } from './repo-types'

/** Sealed batches with their frozen bytes and items. */
export interface BatchRepo {
  insert(batch: BatchEntity, parts: readonly BatchPartEntity[], items: readonly BatchItemEntity[]): void
  find(batchId: string): BatchEntity | null
  /** Newest first, after the given sealing instant and id. */
  page(
    after: { readonly sealedAt: string; readonly batchId: string } | null,
    limit: number,
  ): readonly BatchEntity[]
  /** Batches that are not at their end, oldest first; stopped ones only when asked for. */
  open(withStopped: boolean): readonly BatchEntity[]
  /** Moves the batch along the table of `batch-status`; a forbidden move throws a defect. */
  move(batchId: string, to: BatchState): void
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
  /** Items after a number, in order. */
  items(batchId: string, after: number, limit: number): readonly FetchedItem[]
  itemLines(
    batchId: string,
    filter: {
      readonly outcomes: readonly (ItemOutcome | null)[] | null
      readonly after: number
      readonly limit: number
    },
  ): readonly BatchItemLine[]
  recordIds(batchId: string): readonly string[]
  /** Item number up to which outcomes have been fetched. */
  itemsCursor(batchId: string): number
  /** Keeps one page of outcomes as canonical JSON and moves the cursor. */
  storeResults(
    batchId: string,
    results: readonly { readonly itemNo: number; readonly canonical: string }[],
    cursor: number,
  ): void
  /** Forgets fetched outcomes that did not stand up to the receipt. */
  dropResults(batchId: string): void
  /** The canonical JSON of every fetched outcome in order of item number. */
  results(batchId: string): IterableIterator<string>
  settleItem(batchId: string, itemNo: number, outcome: ItemOutcome, platformRef: string | null): void
  /** The newest batch that holds a revision of the record. */
  ofRecord(recordId: string): BatchEntity | null
  /** References that the platform gave to revisions of a record, newest revision first. */
  referencesOf(recordId: string): readonly { readonly revision: number; readonly platformRef: string }[]
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
  const items = database.prepare<[string, number, number], ItemLine>(
    'SELECT * FROM batch_item WHERE batch_id = ? AND item_no > ? ORDER BY item_no LIMIT ?',
  )
  const recordIds = database
    .prepare<[string], string>('SELECT record_id FROM batch_item WHERE batch_id = ? ORDER BY item_no')
    .pluck()
  const cursor = database
    .prepare<[string], number>('SELECT items_cursor FROM batch WHERE batch_id = ?')
    .pluck()
  const setCursor = database.prepare<[number, string]>('UPDATE batch SET items_cursor = ? WHERE batch_id = ?')
  const setResult = database.prepare<[string, string, number]>(
    'UPDATE batch_item SET result_json = ? WHERE batch_id = ? AND item_no = ?',
  )
  const dropResults = database.prepare<[string]>(
    'UPDATE batch_item SET result_json = NULL WHERE batch_id = ? AND result_json IS NOT NULL',
  )
  const results = database
    .prepare<[string], string>(
      'SELECT result_json FROM batch_item WHERE batch_id = ? AND result_json IS NOT NULL ORDER BY item_no',
    )
    .pluck()
  const settle = database.prepare<[ItemOutcome, string | null, string, number]>(
    'UPDATE batch_item SET outcome = ?, platform_ref = ? WHERE batch_id = ? AND item_no = ?',
  )
  const ofRecord = database.prepare<[string], BatchLine>(
    `SELECT batch.* FROM batch JOIN batch_item USING (batch_id)
     WHERE batch_item.record_id = ? AND batch.state <> 'unsealed'
     ORDER BY batch.sealed_at DESC, batch.batch_id DESC LIMIT 1`,
  )
  const references = database.prepare<[string], { revision: number; platformRef: string }>(
    `SELECT DISTINCT revision, platform_ref AS platformRef FROM batch_item
     WHERE record_id = ? AND platform_ref IS NOT NULL ORDER BY revision DESC`,
  )

  const find = (batchId: string): BatchEntity | null => {
    const line = byId.get(batchId)
    return line === undefined ? null : batchOf(line)
  }

  return {
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
    move(batchId, to) {
      const from = find(batchId)?.state
      if (from === undefined || !canMoveBatch(from, to)) {
        throw new Error(`batch may not move from ${String(from)} to ${to}`)
      }
      setState.run(to, batchId)
    },
    moveDeliveries(batchId, to) {
      const from = quoted(sourcesOf(to))
      const ofBatch = 'SELECT record_id, revision FROM batch_item WHERE batch_id = ?'
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
    items: (batchId, after, limit) =>
      items.all(batchId, after, limit).map((line) => ({
        ...itemOf(line),
        resultJson: line.result_json,
      })),
    itemLines(batchId, filter) {
      const wanted = filter.outcomes?.map((outcome) =>
        outcome === null ? 'outcome IS NULL' : `outcome = '${outcome}'`,
      )
      const clause = wanted === undefined ? '' : `AND (${wanted.join(' OR ')})`
      return database
        .prepare<
          [string, number, number],
          ItemLine & { readonly record_type: string; readonly doc_no: string; readonly subject_name: string }
        >(
          `SELECT batch_item.*, record_type, doc_no, subject_name FROM batch_item JOIN record USING (record_id)
           WHERE batch_id = ? AND item_no > ? ${clause} ORDER BY item_no LIMIT ?`,
        )
        .all(batchId, filter.after, filter.limit)
        .map((line) => ({
          ...itemOf(line),
          recordType: line.record_type,
          docNo: line.doc_no,
          subjectName: line.subject_name,
          outcome: line.outcome,
          platformRef: line.platform_ref,
        }))
    },
    recordIds: (batchId) => recordIds.all(batchId),
    itemsCursor: (batchId) => cursor.get(batchId) ?? 0,
    storeResults(batchId, rows, next) {
      for (const row of rows) setResult.run(row.canonical, batchId, row.itemNo)
      setCursor.run(next, batchId)
    },
    dropResults(batchId) {
      dropResults.run(batchId)
      setCursor.run(0, batchId)
    },
    results: (batchId) => results.iterate(batchId),
    settleItem(batchId, itemNo, outcome, platformRef) {
      settle.run(outcome, platformRef, batchId, itemNo)
    },
    ofRecord(recordId) {
      const line = ofRecord.get(recordId)
      return line === undefined ? null : batchOf(line)
    },
    referencesOf: (recordId) => references.all(recordId),
  }
}

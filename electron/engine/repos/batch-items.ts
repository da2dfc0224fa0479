import type { ItemOutcome } from '@shared/domain/exchange'
import { batchOf, itemOf } from './batch-rows'
import type { BatchItemLine, BatchLine, FetchedItem, ItemLine } from './batch-rows'
import type { Database } from './database'
import type { BatchEntity } from './repo-types'

/** The items of batches: what was sealed, what the platform said of each. Part of `BatchRepo`. */
export interface BatchItems {
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
  /** The newest outcome that the platform gave to a revision, canonical JSON; null when there is none. */
  resultOf(recordId: string, revision: number): string | null
  /** References that the platform gave to revisions of a record, newest revision first. */
  referencesOf(recordId: string): readonly { readonly revision: number; readonly platformRef: string }[]
  /**
   * The one record that once had a reference which no record has now; null when there is none or several.
   */
  recordOfEarlierReference(platformRef: string): string | null
}

/** The statements about items, over an open store. */
export function createBatchItems(database: Database): BatchItems {
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
  const ofEarlierReference = database
    .prepare<{ readonly platformRef: string }, string>(
      `SELECT DISTINCT record_id FROM batch_item WHERE platform_ref = @platformRef
         AND NOT EXISTS (SELECT 1 FROM record WHERE platform_ref = @platformRef) LIMIT 2`,
    )
    .pluck()

  const resultOf = database
    .prepare<[string, number], string>(
      `SELECT result_json FROM batch_item JOIN batch USING (batch_id)
       WHERE record_id = ? AND revision = ? AND result_json IS NOT NULL ORDER BY sealed_at DESC LIMIT 1`,
    )
    .pluck()

  return {
    resultOf: (recordId, revision) => resultOf.get(recordId, revision) ?? null,
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
    recordOfEarlierReference(platformRef) {
      const [recordId, other] = ofEarlierReference.all({ platformRef })
      return other === undefined ? (recordId ?? null) : null
    },
  }
}

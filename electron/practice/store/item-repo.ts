import type {
  ItemError,
  ItemOutcome,
  ItemResult,
  LookupHit,
  OutcomeCounts,
  WireItem,
} from '@shared/domain/exchange'
import type { PracticeDatabase } from './practice-database'

/** What the platform decided about one delivery. */
export type Decision = Pick<ItemResult, 'outcome' | 'platformRef' | 'errors' | 'duplicateOf'>

/** An item that was found by its content. */
export interface NamedItem {
  readonly payload: WireItem['payload']
  readonly op: string
  readonly result: ItemResult
}

/** By what a desk in doubt looks an item up. */
export type LookupQuery =
  | { readonly batchId: string }
  | { readonly sha256: string }
  | { readonly naturalKey: string; readonly op: string | null }

/** The delivered items and their outcomes. */
export interface ItemRepo {
  /** False when the batch already has an item of that number. */
  insert(batchId: string, bureau: string, item: WireItem): boolean
  /** The next undecided items above a number, in itemNo order. */
  pending(batchId: string, after: number, limit: number): WireItem[]
  decide(batchId: string, itemNo: number, decision: Decision): void
  page(batchId: string, after: number, limit: number): ItemResult[]
  /** Every outcome in itemNo order, read as it is consumed. */
  all(batchId: string): Iterable<ItemResult>
  counts(batchId: string): OutcomeCounts
  /** Every delivered item of a bureau and type whose payload has these values, oldest first. */
  named(bureau: string, recordType: string, values: Readonly<Record<string, string>>): NamedItem[]
  /** Hits of one bureau in closed batches, oldest first. */
  lookup(bureau: string, query: LookupQuery, limit: number): LookupHit[]
}

interface ItemRow {
  readonly batch_id: string
  readonly item_no: number
  readonly record_id: string
  readonly revision: number
  readonly sha256: string
  readonly outcome: ItemOutcome
  readonly platform_ref: string | null
  readonly errors_json: string
  readonly duplicate_json: string
  readonly received_at: string
  readonly item_json: string
}

const toResult = (row: ItemRow): ItemResult => ({
  itemNo: row.item_no,
  recordId: row.record_id,
  revision: row.revision,
  outcome: row.outcome,
  platformRef: row.platform_ref,
  errors: JSON.parse(row.errors_json) as readonly ItemError[],
  duplicateOf: JSON.parse(row.duplicate_json) as ItemResult['duplicateOf'],
})

/** `withContent`: who asks by natural key wants to know what is held under it. */
const toHit = (row: ItemRow, withContent: boolean): LookupHit => ({
  batchId: row.batch_id,
  itemNo: row.item_no,
  recordId: row.record_id,
  revision: row.revision,
  outcome: row.outcome,
  platformRef: row.platform_ref,
  sha256: row.sha256,
  receivedAt: row.received_at,
  ...(withContent ? { payload: (JSON.parse(row.item_json) as WireItem).payload } : {}),
})

export function createItemRepo(db: PracticeDatabase): ItemRepo {
  const insert = db.prepare(`
    INSERT OR IGNORE INTO item (batch_id, item_no, bureau, record_id, revision, op, natural_key, sha256, item_json)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  // The plus keeps SQLite on the primary key, whose order is the one that is wanted.
  const pending = db.prepare<[string, number, number], { item_json: string }>(`
    SELECT item_json FROM item WHERE batch_id = ? AND item_no > ? AND +outcome = 'pending' ORDER BY item_no LIMIT ?`)
  const decide = db.prepare(`
    UPDATE item SET outcome = ?, platform_ref = ?, errors_json = ?, duplicate_json = ?
    WHERE batch_id = ? AND item_no = ? AND outcome = 'pending'`)
  const page = db.prepare<[string, number, number], ItemRow>(
    'SELECT * FROM item WHERE batch_id = ? AND item_no > ? ORDER BY item_no LIMIT ?',
  )
  const counts = db.prepare<[string], { outcome: ItemOutcome; n: number }>(
    'SELECT outcome, count(*) AS n FROM item WHERE batch_id = ? GROUP BY outcome',
  )
  // A batch that was never closed was never submitted: its items must not look as if the platform had them.
  const lookup = (where: string) =>
    db.prepare<unknown[], ItemRow>(`
      SELECT item.*, batch.received_at FROM item JOIN batch USING (batch_id)
      WHERE batch.bureau = ? AND batch.state <> 'open' AND ${where}
      ORDER BY batch.closed_seq, item.item_no LIMIT ?`)
  const byBatch = lookup('item.batch_id = ?')
  const bySha256 = lookup('item.sha256 = ?')
  const byKey = lookup('item.natural_key = ?')
  const byKeyAndOp = lookup('item.natural_key = ? AND item.op = ?')
  const hits = (bureau: string, query: LookupQuery, limit: number): ItemRow[] => {
    if ('batchId' in query) return byBatch.all(bureau, query.batchId, limit)
    if ('sha256' in query) return bySha256.all(bureau, query.sha256, limit)
    if (query.op === null) return byKey.all(bureau, query.naturalKey, limit)
    return byKeyAndOp.all(bureau, query.naturalKey, query.op, limit)
  }
  return {
    insert(batchId, bureau, item) {
      const { itemNo, recordId, revision, op, naturalKey, sha256 } = item
      const json = JSON.stringify(item)
      return (
        insert.run(batchId, itemNo, bureau, recordId, revision, op, naturalKey, sha256, json).changes === 1
      )
    },
    pending: (batchId, after, limit) =>
      pending.all(batchId, after, limit).map((row) => JSON.parse(row.item_json) as WireItem),
    decide(batchId, itemNo, { outcome, platformRef, errors, duplicateOf }) {
      decide.run(outcome, platformRef, JSON.stringify(errors), JSON.stringify(duplicateOf), batchId, itemNo)
    },
    page: (batchId, after, limit) => page.all(batchId, after, limit).map(toResult),
    *all(batchId) {
      for (let after = 0; ;) {
        const rows = page.all(batchId, after, 1_000)
        const last = rows.at(-1)
        if (last === undefined) return
        for (const row of rows) yield toResult(row)
        after = last.item_no
      }
    },
    counts(batchId) {
      const found = Object.fromEntries(counts.all(batchId).map((row) => [row.outcome, row.n]))
      const of = (outcome: ItemOutcome): number => found[outcome] ?? 0
      return {
        accepted: of('accepted'),
        warned: of('warned'),
        rejected: of('rejected'),
        duplicate: of('duplicate'),
        pending: of('pending'),
      }
    },
    named(bureau, recordType, values) {
      const names = Object.entries(values)
      const clauses = names.map(() => "json_extract(item_json, '$.payload.' || ?) = ?").join(' AND ')
      return db
        .prepare<unknown[], ItemRow & { readonly item_json: string; readonly op: string }>(
          `SELECT item.*, batch.received_at FROM item JOIN batch USING (batch_id)
           WHERE item.bureau = ? AND batch.state <> 'open' AND json_extract(item_json, '$.recordType') = ?
             ${names.length === 0 ? 'AND 0' : `AND ${clauses}`} ORDER BY batch.closed_seq, item.item_no LIMIT 100`,
        )
        .all(bureau, recordType, ...names.flat())
        .map((row) => ({
          payload: (JSON.parse(row.item_json) as WireItem).payload,
          op: row.op,
          result: toResult(row),
        }))
    },
    lookup: (bureau, query, limit) =>
      hits(bureau, query, limit).map((row) => toHit(row, 'naturalKey' in query)),
  }
}

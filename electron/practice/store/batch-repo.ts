import type { Manifest } from '@shared/domain/exchange'
import type { PracticeDatabase } from './practice-database'

/** `failed` is in the protocol, but nothing makes this platform fail a batch as a whole. */
export type PlatformBatchState = 'open' | 'processing' | 'done' | 'failed'

export interface PlatformBatch {
  readonly batchId: string
  readonly bureau: string
  readonly manifest: Manifest
  readonly manifestSha256: string
  readonly state: PlatformBatchState
  readonly receivedAt: string
  /** The signed receipt, exactly the bytes that are served; null until the batch is done. */
  readonly receiptJson: string | null
}

/** Batches and which of their parts have arrived. */
export interface BatchRepo {
  find(batchId: string): PlatformBatch | null
  insert(batch: { manifest: Manifest; manifestSha256: string; receivedAt: string }): void
  hasPart(batchId: string, no: number): boolean
  insertPart(batchId: string, no: number): void
  missingParts(batch: PlatformBatch): number[]
  /** open -> processing; the batch joins the end of the queue. */
  close(batchId: string): void
  /** processing -> done, with the receipt. */
  finish(batchId: string, receiptJson: string): void
  /** Ids of the batches that wait for settling, in the order of closing. */
  queue(): string[]
  countByState(): Readonly<Record<string, number>>
}

interface BatchRow {
  readonly batch_id: string
  readonly bureau: string
  readonly manifest_json: string
  readonly manifest_sha256: string
  readonly state: PlatformBatchState
  readonly received_at: string
  readonly receipt_json: string | null
}

export function createBatchRepo(db: PracticeDatabase): BatchRepo {
  const find = db.prepare<[string], BatchRow>('SELECT * FROM batch WHERE batch_id = ?')
  const insert = db.prepare(`
    INSERT INTO batch (batch_id, bureau, manifest_json, manifest_sha256, item_count, state, received_at)
    VALUES (?, ?, ?, ?, ?, 'open', ?)`)
  const parts = db.prepare<[string], { no: number }>('SELECT no FROM part WHERE batch_id = ?')
  const hasPart = db.prepare<[string, number]>('SELECT 1 FROM part WHERE batch_id = ? AND no = ?')
  const insertPart = db.prepare('INSERT INTO part (batch_id, no) VALUES (?, ?)')
  const close = db.prepare(`
    UPDATE batch SET state = 'processing', closed_seq = (SELECT coalesce(max(closed_seq), 0) + 1 FROM batch)
    WHERE batch_id = ? AND state = 'open'`)
  const finish = db.prepare(
    "UPDATE batch SET state = 'done', receipt_json = ? WHERE batch_id = ? AND state = 'processing'",
  )
  const queue = db.prepare<[], { batch_id: string }>(
    "SELECT batch_id FROM batch WHERE state = 'processing' ORDER BY closed_seq",
  )
  const states = db.prepare<[], { state: string; n: number }>(
    'SELECT state, count(*) AS n FROM batch GROUP BY state',
  )
  return {
    find(batchId) {
      const row = find.get(batchId)
      if (row === undefined) return null
      return {
        batchId: row.batch_id,
        bureau: row.bureau,
        manifest: JSON.parse(row.manifest_json) as Manifest,
        manifestSha256: row.manifest_sha256,
        state: row.state,
        receivedAt: row.received_at,
        receiptJson: row.receipt_json,
      }
    },
    insert({ manifest, manifestSha256, receivedAt }) {
      const { batchId, bureau, itemCount } = manifest
      insert.run(batchId, bureau, JSON.stringify(manifest), manifestSha256, itemCount, receivedAt)
    },
    hasPart: (batchId, no) => hasPart.get(batchId, no) !== undefined,
    insertPart: (batchId, no) => void insertPart.run(batchId, no),
    missingParts(batch) {
      const present = new Set(parts.all(batch.batchId).map((part) => part.no))
      return batch.manifest.parts.map((part) => part.no).filter((no) => !present.has(no))
    },
    close: (batchId) => void close.run(batchId),
    finish: (batchId, receiptJson) => void finish.run(receiptJson, batchId),
    queue: () => queue.all().map((row) => row.batch_id),
    countByState: () => Object.fromEntries(states.all().map((row) => [row.state, row.n])),
  }
}

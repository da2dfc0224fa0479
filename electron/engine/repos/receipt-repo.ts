import type { ReceiptKind } from '@shared/domain/transport'
import type { Database } from './database'

export interface ReceiptEntity {
  readonly receiptId: number
  readonly batchId: string
  readonly kind: ReceiptKind
  /** As it arrived, hostile bytes. */
  readonly raw: Uint8Array
  readonly sha256: string
  readonly verified: boolean
  /** Why it was quarantined, or null. */
  readonly problem: string | null
  readonly fetchedAt: string
}

/** Receipts, kept for ever: the genuine one of a batch and whatever else was offered as one. */
export interface ReceiptRepo {
  /** Stores the raw bytes before anything is believed; bytes already held for the batch give the id they have. */
  keep(batchId: string, raw: Uint8Array, sha256: string, fetchedAt: string, kind?: ReceiptKind): number
  /** Notes what a check has shown. A statement, which nobody has signed, never counts as verified. */
  judge(receiptId: number, verified: boolean, problem: string | null): void
  find(receiptId: number): ReceiptEntity | null
  /** The verified receipt of a batch, else the newest one. */
  best(batchId: string): ReceiptEntity | null
  /** Everything ever offered as the receipt of a batch, newest first. */
  ofBatch(batchId: string): readonly ReceiptEntity[]
}

interface ReceiptLine {
  readonly receipt_id: number
  readonly batch_id: string
  readonly kind: ReceiptKind
  readonly raw: Uint8Array
  readonly sha256: string
  readonly verified: number
  readonly problem: string | null
  readonly fetched_at: string
}

const entityOf = (line: ReceiptLine): ReceiptEntity => ({
  receiptId: line.receipt_id,
  batchId: line.batch_id,
  kind: line.kind,
  raw: line.raw,
  sha256: line.sha256,
  verified: line.verified === 1,
  problem: line.problem,
  fetchedAt: line.fetched_at,
})

export function createReceiptRepo(database: Database): ReceiptRepo {
  const insert = database.prepare<[string, Uint8Array, string, string, ReceiptKind]>(
    'INSERT INTO receipt (batch_id, raw, sha256, fetched_at, kind) VALUES (?, ?, ?, ?, ?)',
  )
  const same = database
    .prepare<[string, string], number>('SELECT receipt_id FROM receipt WHERE batch_id = ? AND sha256 = ?')
    .pluck()
  const judge = database.prepare<[number, string | null, number]>(
    `UPDATE receipt SET verified = CASE kind WHEN 'signed' THEN ? ELSE 0 END, problem = ? WHERE receipt_id = ?`,
  )
  const best = database.prepare<[string], ReceiptLine>(
    'SELECT * FROM receipt WHERE batch_id = ? ORDER BY verified DESC, receipt_id DESC LIMIT 1',
  )
  const byId = database.prepare<[number], ReceiptLine>('SELECT * FROM receipt WHERE receipt_id = ?')
  const ofBatch = database.prepare<[string], ReceiptLine>(
    'SELECT * FROM receipt WHERE batch_id = ? ORDER BY receipt_id DESC',
  )
  return {
    keep: (batchId, raw, sha256, fetchedAt, kind = 'signed') =>
      same.get(batchId, sha256) ?? Number(insert.run(batchId, raw, sha256, fetchedAt, kind).lastInsertRowid),
    judge(receiptId, verified, problem) {
      judge.run(verified ? 1 : 0, problem, receiptId)
    },
    find(receiptId) {
      const line = byId.get(receiptId)
      return line === undefined ? null : entityOf(line)
    },
    best(batchId) {
      const line = best.get(batchId)
      return line === undefined ? null : entityOf(line)
    },
    ofBatch: (batchId) => ofBatch.all(batchId).map(entityOf),
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPracticeDatabase } from '@practice/store/practice-database'
import type { PracticeDatabase } from '@practice/store/practice-database'
import type { Effect } from '@practice/store/register-repo'

/** What the practice platform holds, read when it is down: its append-only ledger is the oracle. */
export interface PlatformState {
  readonly ledger: readonly Effect[]
  /** Every item of every batch that it was sent. */
  readonly items: readonly {
    readonly batchId: string
    readonly itemNo: number
    readonly recordId: string
    readonly revision: number
    readonly sha256: string
    readonly outcome: string
    /** `open` until the desk has closed the batch: what stands in it counts for nothing until then. */
    readonly batchState: string
  }[]
  /** The receipts that it has signed, by batch. */
  readonly receipts: ReadonlyMap<string, string>
  /** Natural keys of what it holds. */
  readonly liveKeys: readonly string[]
}

/** Reads a platform's folder. */
export function readPlatform(dataDir: string): PlatformState {
  const database = openPracticeDatabase(dataDir)
  try {
    const lines = readFileSync(join(dataDir, 'ledger.ndjson'), 'utf8').split('\n')
    const ledger = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Effect)
    return platformState(database, ledger)
  } finally {
    database.close()
  }
}

/** What a platform's store and its ledger say. */
export function platformState(database: PracticeDatabase, ledger: readonly Effect[]): PlatformState {
  const rows = <Row>(sql: string): readonly Row[] => database.prepare<[], Row>(sql).all()
  const receipts = rows<{ batchId: string; text: string }>(
    'SELECT batch_id AS batchId, receipt_json AS text FROM batch WHERE receipt_json IS NOT NULL',
  )
  const live = rows<{ key: string }>(
    "SELECT natural_key AS key FROM holding WHERE state = 'live' AND natural_key IS NOT NULL",
  )
  return {
    ledger,
    items: rows(
      `SELECT batch_id AS batchId, item_no AS itemNo, record_id AS recordId, revision, sha256, outcome,
         state AS batchState FROM item JOIN batch USING (batch_id) ORDER BY batch_id, item_no`,
    ),
    receipts: new Map(receipts.map(({ batchId, text }) => [batchId, text])),
    liveKeys: live.map(({ key }) => key),
  }
}

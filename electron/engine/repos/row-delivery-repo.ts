import { gunzipSync } from 'node:zlib'
import type { Manifest, WireItem } from '@shared/domain/exchange'
import { sha256Hex } from '@engine/crypto/digest'
import type { Database } from './database'

interface BookedLine {
  readonly itemNo: number
  readonly state: 'fresh' | 'doubt' | 'held' | 'done'
  readonly absentSince: string | null
  readonly resultJson: string | null
}

interface EvidenceLine {
  readonly kind: 'send' | 'ask' | 'person'
  readonly at: string
  readonly sha256: string
}

interface ThereLine {
  readonly batchId: string
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly sha256: string
  readonly changedAt: string
}

/** A record of which nobody but a person can say whether the platform has it. */
export interface UndecidedLine {
  readonly recordId: string
  readonly docNo: string
  readonly subjectName: string
  /** Since when it may be there. */
  readonly since: string
}

/** Rows of batches at platforms that take rows: the desk's book of them, and what was said. */
export interface RowDeliveryRepo {
  begin(batchId: string, at: string): void
  rows(batchId: string): readonly BookedLine[]
  note(
    batchId: string,
    changes: readonly BookedLine[],
    at: string,
    evidence: { readonly kind: EvidenceLine['kind']; readonly raw: Uint8Array } | null,
  ): void
  evidence(batchId: string): readonly EvidenceLine[]
  /** Records of rows in doubt that no look-up can clear up, in their order. */
  undecided(batchId: string): readonly UndecidedLine[]
  perhapsThere(query: { readonly sha256: string } | { readonly batchId: string }): readonly ThereLine[]
}

export function createRowDeliveryRepo(database: Database): RowDeliveryRepo {
  const begin = database.prepare<[string, string]>(
    `INSERT OR IGNORE INTO row_delivery (batch_id, item_no, state, changed_at)
     SELECT batch_id, item_no, 'fresh', ? FROM batch_item WHERE batch_id = ?`,
  )
  const rows = database.prepare<[string], BookedLine>(
    `SELECT item_no AS itemNo, state, absent_since AS absentSince, result_json AS resultJson
     FROM row_delivery WHERE batch_id = ? ORDER BY item_no`,
  )
  const set = database.prepare<[string, string | null, string | null, string, string, number]>(
    `UPDATE row_delivery SET state = ?, absent_since = ?, result_json = ?, changed_at = ?
     WHERE batch_id = ? AND item_no = ? AND state <> 'done'`,
  )
  const say = database.prepare<[string, string, string, string, Uint8Array]>(
    'INSERT INTO row_evidence (batch_id, kind, at, sha256, raw) VALUES (?, ?, ?, ?, ?)',
  )
  const evidence = database.prepare<[string], EvidenceLine>(
    'SELECT kind, at, sha256 FROM row_evidence WHERE batch_id = ? ORDER BY evidence_id',
  )
  const there = (column: 'batch_id' | 'sha256') =>
    database.prepare<[string], ThereLine>(
      `SELECT batch_id AS batchId, item_no AS itemNo, record_id AS recordId, revision, sha256,
         changed_at AS changedAt
       FROM row_delivery JOIN batch_item USING (batch_id, item_no)
       WHERE batch_item.${column} = ? AND row_delivery.state <> 'fresh' ORDER BY batch_id, item_no`,
    )
  const undecided = database.prepare<[string], UndecidedLine>(
    `SELECT record_id AS recordId, doc_no AS docNo, subject_name AS subjectName, changed_at AS since
     FROM row_delivery JOIN batch_item USING (batch_id, item_no) JOIN record USING (record_id)
     WHERE batch_id = ? AND state = 'doubt' AND absent_since IS NULL ORDER BY item_no`,
  )
  const ofBatch = there('batch_id')
  const ofContent = there('sha256')
  return {
    begin(batchId, at) {
      begin.run(at, batchId)
    },
    rows: (batchId) => rows.all(batchId),
    note(batchId, changes, at, said) {
      for (const { itemNo, state, absentSince, resultJson } of changes)
        set.run(state, absentSince, resultJson, at, batchId, itemNo)
      if (said !== null) say.run(batchId, said.kind, at, sha256Hex(said.raw), said.raw)
    },
    evidence: (batchId) => evidence.all(batchId),
    undecided: (batchId) => undecided.all(batchId),
    perhapsThere: (query) => ('batchId' in query ? ofBatch.all(query.batchId) : ofContent.all(query.sha256)),
  }
}

/** What was sealed, read back from the frozen bytes. */
export interface SealedBatchReader {
  manifest(batchId: string): Manifest
  items(batchId: string, partNo: number): readonly WireItem[]
}

/** A reader that keeps the last part it has read: a walk asks for the same one again and again. */
export function createSealedBatchReader(batches: {
  find(batchId: string): { readonly manifest: Manifest } | null
  part(batchId: string, no: number): { readonly bytes: Uint8Array } | null
}): SealedBatchReader {
  let last: { readonly key: string; readonly items: readonly WireItem[] } | null = null
  const read = (batchId: string, partNo: number): readonly WireItem[] => {
    const part = batches.part(batchId, partNo)
    if (part === null) throw new Error(`no part ${partNo} of ${batchId}`)
    const lines = gunzipSync(part.bytes).toString('utf8').split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as WireItem)
  }
  return {
    manifest(batchId) {
      const batch = batches.find(batchId)
      if (batch === null) throw new Error(`no batch ${batchId}`)
      return batch.manifest
    },
    items(batchId, partNo) {
      const key = `${batchId} ${partNo}`
      if (last?.key !== key) last = { key, items: read(batchId, partNo) }
      return last.items
    },
  }
}

import { createAuditRepo } from '@engine/repos/audit-repo'
import { storeFile } from '@engine/repos/data-folder'
import { integrityProblems, openDatabase } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import { sha256Hex } from '@engine/crypto/digest'
import { FailureError } from '@shared/kernel/failure'
import { storeKey } from './victim-order'

/** What a store holds, read when nobody works with it. */
export interface DeskState {
  readonly records: readonly {
    readonly recordId: string
    readonly editorial: string
    readonly quality: string
    readonly delivery: string
    readonly importId: string | null
  }[]
  readonly revisions: readonly {
    readonly recordId: string
    readonly revision: number
    readonly delivery: string
    readonly sha256: string
  }[]
  readonly batches: readonly { readonly batchId: string; readonly state: string; readonly items: number }[]
  readonly items: readonly {
    readonly batchId: string
    readonly itemNo: number
    readonly recordId: string
    readonly revision: number
    readonly sha256: string
    readonly outcome: string | null
    /** The outcome as the platform listed it. */
    readonly resultOutcome: string | null
  }[]
  /** Delivery of each record beside that of its head revision. */
  readonly heads: readonly { readonly recordId: string; readonly delivery: string; readonly head: string }[]
  readonly leases: readonly string[]
  readonly parked: number
  /** Verified receipts as they came, by batch. */
  readonly verifiedReceipts: ReadonlyMap<string, string>
  readonly audit: readonly {
    readonly seq: number
    readonly act: string
    readonly ref: string | null
    readonly hash: string
  }[]
  /** What is wrong with the store as such. */
  readonly problems: readonly string[]
}

const nothing: DeskState = {
  ...{ records: [], revisions: [], batches: [], items: [], heads: [], leases: [], parked: 0, audit: [] },
  verifiedReceipts: new Map(),
  problems: [],
}

/** Reads a store; one that cannot be opened is empty and says why. */
export function readDesk(dataDir: string): DeskState {
  try {
    const database = openDatabase({ file: storeFile(dataDir), key: storeKey })
    try {
      return stateOf(database)
    } finally {
      database.close()
    }
  } catch (error) {
    if (error instanceof FailureError) return { ...nothing, problems: [error.failure.code] }
    throw error
  }
}

function stateOf(database: Database): DeskState {
  const rows = <Row>(sql: string): readonly Row[] => database.prepare<[], Row>(sql).all()
  return {
    records: rows(
      'SELECT record_id AS recordId, editorial, quality, delivery, import_id AS importId FROM record',
    ),
    revisions: rows('SELECT record_id AS recordId, revision, delivery, sha256 FROM revision'),
    batches: rows('SELECT batch_id AS batchId, state, item_count AS items FROM batch'),
    items: rows(
      `SELECT batch_id AS batchId, item_no AS itemNo, record_id AS recordId, revision, sha256, outcome,
         json_extract(result_json, '$.outcome') AS resultOutcome FROM batch_item`,
    ),
    heads: rows(
      `SELECT record.record_id AS recordId, record.delivery, revision.delivery AS head FROM record
       LEFT JOIN revision ON revision.record_id = record.record_id AND revision = head_revision`,
    ),
    leases: rows<{ batchId: string }>(
      'SELECT batch_id AS batchId FROM outbox WHERE locked_by IS NOT NULL',
    ).map(({ batchId }) => batchId),
    parked: rows("SELECT 1 FROM feed_event WHERE applied_at = ''").length,
    verifiedReceipts: new Map(
      rows<{ batchId: string; raw: Buffer }>(
        'SELECT batch_id AS batchId, raw FROM receipt WHERE verified = 1',
      ).map(({ batchId, raw }) => [batchId, raw.toString('utf8')]),
    ),
    audit: rows('SELECT seq, act, ref, hash FROM audit ORDER BY seq'),
    problems: [...wholeness(database), ...halfBatches(database), ...receipts(database)],
  }
}

function wholeness(database: Database): readonly string[] {
  const firstBroken = createAuditRepo(database).firstBroken()
  const orphans = database.pragma('foreign_key_check') as readonly unknown[]
  return [
    ...integrityProblems(database),
    ...(firstBroken === null ? [] : [`audit trail broken at ${firstBroken}`]),
    ...(orphans.length === 0 ? [] : [`${orphans.length} rows without what they belong to`]),
  ]
}

/** A batch is sealed whole or not at all, and its bytes are those of its manifest. */
function halfBatches(database: Database): readonly string[] {
  const half = database
    .prepare<[], string>(
      `SELECT batch_id FROM batch WHERE
         item_count <> (SELECT count(*) FROM batch_item WHERE batch_item.batch_id = batch.batch_id)
         OR NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.batch_id = batch.batch_id)
         OR json_extract(manifest_json, '$.partCount') <>
            (SELECT count(*) FROM batch_part WHERE batch_part.batch_id = batch.batch_id)`,
    )
    .pluck()
    .all()
  const parts = database.prepare<[], { bytes: Buffer; sha256: string }>(
    'SELECT bytes, sha256 FROM batch_part',
  )
  const altered = parts.all().filter(({ bytes, sha256 }) => sha256Hex(bytes) !== sha256)
  return [...half.map((batchId) => `half a batch ${batchId}`), ...altered.map(() => 'altered part')]
}

function receipts(database: Database): readonly string[] {
  const kept = database.prepare<[], { batchId: string; raw: Buffer; sha256: string }>(
    'SELECT batch_id AS batchId, raw, sha256 FROM receipt',
  )
  return kept
    .all()
    .filter(({ raw, sha256 }) => sha256Hex(raw) !== sha256)
    .map(({ batchId }) => `altered receipt of ${batchId}`)
}

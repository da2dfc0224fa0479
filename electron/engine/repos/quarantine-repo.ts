import type { FailureCode } from '@shared/kernel/failure'
import type { Database } from './database'

/** A revision whose content the platform will not take, and what became of it. */
export interface QuarantineEntity {
  readonly recordId: string
  readonly revision: number
  /** The batch from which it was taken out. */
  readonly batchId: string
  readonly failure: FailureCode
  /** Status and code of the platform, hostile text. */
  readonly detail: string
  readonly quarantinedAt: string
  /** `repair`: given back to be changed; `released`: goes again as it is. */
  readonly state: 'open' | 'repair' | 'released'
}

/** Records that were set aside, so that their batch could go on. */
export interface QuarantineRepo {
  insert(entity: QuarantineEntity): void
  /** Open ones, oldest first. */
  open(limit: number): readonly QuarantineEntity[]
  /** The open one of a record. */
  openOf(recordId: string): QuarantineEntity | null
  countOpen(): number
  /** Those that were taken out of a batch, whatever became of them. */
  ofBatch(batchId: string): readonly QuarantineEntity[]
  close(recordId: string, state: 'repair' | 'released'): void
}

const COLUMNS =
  'record_id AS recordId, revision, batch_id AS batchId, failure, detail, quarantined_at AS quarantinedAt, state'

/** The quarantine of one store. */
export function createQuarantineRepo(database: Database): QuarantineRepo {
  const insert = database.prepare(
    `INSERT INTO quarantine (record_id, revision, batch_id, failure, detail, quarantined_at, state)
     VALUES (@recordId, @revision, @batchId, @failure, @detail, @quarantinedAt, @state)`,
  )
  const open = database.prepare<[number], QuarantineEntity>(
    `SELECT ${COLUMNS} FROM quarantine WHERE state = 'open' ORDER BY quarantined_at, record_id LIMIT ?`,
  )
  const openOf = database.prepare<[string], QuarantineEntity>(
    `SELECT ${COLUMNS} FROM quarantine WHERE state = 'open' AND record_id = ?`,
  )
  const count = database.prepare<[], number>("SELECT count(*) FROM quarantine WHERE state = 'open'").pluck()
  const ofBatch = database.prepare<[string], QuarantineEntity>(
    `SELECT ${COLUMNS} FROM quarantine WHERE batch_id = ? ORDER BY quarantined_at, record_id`,
  )
  const close = database.prepare<[string, string]>(
    "UPDATE quarantine SET state = ? WHERE record_id = ? AND state = 'open'",
  )
  return {
    insert(entity) {
      insert.run(entity)
    },
    open: (limit) => open.all(limit),
    openOf: (recordId) => openOf.get(recordId) ?? null,
    countOpen: () => count.get() ?? 0,
    ofBatch: (batchId) => ofBatch.all(batchId),
    close(recordId, state) {
      close.run(state, recordId)
    },
  }
}

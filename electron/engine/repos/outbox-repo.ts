import type { TransportKind } from '@shared/domain/transport'
import type { FailureCode } from '@shared/kernel/failure'
import type { Database } from './database'

export interface OutboxEntity {
  readonly batchId: string
  /** Failures in a row since the last progress. */
  readonly attempts: number
  /** Not to be tried before; null when at once. */
  readonly nextTryAt: string | null
  readonly lockedBy: string | null
  readonly lastFailure: FailureCode | null
  /** When the platform first denied to have the batch that it once had open; null when it did not. */
  readonly absentAt: string | null
  /** The way on which the batch left the desk; null before that, and for batches of early versions. */
  readonly carrier: TransportKind | null
}

/** What is to be sent and who is at it. A lease keeps two runners from sending the same batch. */
export interface OutboxRepo {
  insert(batchId: string): void
  /** Notes the way on which the batch leaves; the first one stays. */
  claim(batchId: string, carrier: TransportKind): void
  find(batchId: string): OutboxEntity | null
  /** Takes the lease; false when another runner has it. */
  lease(batchId: string, owner: string, at: string): boolean
  release(batchId: string, owner: string): void
  /** Batches that a runner is at this moment. */
  countLeased(): number
  /** Breaks every lease: right only when the store has just been opened, so that no other runner can live. */
  releaseAll(): void
  fail(batchId: string, attempts: number, nextTryAt: string | null, lastFailure: FailureCode): void
  succeed(batchId: string): void
  noteAbsence(batchId: string, at: string | null): void
  /** Open batches without a lease whose time has come, in order of sealing; none that travels by hand. */
  due(now: string): readonly string[]
  /** When the next waiting open batch comes up; null when none waits. */
  nextTryAt(): string | null
}

const OPEN = "state IN ('sealed', 'sending', 'processing', 'unknown')"
const BY_WIRE = "carrier IS NOT 'package'"

export function createOutboxRepo(database: Database): OutboxRepo {
  const insert = database.prepare<[string]>('INSERT INTO outbox (batch_id) VALUES (?)')
  const find = database.prepare<[string], OutboxEntity>(
    `SELECT batch_id AS batchId, attempts, next_try_at AS nextTryAt, locked_by AS lockedBy, last_failure AS lastFailure,
       absent_at AS absentAt, carrier FROM outbox WHERE batch_id = ?`,
  )
  const claim = database.prepare<[TransportKind, string]>(
    'UPDATE outbox SET carrier = coalesce(carrier, ?) WHERE batch_id = ?',
  )
  const lease = database.prepare<[string, string, string]>(
    'UPDATE outbox SET locked_by = ?, locked_at = ? WHERE batch_id = ? AND locked_by IS NULL',
  )
  const release = database.prepare<[string, string]>(
    'UPDATE outbox SET locked_by = NULL, locked_at = NULL WHERE batch_id = ? AND locked_by = ?',
  )
  const releaseAll = database.prepare(
    'UPDATE outbox SET locked_by = NULL, locked_at = NULL WHERE locked_by IS NOT NULL',
  )
  const fail = database.prepare<[number, string | null, FailureCode, string]>(
    'UPDATE outbox SET attempts = ?, next_try_at = ?, last_failure = ? WHERE batch_id = ?',
  )
  const succeed = database.prepare<[string]>(
    'UPDATE outbox SET attempts = 0, next_try_at = NULL, last_failure = NULL WHERE batch_id = ?',
  )
  const noteAbsence = database.prepare<[string | null, string]>(
    'UPDATE outbox SET absent_at = ? WHERE batch_id = ?',
  )
  const due = database
    .prepare<[string], string>(
      `SELECT batch_id FROM outbox JOIN batch USING (batch_id)
       WHERE ${OPEN} AND ${BY_WIRE} AND locked_by IS NULL AND (next_try_at IS NULL OR next_try_at <= ?) ORDER BY sealed_at, batch_id`,
    )
    .pluck()
  const next = database
    .prepare<[], string>(
      `SELECT min(next_try_at) FROM outbox JOIN batch USING (batch_id) WHERE ${OPEN} AND ${BY_WIRE}
         AND next_try_at IS NOT NULL`,
    )
    .pluck()
  const countLeased = database
    .prepare<[], number>('SELECT count(*) FROM outbox WHERE locked_by IS NOT NULL')
    .pluck()
  return {
    insert(batchId) {
      insert.run(batchId)
    },
    claim(batchId, carrier) {
      claim.run(carrier, batchId)
    },
    find: (batchId) => find.get(batchId) ?? null,
    lease: (batchId, owner, at) => lease.run(owner, at, batchId).changes === 1,
    release(batchId, owner) {
      release.run(batchId, owner)
    },
    countLeased: () => countLeased.get() ?? 0,
    releaseAll() {
      releaseAll.run()
    },
    fail(batchId, attempts, nextTryAt, lastFailure) {
      fail.run(attempts, nextTryAt, lastFailure, batchId)
    },
    succeed(batchId) {
      succeed.run(batchId)
    },
    noteAbsence(batchId, at) {
      noteAbsence.run(at, batchId)
    },
    due: (now) => due.all(now),
    nextTryAt: () => next.get() ?? null,
  }
}

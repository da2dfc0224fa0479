import type { Database } from './database'

/** A submission file that was given out. */
export interface PackageEntity {
  readonly packageId: string
  readonly madeAt: string
  readonly sha256: string
  readonly bytes: Uint8Array
}

/** A package without its bytes. */
export interface PackageLine extends Omit<PackageEntity, 'bytes'> {
  readonly size: number
}

/** A file that was brought as the platform's answer. */
export interface AnswerFileEntity {
  readonly sha256: string
  readonly takenAt: string
  readonly answerNo: number | null
  readonly appliedAt: string | null
  readonly problem: string | null
}

/** Files that travel by hand: what was given out, and everything that was brought back. */
export interface PackageRepo {
  insert(entity: PackageEntity, batchIds: readonly string[]): void
  find(packageId: string): PackageEntity | null
  /** Newest first. */
  list(limit: number): readonly PackageLine[]
  /** The newest package of which a batch still waits for its answer. */
  newestOpen(): PackageEntity | null
  batchIds(packageId: string): readonly string[]
  /** The newest package that holds the batch. */
  ofBatch(batchId: string): string | null
  /** Keeps the bytes before anything in them is believed; a file seen before stays as it is known. */
  keepAnswer(sha256: string, raw: Uint8Array, takenAt: string): AnswerFileEntity
  answerApplied(sha256: string, answerNo: number, at: string): void
  answerRefused(sha256: string, problem: string): void
  /** Newest first. */
  answers(limit: number): readonly AnswerFileEntity[]
  /** The highest number of an applied answer; 0 when there is none. */
  lastAnswerNo(): number
}

const ANSWER = 'sha256, taken_at AS takenAt, answer_no AS answerNo, applied_at AS appliedAt, problem'

export function createPackageRepo(database: Database): PackageRepo {
  const insert = database.prepare<[string, string, string, Uint8Array]>(
    'INSERT INTO package (package_id, made_at, sha256, bytes) VALUES (?, ?, ?, ?)',
  )
  const hold = database.prepare<[string, string]>(
    'INSERT INTO package_batch (package_id, batch_id) VALUES (?, ?)',
  )
  const newestOpen = database.prepare<[], PackageEntity>(
    `SELECT package_id AS packageId, made_at AS madeAt, sha256, bytes FROM package WHERE package_id IN
       (SELECT package_id FROM package_batch JOIN batch USING (batch_id) WHERE state NOT IN ('settled', 'unsealed'))
     ORDER BY made_at DESC, package_id DESC LIMIT 1`,
  )
  const find = database.prepare<[string], PackageEntity>(
    'SELECT package_id AS packageId, made_at AS madeAt, sha256, bytes FROM package WHERE package_id = ?',
  )
  const list = database.prepare<[number], PackageLine>(
    `SELECT package_id AS packageId, made_at AS madeAt, sha256, length(bytes) AS size FROM package
     ORDER BY made_at DESC, package_id DESC LIMIT ?`,
  )
  const answers = database.prepare<[number], AnswerFileEntity>(
    `SELECT ${ANSWER} FROM answer_file ORDER BY taken_at DESC, sha256 LIMIT ?`,
  )
  const batchIds = database
    .prepare<[string], string>('SELECT batch_id FROM package_batch WHERE package_id = ? ORDER BY batch_id')
    .pluck()
  const ofBatch = database
    .prepare<[string], string>(
      'SELECT package_id FROM package_batch WHERE batch_id = ? ORDER BY package_id DESC LIMIT 1',
    )
    .pluck()
  const keep = database.prepare<[string, Uint8Array, string]>(
    'INSERT OR IGNORE INTO answer_file (sha256, raw, taken_at) VALUES (?, ?, ?)',
  )
  const answer = database.prepare<[string], AnswerFileEntity>(
    `SELECT ${ANSWER} FROM answer_file WHERE sha256 = ?`,
  )
  const applied = database.prepare<[number, string, string]>(
    'UPDATE answer_file SET answer_no = ?, applied_at = ?, problem = NULL WHERE sha256 = ?',
  )
  const refused = database.prepare<[string, string]>('UPDATE answer_file SET problem = ? WHERE sha256 = ?')
  const lastNo = database
    .prepare<[], number>('SELECT coalesce(max(answer_no), 0) FROM answer_file WHERE applied_at IS NOT NULL')
    .pluck()
  return {
    insert({ packageId, madeAt, sha256, bytes }, held) {
      insert.run(packageId, madeAt, sha256, bytes)
      for (const batchId of held) hold.run(packageId, batchId)
    },
    find: (packageId) => find.get(packageId) ?? null,
    list: (limit) => list.all(limit),
    answers: (limit) => answers.all(limit),
    newestOpen: () => newestOpen.get() ?? null,
    batchIds: (packageId) => batchIds.all(packageId),
    ofBatch: (batchId) => ofBatch.get(batchId) ?? null,
    keepAnswer(sha256, raw, takenAt) {
      keep.run(sha256, raw, takenAt)
      const kept = answer.get(sha256)
      if (kept === undefined) throw new Error(`answer ${sha256} was not kept`)
      return kept
    },
    answerApplied(sha256, answerNo, at) {
      applied.run(answerNo, at, sha256)
    },
    answerRefused(sha256, problem) {
      refused.run(problem, sha256)
    },
    lastAnswerNo: () => lastNo.get() ?? 0,
  }
}

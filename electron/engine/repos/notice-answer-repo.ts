import type { NoticeAnswerKind } from '@shared/domain/exchange'
import type { FailureCode } from '@shared/kernel/failure'
import type { Database } from './database'

/** An answer to a notice of the platform, kept until the platform has it and ever after. */
export interface NoticeAnswerEntity {
  readonly noticeId: string
  readonly answer: NoticeAnswerKind
  readonly recordId: string | null
  /** The revision that answers, for `corrected`. */
  readonly revision: number | null
  readonly reason: string | null
  /** Names of the documents behind a dispute. */
  readonly evidence: readonly string[]
  readonly state: 'waiting' | 'sent' | 'refused'
  /** Failures in a row. */
  readonly attempts: number
  readonly nextTryAt: string | null
  readonly lastFailure: FailureCode | null
  readonly answeredBy: string
  readonly answeredAt: string
  readonly sentAt: string | null
}

type Line = Omit<NoticeAnswerEntity, 'evidence'> & { readonly evidenceJson: string }

/** Answers to notices, each sent until the platform has taken or refused it. */
export interface NoticeAnswerRepo {
  /** Keeps an answer; the same answer to the same notice is kept once. False when it was there. */
  keep(answer: NoticeAnswerEntity): boolean
  /** Not sent yet and due, oldest first. */
  due(now: string): readonly NoticeAnswerEntity[]
  /** The newest answer to a notice. */
  latest(noticeId: string): NoticeAnswerEntity | null
  sent(noticeId: string, answer: NoticeAnswerKind, at: string): void
  refused(noticeId: string, answer: NoticeAnswerKind, failure: FailureCode): void
  failed(noticeId: string, answer: NoticeAnswerKind, nextTryAt: string, failure: FailureCode): void
}

const COLUMNS = `notice_id AS noticeId, answer, record_id AS recordId, revision, reason, evidence_json AS evidenceJson,
  state, attempts, next_try_at AS nextTryAt, last_failure AS lastFailure, answered_by AS answeredBy,
  answered_at AS answeredAt, sent_at AS sentAt`

const entityOf = ({ evidenceJson, ...line }: Line): NoticeAnswerEntity => ({
  ...line,
  evidence: JSON.parse(evidenceJson) as readonly string[],
})

/** The answers of one store. */
export function createNoticeAnswerRepo(database: Database): NoticeAnswerRepo {
  const insert = database.prepare(
    `INSERT INTO notice_answer (notice_id, answer, record_id, revision, reason, evidence_json, state, answered_by,
       answered_at)
     VALUES (@noticeId, @answer, @recordId, @revision, @reason, @evidenceJson, @state, @answeredBy, @answeredAt)
     ON CONFLICT (notice_id, answer) DO NOTHING`,
  )
  const due = database.prepare<[string], Line>(
    `SELECT ${COLUMNS} FROM notice_answer
     WHERE state = 'waiting' AND (next_try_at IS NULL OR next_try_at <= ?) ORDER BY answered_at, notice_id`,
  )
  const latest = database.prepare<[string], Line>(
    `SELECT ${COLUMNS} FROM notice_answer WHERE notice_id = ? ORDER BY answered_at DESC, rowid DESC LIMIT 1`,
  )
  const sent = database.prepare<[string, string, NoticeAnswerKind]>(
    `UPDATE notice_answer SET state = 'sent', sent_at = ?, next_try_at = NULL, last_failure = NULL
     WHERE notice_id = ? AND answer = ?`,
  )
  const refused = database.prepare<[FailureCode, string, NoticeAnswerKind]>(
    `UPDATE notice_answer SET state = 'refused', next_try_at = NULL, last_failure = ?
     WHERE notice_id = ? AND answer = ?`,
  )
  const failed = database.prepare<[string, FailureCode, string, NoticeAnswerKind]>(
    `UPDATE notice_answer SET attempts = attempts + 1, next_try_at = ?, last_failure = ?
     WHERE notice_id = ? AND answer = ?`,
  )
  return {
    keep: ({ evidence, noticeId, answer, recordId, revision, reason, state, answeredBy, answeredAt }) =>
      insert.run({
        ...{ noticeId, answer, recordId, revision, reason, state, answeredBy, answeredAt },
        evidenceJson: JSON.stringify(evidence),
      }).changes === 1,
    due: (now) => due.all(now).map(entityOf),
    latest(noticeId) {
      const line = latest.get(noticeId)
      return line === undefined ? null : entityOf(line)
    },
    sent(noticeId, answer, at) {
      sent.run(at, noticeId, answer)
    },
    refused(noticeId, answer, code) {
      refused.run(code, noticeId, answer)
    },
    failed(noticeId, answer, nextTryAt, code) {
      failed.run(nextTryAt, code, noticeId, answer)
    },
  }
}

import type { Database } from './database'

export interface NoticeEntity {
  readonly noticeId: string
  readonly kind: string
  readonly recordId: string | null
  readonly platformRef: string | null
  readonly title: string
  /** The platform's words, hostile text. */
  readonly text: string
  readonly bodyJson: string
  readonly dueOn: string | null
  readonly state: 'open' | 'answered' | 'done'
  readonly receivedAt: string
}

/** One platform issue of a head revision that waits for the clerk. */
export interface RejectionLine {
  readonly recordId: string
  readonly recordType: string
  readonly code: string
  readonly field: string | null
  readonly serverText: string | null
  readonly dueOn: string | null
}

/** What the inbox is made of: notices of the platform and rejections of head revisions. */
export interface NoticeRepo {
  /** Keeps a notice; one that is already there stays as it is. False when it was. */
  keep(notice: NoticeEntity): boolean
  open(limit: number): readonly NoticeEntity[]
  countOpen(): number
  setState(noticeId: string, state: NoticeEntity['state']): void
  /** Marks open notices about a record as done. */
  finish(recordId: string, kind: string): void
  /** Platform issues of rejected, revoked and duplicate heads of live records, most urgent record first. */
  rejections(): readonly RejectionLine[]
}

export function createNoticeRepo(database: Database): NoticeRepo {
  const insert = database.prepare(
    `INSERT INTO notice (notice_id, kind, record_id, platform_ref, title, text, body_json, due_on, state, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (notice_id) DO NOTHING`,
  )
  const open = database.prepare<[number], NoticeEntity>(
    `SELECT notice_id AS noticeId, kind, record_id AS recordId, platform_ref AS platformRef, title, text,
       body_json AS bodyJson, due_on AS dueOn, state, received_at AS receivedAt
     FROM notice WHERE state = 'open' ORDER BY due_on IS NULL, due_on, received_at DESC LIMIT ?`,
  )
  const count = database.prepare<[], number>("SELECT count(*) FROM notice WHERE state = 'open'").pluck()
  const setState = database.prepare<[NoticeEntity['state'], string]>(
    'UPDATE notice SET state = ? WHERE notice_id = ?',
  )
  const finish = database.prepare<[string, string]>(
    "UPDATE notice SET state = 'done' WHERE record_id = ? AND kind = ? AND state = 'open'",
  )
  const rejections = database.prepare<[], RejectionLine>(
    `SELECT record.record_id AS recordId, record_type AS recordType, issue.code, issue.field,
       json_extract(params_json, '$.serverText') AS serverText, due_on AS dueOn
     FROM record JOIN issue ON issue.record_id = record.record_id AND issue.revision = record.head_revision
     WHERE record.delivery IN ('rejected', 'revoked', 'duplicate') AND record.editorial <> 'discarded'
       AND issue.source = 'platform'
     ORDER BY due_on IS NULL, due_on, record.record_id, issue.issue_id`,
  )
  return {
    keep: (notice) =>
      insert.run(
        notice.noticeId,
        notice.kind,
        notice.recordId,
        notice.platformRef,
        notice.title,
        notice.text,
        notice.bodyJson,
        notice.dueOn,
        notice.state,
        notice.receivedAt,
      ).changes === 1,
    open: (limit) => open.all(limit),
    countOpen: () => count.get() ?? 0,
    setState(noticeId, state) {
      setState.run(state, noticeId)
    },
    finish(recordId, kind) {
      finish.run(recordId, kind)
    },
    rejections: () => rejections.all(),
  }
}

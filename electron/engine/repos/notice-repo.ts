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
  /** Null also once the platform has received the record: its clock has stopped. */
  readonly dueOn: string | null
}

/** What the inbox is made of: notices of the platform and rejections of head revisions. */
export interface NoticeRepo {
  /** Keeps a notice; one that is already there stays as it is. False when it was. */
  keep(notice: NoticeEntity): boolean
  /** Puts newer words and days in the place of those of a notice that is there; whom it is about stays. */
  renew(notice: NoticeEntity): void
  /** Notices that wait for a person, and answers that have not reached the platform; most urgent first. */
  open(limit: number): readonly NoticeEntity[]
  countOpen(): number
  find(noticeId: string): NoticeEntity | null
  /** Notices of a kind in whatever state, newest first. */
  ofKind(kind: string, limit: number): readonly NoticeEntity[]
  setState(noticeId: string, state: NoticeEntity['state']): void
  /** Open notices of a kind about a record, oldest first. */
  openAbout(recordId: string, kind: string): readonly NoticeEntity[]
  /** Platform issues of rejected and revoked heads of live records that nobody disputes, most urgent record first. */
  rejections(): readonly RejectionLine[]
  /** How many records those are. */
  countRejected(): number
  /** Ids of live records whose key the platform gave to another content, most urgent first. */
  conflicts(limit: number): readonly string[]
  countConflicts(): number
}

export function createNoticeRepo(database: Database): NoticeRepo {
  const insert = database.prepare(
    `INSERT INTO notice (notice_id, kind, record_id, platform_ref, title, text, body_json, due_on, state, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (notice_id) DO NOTHING`,
  )
  const renew = database.prepare<[string, string, string, string | null, string, string]>(
    `UPDATE notice SET title = ?, text = ?, body_json = ?, due_on = ?, received_at = ? WHERE notice_id = ?`,
  )
  const columns = `notice_id AS noticeId, kind, record_id AS recordId, platform_ref AS platformRef, title, text,
       body_json AS bodyJson, due_on AS dueOn, state, received_at AS receivedAt`
  const open = database.prepare<[number], NoticeEntity>(
    `SELECT ${columns} FROM notice
     WHERE state = 'open' OR (state = 'answered' AND EXISTS (
       SELECT 1 FROM notice_answer WHERE notice_answer.notice_id = notice.notice_id AND notice_answer.state <> 'sent'))
     ORDER BY state <> 'open', due_on IS NULL, due_on, received_at DESC LIMIT ?`,
  )
  const byId = database.prepare<[string], NoticeEntity>(`SELECT ${columns} FROM notice WHERE notice_id = ?`)
  const ofKind = database.prepare<[string, number], NoticeEntity>(
    `SELECT ${columns} FROM notice WHERE kind = ? ORDER BY received_at DESC LIMIT ?`,
  )
  const openAbout = database.prepare<[string, string], NoticeEntity>(
    `SELECT ${columns} FROM notice WHERE record_id = ? AND kind = ? AND state = 'open' ORDER BY received_at`,
  )
  const count = database.prepare<[], number>("SELECT count(*) FROM notice WHERE state = 'open'").pluck()
  const setState = database.prepare<[NoticeEntity['state'], string]>(
    'UPDATE notice SET state = ? WHERE notice_id = ?',
  )
  // Few records stand there; their delivery alone is in no index.
  const refused = `(SELECT DISTINCT record_type AS type, place FROM record_tally
         WHERE records > 0 AND (place LIKE '%.rejected.%' OR place LIKE '%.revoked.%')) stood
       CROSS JOIN record INDEXED BY record_by_danger ON record_type = stood.type AND record.place = stood.place
       JOIN issue ON issue.record_id = record.record_id AND issue.revision = record.head_revision
     WHERE record.delivery IN ('rejected', 'revoked') AND record.editorial <> 'discarded'
       AND issue.source = 'platform' AND NOT EXISTS (
         SELECT 1 FROM dispute WHERE dispute.record_id = record.record_id
           AND dispute.revision = record.head_revision AND dispute.state = 'open')`
  const rejections = database.prepare<[], RejectionLine>(
    `SELECT record.record_id AS recordId, record_type AS recordType, issue.code, issue.field,
       json_extract(params_json, '$.serverText') AS serverText,
       CASE WHEN first_received_at IS NULL THEN due_on END AS dueOn
     FROM ${refused}
     ORDER BY dueOn IS NULL, dueOn, record.record_id, issue.issue_id`,
  )
  const countRejected = database
    .prepare<[], number>(`SELECT count(DISTINCT record.record_id) FROM ${refused}`)
    .pluck()
  // Lane 'rejected' is an index of few rows.
  const isConflict = `FROM record WHERE lane = 'rejected' AND delivery = 'duplicate' AND NOT EXISTS (
    SELECT 1 FROM dispute WHERE dispute.record_id = record.record_id
      AND dispute.revision = record.head_revision AND dispute.state = 'open')`
  const conflicts = database
    .prepare<[number], string>(`SELECT record_id ${isConflict} ORDER BY danger, record_id LIMIT ?`)
    .pluck()
  const countConflicts = database.prepare<[], number>(`SELECT count(*) ${isConflict}`).pluck()
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
    renew({ title, text, bodyJson, dueOn, receivedAt, noticeId }) {
      renew.run(title, text, bodyJson, dueOn, receivedAt, noticeId)
    },
    open: (limit) => open.all(limit),
    countOpen: () => count.get() ?? 0,
    setState(noticeId, state) {
      setState.run(state, noticeId)
    },
    find: (noticeId) => byId.get(noticeId) ?? null,
    ofKind: (kind, limit) => ofKind.all(kind, limit),
    openAbout: (recordId, kind) => openAbout.all(recordId, kind),
    rejections: () => rejections.all(),
    countRejected: () => countRejected.get() ?? 0,
    conflicts: (limit) => conflicts.all(limit),
    countConflicts: () => countConflicts.get() ?? 0,
  }
}

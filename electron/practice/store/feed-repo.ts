import type { FeedEvent } from '@shared/domain/exchange'
import type { PracticeDatabase } from './practice-database'

/** The types of protocol section 5. */
export const feedEventTypes = [
  'item.rejected',
  'correction.requested',
  'record.published',
  'record.takenDown',
  'takedown.ordered',
  'repair.decided',
  'standard.published',
  'calendar.published',
  'outage.announced',
  'notice.posted',
] as const
export type FeedEventType = (typeof feedEventTypes)[number]

/** An answer of a desk to a notice. */
export interface NoticeAnswer {
  readonly answer: 'corrected' | 'noChangeNeeded' | 'disputed'
  readonly recordId: string | null
  readonly revision: number | null
  readonly reason: string | null
}

/** The feed and the notices in it that want an answer. */
export interface FeedRepo {
  /**
   * Appends an event for one bureau, or for all (null); a `noticeId` in the body can be answered from now on.
   * @param batchId the batch from which it follows: the event waits until that one is done.
   */
  append(
    bureau: string | null,
    type: FeedEventType,
    at: string,
    body: Readonly<Record<string, unknown>>,
    batchId?: string,
  ): void
  page(bureau: string, afterSeq: number, limit: number): FeedEvent[]
  /** Since when events wait for their batch, null when none does; the feed is complete up to then. */
  waitingSince(): string | null
  lastSeq(): number
  /** Whether the bureau was given that notice. */
  hasNotice(noticeId: string, bureau: string): boolean
  /** Keeps the first answer of its kind; the instant at which that one arrived. */
  answer(noticeId: string, answer: NoticeAnswer, at: string): string
  /** Every answer that was kept, in the order of arrival. */
  answers(): readonly (NoticeAnswer & { readonly noticeId: string; readonly receivedAt: string })[]
}

/** @param platformId makes event ids unique among platforms: a desk drops ids that it has seen. */
export function createFeedRepo(db: PracticeDatabase, platformId: string): FeedRepo {
  const append = db.prepare(
    'INSERT INTO event (bureau, batch_id, type, at, body_json) VALUES (?, ?, ?, ?, ?)',
  )
  const firstWaiting = `
    SELECT min(event.seq) AS seq, event.at FROM batch JOIN event USING (batch_id) WHERE batch.state = 'processing'`
  const waiting = db.prepare<[], { seq: number | null; at: string | null }>(firstWaiting)
  // Nothing overtakes a waiting event, so that a cursor never passes over one.
  const page = db.prepare<
    [number, number, string, number],
    { seq: number; type: string; at: string; body_json: string }
  >(`
    SELECT seq, type, at, body_json FROM event WHERE seq > ? AND seq < ? AND (bureau IS NULL OR bureau = ?)
    ORDER BY seq LIMIT ?`)
  const lastSeq = db.prepare<[], { seq: number }>('SELECT coalesce(max(seq), 0) AS seq FROM event')
  const insertNotice = db.prepare('INSERT OR IGNORE INTO notice (notice_id, bureau) VALUES (?, ?)')
  const notice = db.prepare<[string, string]>(
    'SELECT 1 FROM notice WHERE notice_id = ? AND (bureau IS NULL OR bureau = ?)',
  )
  const insertAnswer = db.prepare(`
    INSERT OR IGNORE INTO notice_answer (notice_id, answer, record_id, revision, reason, received_at)
    VALUES (?, ?, ?, ?, ?, ?)`)
  const answered = db.prepare<[string, string], { received_at: string }>(
    'SELECT received_at FROM notice_answer WHERE notice_id = ? AND answer = ?',
  )
  const answers = db.prepare<[], NoticeAnswer & { noticeId: string; receivedAt: string }>(`
    SELECT notice_id AS noticeId, answer, record_id AS recordId, revision, reason, received_at AS receivedAt
    FROM notice_answer ORDER BY received_at, rowid`)
  return {
    answers: () => answers.all(),
    append(bureau, type, at, body, batchId) {
      if (typeof body['noticeId'] === 'string') insertNotice.run(body['noticeId'], bureau)
      append.run(bureau, batchId ?? null, type, at, JSON.stringify(body))
    },
    page: (bureau, afterSeq, limit) =>
      page.all(afterSeq, waiting.get()!.seq ?? Number.MAX_SAFE_INTEGER, bureau, limit).map((row) => ({
        eventId: `${platformId}-${row.seq}`,
        seq: row.seq,
        type: row.type,
        at: row.at,
        body: JSON.parse(row.body_json) as FeedEvent['body'],
      })),
    waitingSince: () => waiting.get()!.at,
    lastSeq: () => lastSeq.get()!.seq,
    hasNotice: (noticeId, bureau) => notice.get(noticeId, bureau) !== undefined,
    answer(noticeId, { answer, recordId, revision, reason }, at) {
      insertAnswer.run(noticeId, answer, recordId, revision, reason, at)
      return answered.get(noticeId, answer)!.received_at
    },
  }
}

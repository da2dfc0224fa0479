import type { LegalEventKind } from '@shared/publicity/publicity-schema'
import type { Database } from './database'
import { recordOf, recordSelection } from './record-rows'
import type { RecordLine } from './record-rows'
import type { RecordEntity } from './repo-types'

/** What is done about a record because its decision changed. */
export type LegalAnswer = 'correct' | 'withdraw' | 'takeDown' | 'discard'

export interface LegalEventEntity {
  readonly eventId: string
  readonly kind: LegalEventKind
  readonly document: string
  readonly decidedOn: string
  readonly reason: string
  readonly dueOn: string
  readonly notedBy: string
  readonly notedAt: string
}

export interface LegalEventRecord {
  readonly eventId: string
  readonly recordId: string
  readonly answer: LegalAnswer
  readonly baseRevision: number
}

/** Changes of decisions and the records that they touch. */
export interface LegalEventRepo {
  insert(event: LegalEventEntity, records: readonly LegalEventRecord[]): void
  /** Newest first. */
  list(limit: number): readonly LegalEventEntity[]
  recordsOf(eventId: string): readonly LegalEventRecord[]
  /** Live records with the same folded document number, in order of their ids. */
  sameDocument(docKey: string): readonly RecordEntity[]
}

export function createLegalEventRepo(database: Database): LegalEventRepo {
  const insertEvent = database.prepare<LegalEventEntity>(
    `INSERT INTO legal_event (event_id, kind, document, decided_on, reason, due_on, noted_by, noted_at)
     VALUES (@eventId, @kind, @document, @decidedOn, @reason, @dueOn, @notedBy, @notedAt)`,
  )
  const insertRecord = database.prepare<LegalEventRecord>(
    `INSERT INTO legal_event_record (event_id, record_id, answer, base_revision)
     VALUES (@eventId, @recordId, @answer, @baseRevision)`,
  )
  const list = database.prepare<[number], LegalEventEntity>(
    `SELECT event_id AS eventId, kind, document, decided_on AS decidedOn, reason, due_on AS dueOn,
       noted_by AS notedBy, noted_at AS notedAt
     FROM legal_event ORDER BY noted_at DESC, event_id DESC LIMIT ?`,
  )
  const recordsOf = database.prepare<[string], LegalEventRecord>(
    `SELECT event_id AS eventId, record_id AS recordId, answer, base_revision AS baseRevision
     FROM legal_event_record WHERE event_id = ? ORDER BY record_id`,
  )
  const same = database.prepare<[string], RecordLine>(
    `SELECT ${recordSelection} FROM record r INDEXED BY record_doc_key
     WHERE r.doc_key = ? AND r.editorial <> 'discarded' ORDER BY r.record_id LIMIT 200`,
  )
  return {
    insert(event, records) {
      insertEvent.run(event)
      for (const record of records) insertRecord.run(record)
    },
    list: (limit) => list.all(limit),
    recordsOf: (eventId) => recordsOf.all(eventId),
    sameDocument: (docKey) => (docKey === '' ? [] : same.all(docKey).map(recordOf)),
  }
}

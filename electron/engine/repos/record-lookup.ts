import type { Database } from './database'
import { recordOf, recordSelection } from './record-rows'
import type { RecordLine } from './record-rows'
import type { RecordEntity } from './repo-types'

/** One place in one file, where a record came from. */
export interface Origin {
  readonly fileHash: string
  readonly recordType: string
  readonly sheet: string
  readonly row: number
}

/** Where a draft came from and what it is about, to find the row that mends it. */
export interface WaitingDraft {
  readonly recordId: string
  readonly docKey: string
  readonly subjectName: string
  readonly subjectCode: string
  readonly fileName: string
  readonly sheet: string
  readonly row: number
}

/** Questions about records that are no page of the grid. */
export interface RecordLookup {
  findByOrigin(origin: Origin): RecordEntity | null
  /** Imported records of a type that have errors and were never sent, newest first; not those of one import. */
  blockedDrafts(recordType: string, exceptImportId: string, limit: number): readonly WaitingDraft[]
  /** Whether any revision of a record carried this payload. */
  hadPayload(recordId: string, sha256: string): boolean
  /** Those of some natural keys that live records own. */
  knownNaturalKeys(naturalKeys: readonly string[]): readonly string[]
  /** Those of some folded document numbers that any record has. */
  knownDocKeys(docKeys: readonly string[]): readonly string[]
  /** A live record of the type with the same folded document number about another subject. */
  findOtherSubject(record: {
    readonly recordType: string
    readonly docKey: string
    readonly subjectCode: string
    readonly subjectName: string
    readonly exceptRecordId: string | null
  }): RecordEntity | null
  /** Ids of live records that wait at the desk with an unsent head, after a given id, in id order. */
  waitingIds(type: string | null, after: string, limit: number): readonly string[]
  /** Ids of records that were held until a day that has come. */
  heldUntil(today: string): readonly string[]
  /** Whether any revision of a record has ever left the desk or is about to. */
  wasSent(recordId: string): boolean
  /** Live records that wait for a natural key which another record owns, oldest first. */
  duplicatesOf(naturalKey: string, docKey: string): readonly RecordEntity[]
  /** Name of the file of an import, or null. */
  importedFileName(importId: string): string | null
  /** The name under which another record knows the subject of a code, newest first, when it differs. */
  otherNameOf(subjectCode: string, subjectName: string, exceptRecordId?: string | null): string | null
  /** Records that the platform holds as they stand here, the last to arrive first. */
  lastHeld(limit: number): readonly RecordEntity[]
  /** The newest live record of a type about the subject of a code. */
  latestOfSubject(recordType: string, subjectCode: string, exceptRecordId: string | null): RecordEntity | null
}

/** The questions of one store. */
export function createRecordLookup(database: Database): RecordLookup {
  const byOrigin = database.prepare<[string, number, string, string], RecordLine>(
    `SELECT ${recordSelection} FROM record r
     WHERE r.origin_file_hash = ? AND r.origin_row = ? AND r.record_type = ? AND r.origin_sheet = ?`,
  )
  const hadPayload = database
    .prepare<[string, string], number>(
      'SELECT EXISTS (SELECT 1 FROM revision WHERE record_id = ? AND sha256 = ?)',
    )
    .pluck()
  const blockedDrafts = database.prepare<[string, string, number], WaitingDraft>(
    `SELECT record_id AS recordId, doc_key AS docKey, subject_name AS subjectName, subject_code AS subjectCode,
       origin_file_name AS fileName, origin_sheet AS sheet, origin_row AS row
     FROM record
     WHERE lane = 'blocked' AND record_type = ? AND import_id <> ? AND delivery = 'none'
       AND accepted_revision IS NULL AND editorial IN ('draft', 'checked')
     ORDER BY record_id DESC LIMIT ?`,
  )
  const otherSubject = database.prepare<[string, string, string, string, string, string], RecordLine>(
    `SELECT ${recordSelection} FROM record r
     WHERE r.doc_key = ? AND r.record_type = ? AND r.record_id <> ? AND r.editorial <> 'discarded'
       AND CASE WHEN r.subject_code <> '' AND ? <> '' THEN r.subject_code <> ? ELSE r.subject_name <> ? END
     ORDER BY r.record_id LIMIT 1`,
  )
  // Word for word the condition of the index.
  const isWaiting = `r.lane IN ('blocked', 'unconfirmed', 'ready', 'in_review', 'held', 'excluded') AND r.delivery = 'none'`
  const waitingIds = database
    .prepare<[string, string | null, string | null, number], string>(
      `SELECT r.record_id FROM record r INDEXED BY record_waiting
       WHERE r.record_id > ? AND ${isWaiting} AND (? IS NULL OR r.record_type = ?) ORDER BY r.record_id LIMIT ?`,
    )
    .pluck()
  const otherName = database
    .prepare<[string, string, string], string>(
      `SELECT subject_name FROM record WHERE subject_code = ? AND subject_name <> ? AND subject_name <> ''
         AND record_id <> ? AND editorial <> 'discarded' ORDER BY record_id DESC LIMIT 1`,
    )
    .pluck()
  const latestOfSubject = database.prepare<[string, string, string], RecordLine>(
    `SELECT ${recordSelection} FROM record r
     WHERE r.subject_code = ? AND r.record_type = ? AND r.record_id <> ? AND r.editorial <> 'discarded'
     ORDER BY r.record_id DESC LIMIT 1`,
  )
  const lastHeld = database.prepare<[number], RecordLine>(
    `SELECT ${recordSelection} FROM record r INDEXED BY record_received
     WHERE r.first_received_at IS NOT NULL AND r.delivery IN ('accepted', 'warned') AND r.editorial <> 'discarded'
     ORDER BY r.first_received_at DESC LIMIT ?`,
  )
  const heldUntil = database
    .prepare<[string], string>("SELECT record_id FROM record WHERE lane = 'held' AND held_until <= ?")
    .pluck()
  const wasSent = database
    .prepare<[string], number>(
      "SELECT EXISTS (SELECT 1 FROM revision WHERE record_id = ? AND delivery <> 'none')",
    )
    .pluck()
  const importedFileName = database
    .prepare<[string], string>('SELECT file_name FROM import_run WHERE import_id = ?')
    .pluck()
  const duplicatesOf = database.prepare<[string, string], RecordLine>(
    `SELECT ${recordSelection} FROM record r
     WHERE r.doc_key = ? AND r.natural_key = ? AND r.is_duplicate = 1 AND r.editorial <> 'discarded'
     ORDER BY r.record_id LIMIT 100`,
  )

  const knownAmong = (condition: string) =>
    database
      .prepare<[string], string>(
        `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM record WHERE ${condition})`,
      )
      .pluck()
  // The condition of the index, without which every record would be looked at.
  const knownNaturalKeys = knownAmong("natural_key = value AND is_duplicate = 0 AND editorial <> 'discarded'")
  const knownDocKeys = knownAmong('doc_key = value')

  const one = (line: RecordLine | undefined): RecordEntity | null =>
    line === undefined ? null : recordOf(line)
  return {
    findByOrigin: ({ fileHash, recordType, sheet, row }) =>
      one(byOrigin.get(fileHash, row, recordType, sheet)),
    blockedDrafts: (recordType, exceptImportId, limit) =>
      blockedDrafts.all(recordType, exceptImportId, limit),
    hadPayload: (recordId, sha256) => hadPayload.get(recordId, sha256) === 1,
    knownNaturalKeys: (naturalKeys) => knownNaturalKeys.all(JSON.stringify(naturalKeys)),
    knownDocKeys: (docKeys) => knownDocKeys.all(JSON.stringify(docKeys)),
    findOtherSubject: ({ recordType, docKey, subjectCode, subjectName, exceptRecordId }) =>
      docKey === ''
        ? null
        : one(
            otherSubject.get(docKey, recordType, exceptRecordId ?? '', subjectCode, subjectCode, subjectName),
          ),
    waitingIds: (type, after, limit) => waitingIds.all(after, type, type, limit),
    lastHeld: (limit) => lastHeld.all(limit).map(recordOf),
    heldUntil: (today) => heldUntil.all(today),
    wasSent: (recordId) => wasSent.get(recordId) === 1,
    duplicatesOf: (naturalKey, docKey) => duplicatesOf.all(docKey, naturalKey).map(recordOf),
    importedFileName: (importId) => importedFileName.get(importId) ?? null,
    otherNameOf: (subjectCode, subjectName, exceptRecordId) =>
      subjectCode === '' ? null : (otherName.get(subjectCode, subjectName, exceptRecordId ?? '') ?? null),
    latestOfSubject: (recordType, subjectCode, exceptRecordId) =>
      subjectCode === '' ? null : one(latestOfSubject.get(subjectCode, recordType, exceptRecordId ?? '')),
  }
}

import type { AttachmentKind, StrippedPart } from '@shared/domain/attachment'
import type { Database } from './database'

/** One supporting document of a record, without its content. */
export interface AttachmentEntity {
  readonly attachmentId: string
  readonly recordId: string
  readonly no: number
  readonly name: string
  readonly kind: AttachmentKind
  readonly byteCount: number
  /** Of the content, lower-case hex. */
  readonly sha256: string
  readonly stripped: readonly StrippedPart[]
  readonly isSensitive: boolean
  readonly addedBy: string
  readonly addedAt: string
  /** Both null, or both set: it can be brought back until it is erased. */
  readonly removedBy: string | null
  readonly removedAt: string | null
}

type Line = Omit<AttachmentEntity, 'stripped' | 'isSensitive'> & {
  readonly strippedJson: string
  readonly sensitive: number
}

/** Supporting documents; equal contents are stored once. */
export interface AttachmentRepo {
  /** Keeps a document and its content. `no` is the next number of the record. */
  insert(attachment: Omit<AttachmentEntity, 'no' | 'removedBy' | 'removedAt'>, bytes: Uint8Array): void
  find(attachmentId: string): AttachmentEntity | null
  /** In the order of their numbers, removed ones too. */
  ofRecord(recordId: string): readonly AttachmentEntity[]
  setRemoved(attachmentId: string, removed: { readonly by: string; readonly at: string } | null): void
  content(sha256: string): Uint8Array | null
  /** Documents that were removed before an instant. */
  removedBefore(at: string): readonly AttachmentEntity[]
  /** Forgets a document, and its content when no other document has it. */
  erase(attachment: AttachmentEntity): void
  /** Every stored content, one at a time. */
  contents(): Iterable<{ readonly sha256: string; readonly bytes: Uint8Array }>
}

const COLUMNS = `attachment_id AS attachmentId, record_id AS recordId, no, name, kind, byte_count AS byteCount, sha256,
  stripped_json AS strippedJson, is_sensitive AS sensitive, added_by AS addedBy, added_at AS addedAt,
  removed_by AS removedBy, removed_at AS removedAt`

const entityOf = ({ strippedJson, sensitive, ...line }: Line): AttachmentEntity => ({
  ...line,
  stripped: JSON.parse(strippedJson) as readonly StrippedPart[],
  isSensitive: sensitive === 1,
})

/** The supporting documents of one store. */
export function createAttachmentRepo(database: Database): AttachmentRepo {
  const keep = database.prepare<[string, Uint8Array]>(
    'INSERT INTO attachment_content (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const insert = database.prepare(
    `INSERT INTO attachment (attachment_id, record_id, no, name, kind, byte_count, sha256, stripped_json, is_sensitive,
       added_by, added_at)
     VALUES (@attachmentId, @recordId,
       (SELECT coalesce(max(no), 0) + 1 FROM attachment WHERE record_id = @recordId),
       @name, @kind, @byteCount, @sha256, @strippedJson, @sensitive, @addedBy, @addedAt)`,
  )
  const byId = database.prepare<[string], Line>(`SELECT ${COLUMNS} FROM attachment WHERE attachment_id = ?`)
  const ofRecord = database.prepare<[string], Line>(
    `SELECT ${COLUMNS} FROM attachment WHERE record_id = ? ORDER BY no`,
  )
  const setRemoved = database.prepare<[string | null, string | null, string]>(
    'UPDATE attachment SET removed_by = ?, removed_at = ? WHERE attachment_id = ?',
  )
  const content = database
    .prepare<[string], Uint8Array>('SELECT bytes FROM attachment_content WHERE sha256 = ?')
    .pluck()
  const removedBefore = database.prepare<[string], Line>(
    `SELECT ${COLUMNS} FROM attachment WHERE removed_at < ? ORDER BY removed_at, attachment_id`,
  )
  const erase = database.prepare<[string]>('DELETE FROM attachment WHERE attachment_id = ?')
  const eraseContent = database.prepare<[string]>(
    `DELETE FROM attachment_content WHERE sha256 = ?
       AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.sha256 = attachment_content.sha256)`,
  )
  const hashes = database.prepare<[], string>('SELECT sha256 FROM attachment_content ORDER BY sha256').pluck()
  return {
    insert({ stripped, isSensitive, ...attachment }, bytes) {
      keep.run(attachment.sha256, bytes)
      const strippedJson = JSON.stringify(stripped)
      insert.run({ ...attachment, strippedJson, sensitive: isSensitive ? 1 : 0 })
    },
    find(attachmentId) {
      const line = byId.get(attachmentId)
      return line === undefined ? null : entityOf(line)
    },
    ofRecord: (recordId) => ofRecord.all(recordId).map(entityOf),
    setRemoved(attachmentId, removed) {
      setRemoved.run(removed?.by ?? null, removed?.at ?? null, attachmentId)
    },
    content: (sha256) => content.get(sha256) ?? null,
    removedBefore: (at) => removedBefore.all(at).map(entityOf),
    erase({ attachmentId, sha256 }) {
      erase.run(attachmentId)
      eraseContent.run(sha256)
    },
    *contents() {
      for (const sha256 of hashes.all()) yield { sha256, bytes: content.get(sha256) ?? new Uint8Array() }
    },
  }
}

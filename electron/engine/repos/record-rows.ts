/** How entities stand in the tables `record`, `revision` and `issue`. */
import type { Delivery, Editorial, Operation } from '@shared/domain/record-status'
import type { Fix, Quality, Severity } from '@shared/standard/issue'
import { rawBehind } from '@shared/standard/revision-texts'
import type { Normalisation } from '@shared/standard/standard'
import type { Stored } from './bulk-insert'
import type { NewRevision, RecordEntity, RevisionEntity, StoredIssue } from './repo-types'

/** Column of each member of a record. */
export const recordColumns = {
  recordId: 'record_id',
  recordType: 'record_type',
  naturalKey: 'natural_key',
  isDuplicate: 'is_duplicate',
  docNo: 'doc_no',
  docKey: 'doc_key',
  subjectName: 'subject_name',
  subjectCode: 'subject_code',
  legalDate: 'legal_date',
  dueOn: 'due_on',
  headRevision: 'head_revision',
  op: 'op',
  quality: 'quality',
  delivery: 'delivery',
  editorial: 'editorial',
  openIssues: 'open_issues',
  headlineCode: 'headline_code',
  headline: 'headline',
  headlineField: 'headline_field',
  heldReason: 'held_reason',
  heldUntil: 'held_until',
  excludedBasis: 'excluded_basis',
  excludedReason: 'excluded_reason',
  platformRef: 'platform_ref',
  acceptedRevision: 'accepted_revision',
  firstReceivedAt: 'first_received_at',
  searchText: 'search_text',
  originFileHash: 'origin_file_hash',
  originFileName: 'origin_file_name',
  originSheet: 'origin_sheet',
  originRow: 'origin_row',
  importId: 'import_id',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
} as const satisfies Record<keyof RecordEntity, string>

/** Members of a record in column order. */
export const recordMembers = Object.keys(recordColumns) as (keyof RecordEntity)[]

/** Every column of a record as its member's name, for SELECT. */
export const recordSelection = recordMembers
  .map((member) => `r.${recordColumns[member]} AS "${member}"`)
  .join(', ')

/** What SQLite gives for `recordSelection`: as the entity, but for the flag. */
export type RecordLine = Omit<RecordEntity, 'isDuplicate'> & { readonly isDuplicate: number }

/** A record as read. */
export const recordOf = (line: RecordLine): RecordEntity => ({ ...line, isDuplicate: line.isDuplicate === 1 })

/** A member as SQLite stores it. */
export const stored = (value: string | number | boolean | null): Stored =>
  typeof value === 'boolean' ? Number(value) : value

/** A record as it is inserted, in column order. */
export const recordValues = (record: RecordEntity): readonly Stored[] =>
  recordMembers.map((member) => stored(record[member]))

/** Columns of a revision as it is inserted. */
export const revisionColumns = [
  ...[
    'record_id',
    'revision',
    'op',
    'reason',
    'raw_json',
    'value_json',
    'changes_json',
    'sha256',
    'standard_id',
  ],
  ...['standard_version', 'quality', 'delivery', 'in_reply_to', 'author', 'created_at'],
] as const

/** A revision as it is inserted, in the order of `revisionColumns`. */
export const revisionValues = (revision: NewRevision): readonly Stored[] => [
  revision.recordId,
  revision.revision,
  revision.op,
  revision.reason,
  revision.content.raw,
  revision.content.values,
  revision.content.changes,
  revision.sha256,
  revision.standardId,
  revision.standardVersion,
  revision.quality,
  revision.delivery,
  revision.inReplyTo,
  revision.author,
  revision.createdAt,
]

export interface RevisionLine {
  readonly record_id: string
  readonly revision: number
  readonly op: Operation
  readonly reason: string | null
  readonly raw_json: string
  readonly value_json: string
  readonly changes_json: string
  readonly sha256: string
  readonly standard_id: string
  readonly standard_version: string
  readonly quality: Quality
  readonly delivery: Delivery
  readonly in_reply_to: number | null
  readonly author: string
  readonly created_at: string
}

const textsOf = (json: string): Record<string, string> => JSON.parse(json) as Record<string, string>

/** A revision as read. */
export const revisionOf = (line: RevisionLine): RevisionEntity => {
  const values = textsOf(line.value_json)
  return {
    recordId: line.record_id,
    revision: line.revision,
    op: line.op,
    reason: line.reason,
    raw: rawBehind(values, textsOf(line.raw_json)),
    values,
    changes: JSON.parse(line.changes_json) as Normalisation[],
    sha256: line.sha256,
    standardId: line.standard_id,
    standardVersion: line.standard_version,
    quality: line.quality,
    delivery: line.delivery,
    inReplyTo: line.in_reply_to,
    author: line.author,
    createdAt: line.created_at,
  }
}

export interface IssueLine {
  readonly issue_id: number
  readonly source: 'local' | 'platform'
  readonly code: string
  readonly severity: Severity
  readonly field: string | null
  readonly value_at: string | null
  readonly params_json: string
  readonly fix_json: string | null
  readonly confirmed_by: string | null
  readonly confirmed_reason: string | null
}

/** An issue as read. */
export const issueOf = (line: IssueLine): StoredIssue => ({
  issueId: line.issue_id,
  source: line.source,
  code: line.code,
  severity: line.severity,
  field: line.field,
  value: line.value_at,
  params: JSON.parse(line.params_json) as Record<string, string | number>,
  ...(line.fix_json === null ? {} : { fix: JSON.parse(line.fix_json) as Fix }),
  confirmedBy: line.confirmed_by,
  confirmedReason: line.confirmed_reason,
})

/** Editorial states in which a record is live and a person may still work on it. */
export const workable: readonly Editorial[] = [
  'draft',
  'checked',
  'in_review',
  'returned',
  'approved',
  'held',
]

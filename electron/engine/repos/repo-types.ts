/**
 * The repositories as services see them. All SQL lives behind these; every method runs inside the caller's
 * transaction (`Store.write`) or reads outside one. Implementations: one file per aggregate beside this one.
 */
import type { BatchState } from '@shared/domain/batch-status'
import type { Manifest, OutcomeCounts } from '@shared/domain/exchange'
import type { Delivery, Editorial, Operation } from '@shared/domain/record-status'
import type { Issue, Quality } from '@shared/standard/issue'
import type { RevisionTexts } from '@shared/standard/revision-texts'
import type { Normalisation } from '@shared/standard/standard'

/** Runs units of work. `write` is one IMMEDIATE transaction: all or nothing, rolled back on any throw. */
export interface Store {
  write<T>(work: () => T): T
  /**
   * Many units of work that mostly add: each page is then enciphered once where the usual journal does so three times.
   * Every unit is as durable as ever. What else is written meanwhile is written the same way.
   */
  inBulk<T>(work: () => Promise<T>): Promise<T>
  /** Throws `storage.full`, `storage.io` and the like as failures. */
  close(): void
}

export interface RecordEntity {
  readonly recordId: string
  readonly recordType: string
  readonly naturalKey: string | null
  readonly isDuplicate: boolean
  readonly docNo: string
  /** `docNo` folded for comparison. */
  readonly docKey: string
  readonly subjectName: string
  readonly subjectCode: string
  readonly legalDate: string
  readonly dueOn: string | null
  readonly headRevision: number
  readonly op: Operation
  readonly quality: Quality
  readonly delivery: Delivery
  readonly editorial: Editorial
  readonly openIssues: number
  readonly headlineCode: string | null
  readonly headline: string | null
  /** Field code of the issue that the headline says; null for a whole record. */
  readonly headlineField: string | null
  readonly heldReason: string | null
  readonly heldUntil: string | null
  readonly excludedBasis: string | null
  readonly excludedReason: string | null
  readonly platformRef: string | null
  readonly acceptedRevision: number | null
  readonly firstReceivedAt: string | null
  readonly searchText: string
  readonly originFileHash: string | null
  readonly originFileName: string | null
  readonly originSheet: string | null
  readonly originRow: number | null
  readonly importId: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

/** A revision but for its content. */
export interface RevisionHead {
  readonly recordId: string
  readonly revision: number
  readonly op: Operation
  readonly reason: string | null
  readonly sha256: string
  readonly standardId: string
  readonly standardVersion: string
  readonly quality: Quality
  readonly delivery: Delivery
  readonly inReplyTo: number | null
  readonly author: string
  readonly createdAt: string
}

/** A revision as it is written. */
export interface NewRevision extends RevisionHead {
  readonly content: RevisionTexts
}

/** A record that has just come to be. */
export interface NewRecord {
  readonly record: RecordEntity
  readonly revision: NewRevision
  readonly issues: readonly Issue[]
}

export interface RevisionEntity extends RevisionHead {
  readonly raw: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string>>
  readonly changes: readonly Normalisation[]
}

export interface StoredIssue extends Issue {
  readonly issueId: number
  readonly source: 'local' | 'platform'
  readonly confirmedBy: string | null
  readonly confirmedReason: string | null
}

/** Some local issues of a revision: those of a rule, in one field (null: of the whole record), or in all fields. */
export interface IssueChoice {
  readonly code: string
  /** `undefined` stands for every field. */
  readonly field: string | null | undefined
}

export interface RecordRepo {
  find(recordId: string): RecordEntity | null
  /** By natural key among live records that own it. */
  findByNaturalKey(naturalKey: string): RecordEntity | null
  /** The one record with this reference; null as well where a platform gave it to several. */
  findByPlatformRef(platformRef: string): RecordEntity | null
  insert(record: RecordEntity): void
  /** Inserts records that nobody has confirmed anything of, with their first revisions and local issues. */
  insertNew(made: readonly NewRecord[]): void
  /** Writes the given columns and `updatedAt`. */
  update(recordId: string, changes: Partial<Omit<RecordEntity, 'recordId' | 'createdAt'>>): void
  revision(recordId: string, revision: number): RevisionEntity | null
  /** The highest number that a revision of the record has; the head may be an earlier one. */
  lastRevision(recordId: string): number
  insertRevision(revision: NewRevision): void
  /** Quality of a revision after a re-check; also copied to the record when it is the head. */
  setQuality(recordId: string, revision: number, quality: Quality): void
  /** Notes by which version of the standard an unsent revision was last checked. */
  setStandard(
    recordId: string,
    revision: number,
    standard: { readonly id: string; readonly version: string },
  ): void
  /**
   * Moves one revision along the delivery axis, and the record's copy when it is the head. A move that the table
   * in `shared/domain/record-status` forbids throws a defect.
   */
  moveDelivery(recordId: string, revision: number, to: Delivery): void
  issues(recordId: string, revision: number): readonly StoredIssue[]
  /**
   * Replaces the local issues of a revision, keeping confirmations of the same question (`confirmationKey`), also
   * those of the revision before.
   */
  replaceLocalIssues(recordId: string, revision: number, issues: readonly Issue[]): void
  /** Notes that a person has looked at warnings, in all fields of a rule or in one; returns how many that were. */
  confirmIssues(
    recordId: string,
    revision: number,
    confirmation: IssueChoice & { readonly by: string; readonly reason: string },
  ): number
  /** Takes confirmations back; returns how many. */
  unconfirmIssues(recordId: string, revision: number, choice: IssueChoice): number
  addPlatformIssues(recordId: string, revision: number, issues: readonly Issue[]): void
  /**
   * Takes over the platform's acceptance of a revision: moves it, and gives the record its reference and, unless it
   * has one, its first arrival.
   */
  accept(
    recordId: string,
    revision: number,
    acceptance: {
      readonly delivery: Extract<Delivery, 'accepted' | 'warned'>
      readonly platformRef: string | null
      readonly receivedAt: string
    },
  ): void
  /** Head revisions that may be sealed now, oldest due date first. */
  sealable(filter: {
    readonly type: string | null
    readonly recordIds: readonly string[] | null
  }): readonly RecordEntity[]
  /** Their ids alone, in the same order. */
  sealableIds(filter: {
    readonly type: string | null
    readonly recordIds: readonly string[] | null
  }): readonly string[]
  /** Never-accepted live records that may not be sealed now (for "what stays and why"). */
  unsealable(filter: {
    readonly type: string | null
    readonly recordIds: readonly string[] | null
  }): readonly RecordEntity[]
}

export interface BatchEntity {
  readonly batchId: string
  readonly label: string
  readonly standardId: string
  readonly standardVersion: string
  readonly state: BatchState
  readonly itemCount: number
  readonly manifest: Manifest
  readonly sealedAt: string
  readonly receivedAt: string | null
  readonly settledAt: string | null
  readonly receiptNo: string | null
  readonly counts: OutcomeCounts | null
}

/** What the audit trail says of one act. `body` holds codes, counts and ids only. */
export interface AuditNote {
  readonly at: string
  readonly actor: string
  readonly act: string
  readonly ref: string | null
  readonly body: Readonly<Record<string, string | number>>
}

export interface AuditRepo {
  /** Appends one chained row inside the current transaction. */
  append(note: AuditNote): void
  /** Appends rows in this order: a unit of work about many records looks up the end of the chain once. */
  appendAll(notes: Iterable<AuditNote>): void
  /** Newest first. */
  ofRef(
    ref: string,
    limit: number,
  ): readonly {
    readonly at: string
    readonly actor: string
    readonly act: string
    readonly body: Readonly<Record<string, string | number>>
  }[]
  /** Walks the chain; returns the first broken `seq`, or null. */
  firstBroken(): number | null
}

export interface SettingRepo {
  get<T>(key: string): T | null
  set(key: string, value: unknown): void
}

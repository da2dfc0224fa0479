import type { AttachmentView } from './attachment-views'
import type { BatchState } from '@shared/domain/batch-status'
import type { ItemOutcome, NoticeAnswerKind, OutcomeCounts } from '@shared/domain/exchange'
import type { StaysCount } from '@shared/domain/stays-count'
import type { TransportKind } from '@shared/domain/transport'
import type { Failure, FailureCode } from '@shared/kernel/failure'
import type { IssueView, RecordRow } from './record-views'

/** One batch in the list and in the result of a submission. */
export interface BatchView {
  readonly batchId: string
  readonly label: string
  readonly state: BatchState
  readonly items: number
  readonly counts: OutcomeCounts & { readonly unknown: number }
  readonly sealedAt: string
  readonly receivedAt: string | null
  readonly settledAt: string | null
  readonly receiptNo: string | null
  readonly receiptVerified: boolean
  readonly attempts: number
  readonly nextTryAt: string | null
  readonly lastFailure: FailureCode | null
  /** The way on which the batch left the desk; null before that. */
  readonly carrier: TransportKind | null
  readonly manifestSha256: string
  readonly bytes: number
}

export interface BatchItemView {
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly type: string
  readonly docNo: string
  readonly subjectName: string
  readonly outcome: ItemOutcome | 'unknown'
  readonly platformRef: string | null
  readonly issues: readonly IssueView[]
}

export interface BatchDetail extends BatchView {
  readonly partCount: number
  readonly standard: string
  /** The receipt as it arrived, hostile text. */
  readonly receiptRaw: string | null
  /** Everything that was offered as its receipt, newest first; what was wrong with it, or null. */
  readonly receipts: readonly {
    readonly fetchedAt: string
    readonly verified: boolean
    readonly problem: string | null
    readonly sha256: string
  }[]
  readonly history: readonly {
    readonly at: string
    readonly act: string
    readonly params: Readonly<Record<string, string | number>>
  }[]
}

/** What would go if the clerk submitted now, and what would stay and why. */
export interface SubmissionForecast {
  readonly sendable: number
  readonly byType: readonly { readonly type: string; readonly count: number }[]
  readonly inTime: number
  readonly late: number
  /** The most urgent of them, at most 500. */
  readonly likelyRejected: readonly {
    readonly recordId: string
    readonly docNo: string
    readonly reason: string
  }[]
  readonly likelyRejectedCount: number
  /** The first of those that stay, at most 500 of each reason. */
  readonly notSent: readonly NotSent[]
  /** All that stay, counted by reason. */
  readonly stays: readonly StaysCount[]
  /** Batches sealed earlier that still wait for their end. */
  readonly openBatches: readonly BatchView[]
  /**
   * Types of which this desk keeps records and has nothing today: neither to send nor to mend nor received by the
   * platform.
   */
  readonly nilTypes: readonly string[]
  /** Whether there is nothing to send or to mend, and nothing of any type in use has arrived today. */
  readonly isNilDay: boolean
}

export interface NotSent {
  readonly recordId: string
  readonly docNo: string
  readonly subjectName: string
  readonly type: string
  /** `blocked`, `unconfirmed-warning`, `held`, `in-review`, `excluded`, `in-flight`, `duplicate-key`, `quarantined`. */
  readonly reason: string
  /** The plain sentence behind the reason. */
  readonly message: string
  /** Last day of the term, YYYY-MM-DD; null where nobody can be late with it any more. */
  readonly dueOn: string | null
}

export interface SubmissionResult {
  readonly batches: readonly BatchView[]
  readonly notSent: readonly NotSent[]
}

/** Rejections of the same cause (code and field), fixed in one go where possible. */
export interface InboxGroup {
  readonly key: string
  readonly code: string
  readonly field: string | null
  readonly fieldLabel: string | null
  /** Plain meaning and next step in the desk's words. */
  readonly meaning: string
  /** The platform's own words of one sample. */
  readonly serverText: string | null
  readonly count: number
  readonly earliestDueOn: string | null
  readonly rows: readonly RecordRow[]
}

/** A field that the platform wants corrected. */
export interface AskedField {
  /** Field code; null when the platform names a field that the record type does not have. */
  readonly field: string | null
  readonly label: string
  /** What the platform has, masked where it is personal. */
  readonly value: string | null
  /** The platform's words, hostile text, personal numbers masked. */
  readonly message: string
}

export interface NoticeAnswerView {
  readonly answer: NoticeAnswerKind
  /** `waiting` until the platform has it. */
  readonly state: 'waiting' | 'sent' | 'refused'
  readonly reason: string | null
  readonly evidence: readonly string[]
  readonly answeredBy: string
  readonly answeredAt: string
  readonly failureCode: FailureCode | null
}

export interface NoticeView {
  readonly noticeId: string
  readonly kind: string
  readonly title: string
  readonly text: string
  readonly recordId: string | null
  /** The record it is about, as lists show it; null for a notice about none, or about one that is not here. */
  readonly about: { readonly docNo: string; readonly subjectName: string } | null
  readonly dueOn: string | null
  readonly receivedAt: string
  readonly state: 'open' | 'answered' | 'done'
  readonly fields: readonly AskedField[]
  /** Answers that a person may give; `corrected` is given by the program when the correction is accepted. */
  readonly mayAnswer: readonly NoticeAnswerKind[]
  readonly answer: NoticeAnswerView | null
}

/** What the bureau does not accept; the record stays on the list of deadlines. */
export interface DisputeView {
  readonly disputeId: string
  readonly row: RecordRow
  readonly revision: number
  readonly noticeId: string | null
  /** Plain meaning of the verdict, or the title of the notice. */
  readonly about: string
  /** The platform's own words, masked. */
  readonly serverText: string | null
  readonly reason: string
  /** Names of the documents behind it. */
  readonly evidence: readonly string[]
  /** The documents themselves, as far as they are with the record. */
  readonly attachments: readonly AttachmentView[]
  readonly openedBy: string
  readonly openedAt: string
}

export interface Inbox {
  readonly groups: readonly InboxGroup[]
  readonly notices: readonly NoticeView[]
  readonly quarantined: readonly QuarantinedView[]
  /** Records whose natural key the platform holds with another content: a person decides. */
  readonly conflicts: readonly RecordRow[]
  readonly disputes: readonly DisputeView[]
  readonly total: number
}

/** A record that the platform will not take, set aside so that the others of its batch could go on. */
export interface QuarantinedView {
  readonly row: RecordRow
  /** Why it was refused, for `failureSentence`. */
  readonly cause: Failure
  readonly batch: { readonly batchId: string; readonly label: string }
  readonly quarantinedAt: string
}

/** One field of two contents under the same natural key; values are masked where they are personal. */
export interface ConflictField {
  readonly field: string
  readonly label: string
  readonly ours: string | null
  readonly theirs: string | null
  readonly isSame: boolean
}

/** A record and what the platform holds in its place. */
export interface ConflictView {
  readonly row: RecordRow
  /** The platform's reference of what it holds. */
  readonly platformRef: string
  readonly receivedAt: string | null
  /** The record of this desk by which the platform holds it, if it is one. */
  readonly heldRecordId: string | null
  /** Null when the platform does not say what it holds. */
  readonly fields: readonly ConflictField[] | null
  /** Whether what the platform holds is of this bureau, so that a correction can be sent. */
  readonly mayCorrect: boolean
  /** Why the platform could not be asked. */
  readonly failureCode: FailureCode | null
}

export const conflictDecisions = ['keepPlatform', 'correctPlatform', 'dispute'] as const
export type ConflictDecision = (typeof conflictDecisions)[number]

export interface PullResult {
  readonly events: number
  readonly rejected: number
  readonly corrections: number
  readonly takedowns: number
  readonly standards: number
}

/** A person's word on whether a platform that cannot be asked has something. */
export const batchDecisions = ['held', 'not-held'] as const
export type BatchDecision = (typeof batchDecisions)[number]

/** A submission file that was written for a person to carry. */
export interface PackageWritten {
  /** Null when there was nothing to put into one. */
  readonly packageId: string | null
  readonly sha256: string | null
  /** True when nothing new was ready and a file that waits for its answer was written again. */
  readonly isAgain: boolean
  readonly batches: readonly BatchView[]
  readonly notSent: readonly NotSent[]
}

/** A submission file as it stands: some of its batches may be answered and others not. */
export interface PackageView {
  readonly packageId: string
  readonly madeAt: string
  readonly sha256: string
  /** Size of the file. */
  readonly bytes: number
  /** `waiting` for an answer; `answered` where every batch has its end; `back` where all were taken back. */
  readonly state: 'waiting' | 'partly' | 'answered' | 'back'
  readonly batches: readonly Pick<BatchView, 'batchId' | 'label' | 'items' | 'state'>[]
}

/** A file that was brought as an answer. */
export interface AnswerFileView {
  readonly sha256: string
  readonly takenAt: string
  readonly answerNo: number | null
  readonly appliedAt: string | null
  /** Why it is kept in quarantine; null where it was applied, or not yet. */
  readonly problem: FailureCode | null
}

/** The files that travel by hand, newest first. */
export interface PackagesView {
  /** Whether the chosen platform takes such files at all. */
  readonly isOffered: boolean
  readonly packages: readonly PackageView[]
  readonly answers: readonly AnswerFileView[]
}

/** What a person has to decide about a batch, because nobody can be asked. */
export interface UndecidedView {
  /** `package`: whether the file was handed in at all; `rows`: of each record, whether the platform has it. */
  readonly kind: 'none' | 'package' | 'rows'
  readonly total: number
  /** At most 500 of them. */
  readonly records: readonly {
    readonly recordId: string
    readonly docNo: string
    readonly subjectName: string
    /** Since when it may be there. */
    readonly since: string
  }[]
}

/** What an answer file brought. */
export interface AnswerApplied {
  readonly answerNo: number
  /** True when the same file had been applied before: nothing was changed. */
  readonly isRepeat: boolean
  readonly batches: readonly BatchView[]
  readonly pull: PullResult
}

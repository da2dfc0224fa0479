import type { BatchState } from '@shared/domain/batch-status'
import type { ItemOutcome, OutcomeCounts } from '@shared/domain/exchange'
import type { TransportKind } from '@shared/domain/transport'
import type { FailureCode } from '@shared/kernel/failure'
import type { SettingsOf } from '@shared/contract/transport-settings'
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
  readonly likelyRejected: readonly {
    readonly recordId: string
    readonly docNo: string
    readonly reason: string
  }[]
  readonly notSent: readonly NotSent[]
  /** Batches sealed earlier that still wait for their end. */
  readonly openBatches: readonly BatchView[]
}

export interface NotSent {
  readonly recordId: string
  readonly docNo: string
  readonly subjectName: string
  readonly type: string
  /** `blocked`, `unconfirmed-warning`, `held`, `in-review`, `excluded`, `in-flight`, `duplicate-key`. */
  readonly reason: string
  /** The plain sentence behind the reason. */
  readonly message: string
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

export interface NoticeView {
  readonly noticeId: string
  readonly kind: string
  readonly title: string
  readonly text: string
  readonly recordId: string | null
  readonly dueOn: string | null
  readonly receivedAt: string
  readonly state: 'open' | 'answered' | 'done'
}

export interface Inbox {
  readonly groups: readonly InboxGroup[]
  readonly notices: readonly NoticeView[]
  readonly total: number
}

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

/** What an answer file brought. */
export interface AnswerApplied {
  readonly answerNo: number
  /** True when the same file had been applied before: nothing was changed. */
  readonly isRepeat: boolean
  readonly batches: readonly BatchView[]
  readonly pull: PullResult
}

export interface ConnectionView {
  readonly platformUrl: string | null
  readonly clientId: string | null
  readonly platformPublicKey: string | null
  readonly deskPublicKey: string
  /** The chosen way, with the settings that only it has. */
  readonly transport: TransportView
}

/** Settings of a way as pages may see them: without any password. */
export type TransportView =
  | { readonly kind: 'http' | 'package' }
  | SettingsOf<'city-soap'>
  | (Omit<SettingsOf<'front-db'>, 'password'> & { readonly hasPassword: boolean })

/** One step of the connection test, in order; later steps are left out after the first that fails. */
export interface ConnectionStep {
  readonly step: 'address' | 'reach' | 'tls' | 'page' | 'clock' | 'signature' | 'bureau' | 'standard'
  readonly ok: boolean
  readonly message: string
}

export interface ConnectionTest {
  readonly ok: boolean
  readonly steps: readonly ConnectionStep[]
}

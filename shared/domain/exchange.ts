/** Shapes of exchange protocol v1 as they travel (`design: protocol`, sections 2 to 5). */
import type { Operation } from './record-status'

export type ItemOutcome = 'accepted' | 'warned' | 'rejected' | 'duplicate' | 'pending'

export interface StandardRef {
  readonly id: string
  readonly version: string
}

/** One line of a part: one revision with one operation. */
export interface WireItem {
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly op: Operation
  readonly recordType: string
  readonly standard: StandardRef
  readonly naturalKey: string
  readonly legalDate: string
  readonly platformRef: string | null
  readonly inReplyTo: number | string | null
  readonly reason: string | null
  /** SHA-256 of the canonical payload, hex. */
  readonly sha256: string
  readonly payload: Readonly<Record<string, string>>
}

export interface ManifestPart {
  readonly no: number
  readonly items: number
  /** Size and hash of the gzip bytes as sent. */
  readonly bytes: number
  readonly sha256: string
}

export interface Manifest {
  readonly batchId: string
  readonly bureau: string
  readonly standard: StandardRef
  readonly itemCount: number
  readonly partCount: number
  readonly parts: readonly ManifestPart[]
  /** SHA-256 over the canonical manifest without this member. */
  readonly manifestSha256: string
}

export interface OutcomeCounts {
  readonly accepted: number
  readonly warned: number
  readonly rejected: number
  readonly duplicate: number
  readonly pending: number
}

export interface ItemError {
  readonly code: string
  readonly field: string | null
  readonly value: string | null
  readonly message: string
  readonly severity: 'error' | 'warning'
}

export interface ItemResult {
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly outcome: ItemOutcome
  readonly platformRef: string | null
  readonly errors: readonly ItemError[]
  readonly duplicateOf: { readonly platformRef: string; readonly sha256: string } | null
}

export interface BatchStatusReply {
  readonly state: 'open' | 'processing' | 'done' | 'failed'
  readonly receivedAt: string
  readonly counts: OutcomeCounts
  readonly missingParts: readonly number[]
}

export interface Receipt {
  readonly receiptNo: string
  readonly batchId: string
  readonly bureau: string
  readonly manifestSha256: string
  readonly receivedAt: string
  readonly settledAt: string
  readonly counts: OutcomeCounts
  readonly itemsSha256: string
}

export interface SignedReceipt {
  readonly receipt: Receipt
  /** Base64 DER SM2 signature over the canonical receipt. */
  readonly signature: string
}

export interface PlatformLimits {
  readonly maxPartBytes: number
  readonly maxPartItems: number
  readonly maxBatchItems: number
  readonly minPollSeconds: number
}

export interface Capabilities {
  readonly serverTime: string
  readonly protocol: readonly string[]
  readonly bureau: { readonly code: string; readonly name: string }
  readonly standards: readonly (StandardRef & { readonly from: string; readonly to: string | null })[]
  readonly limits: PlatformLimits
  readonly calendar: { readonly version: string }
  readonly idempotencyWindowDays: number
}

export interface LookupHit {
  readonly batchId: string
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly outcome: ItemOutcome
  readonly platformRef: string | null
  readonly sha256: string
  readonly receivedAt: string
  /** The content as the platform holds it, where it gives it: a look-up by natural key may. */
  readonly payload?: Readonly<Record<string, string>> | null
}

/** A feed event: the members beyond these depend on `type` and are read by the feedback service. */
export interface FeedEvent {
  readonly eventId: string
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly body: Readonly<Record<string, unknown>>
}

/** How a bureau answers a notice of the platform (protocol section 5). */
export const noticeAnswerKinds = ['corrected', 'noChangeNeeded', 'disputed'] as const
export type NoticeAnswerKind = (typeof noticeAnswerKinds)[number]

export interface FeedPage {
  readonly events: readonly FeedEvent[]
  readonly cursor: string
  readonly highWater: string
  readonly resyncRequired: boolean
}

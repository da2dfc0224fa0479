/**
 * The port to an exchange platform (protocol v1, sections 2 to 5). Every call answers with an outcome of the closed
 * union below and never throws for what the world can do to it; a throw is a defect.
 */
import type { BatchStatusReply, Capabilities, ItemResult, LookupHit, Manifest } from '@shared/domain/exchange'
import type { Operation } from '@shared/domain/record-status'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { TransportKind } from '@shared/domain/transport'
import type { Failure } from '@shared/kernel/failure'
import type { SigningKey } from '@engine/crypto/signing-key'

/** The reply that came, in the classes of protocol section 6. */
export type Reply<T> = { readonly kind: 'ok'; readonly value: T } | Refusal

/** Any reply but the hoped-for one. */
export type Refusal =
  /** The platform has certainly not taken the request, or may be asked again without effect. */
  | { readonly kind: 'retryable'; readonly failure: Failure; readonly retryAfterMs: number | null }
  /** The request may have been read and carried out although no clear answer came. */
  | { readonly kind: 'unknown'; readonly failure: Failure; readonly retryAfterMs: number | null }
  /** 401 or 403, or no key to sign with: nobody of this desk gets further. */
  | { readonly kind: 'auth'; readonly failure: Failure }
  /** 409 or 422, with the platform's own code and, for `parts_missing`, the parts. */
  | {
      readonly kind: 'conflict'
      readonly failure: Failure
      readonly code: string
      readonly missingParts: readonly number[]
    }
  /** This content will not be taken however often it is sent; names the item where the platform does. */
  | {
      readonly kind: 'poison'
      readonly failure: Failure
      readonly code: string
      readonly itemNo: number | null
    }
  /** An answer outside the contract. */
  | { readonly kind: 'protocol'; readonly failure: Failure }

/** Whether the same request will meet the same refusal, so that only a person can help. */
export const isCertain = ({ failure }: Refusal): boolean =>
  failure.code === 'transport.redirected' || failure.code === 'batch.person-needed'

/** The states a batch can have at the platform. */
export type PlatformBatchState = BatchStatusReply['state']

/** A batch as the platform says it stands; without an instant of arrival where the platform does not tell one. */
export interface PlatformStatus extends Omit<BatchStatusReply, 'receivedAt'> {
  readonly receivedAt: string | null
}

export interface OpenReply {
  readonly state: PlatformBatchState
  readonly receivedAt: string | null
  readonly missingParts: readonly number[]
}

/** One item outcome: as read, and the canonical JSON of what the platform listed (the receipt's hash is over it). */
export interface ItemRow {
  readonly result: ItemResult
  readonly canonical: string
}

export interface ItemsPage {
  readonly rows: readonly ItemRow[]
  /** Item number after which the next page starts; null at the end. */
  readonly next: number | null
}

/** A feed page whose events are still unread: each is judged by itself, so that one bad event spoils no other. */
export interface UnreadFeedPage {
  readonly events: readonly unknown[]
  readonly cursor: string
  readonly highWater: string
  readonly resyncRequired: boolean
}

export type LookupQuery =
  | { readonly batchId: string }
  | { readonly sha256: string }
  | { readonly naturalKey: string; readonly op: Operation }

export interface NoticeAnswer {
  readonly answer: 'corrected' | 'noChangeNeeded' | 'disputed'
  readonly recordId: string | null
  readonly revision: number | null
  readonly reason: string | null
}

/** What a way to a platform can and cannot do; the walk of a batch asks this and never which way it is. */
export interface TransportTraits {
  readonly kind: TransportKind
  /** Gives a signed receipt; without one the desk keeps what was answered as an unsigned statement. */
  readonly hasReceipts: boolean
  /** Brings late rejections, notices and standards. */
  readonly hasFeed: boolean
  /** What it can ask of the platform; other revisions stay at the desk. */
  readonly operations: readonly Operation[]
  /** Whether one delivery holds one record type only. */
  readonly isOneTypeEach: boolean
  /** Whether what was sent counts only once the batch has been closed; else every row counts from when it was sent. */
  readonly countsAtClose: boolean
}

/** One way to reach one platform as one client. All calls may be repeated with the same arguments. */
export interface Transport {
  readonly traits: TransportTraits
  readonly capabilities: (signal?: AbortSignal) => Promise<Reply<Capabilities>>
  readonly open: (manifest: Manifest, signal?: AbortSignal) => Promise<Reply<OpenReply>>
  readonly part: (
    batchId: string,
    no: number,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ) => Promise<Reply<null>>
  readonly close: (
    batchId: string,
    signal?: AbortSignal,
  ) => Promise<Reply<{ readonly state: PlatformBatchState }>>
  /** The platform's state of a batch; null when the platform itself says that it has no such batch. */
  readonly state: (batchId: string, signal?: AbortSignal) => Promise<Reply<PlatformStatus | null>>
  readonly items: (
    batchId: string,
    after: number,
    limit: number,
    signal?: AbortSignal,
  ) => Promise<Reply<ItemsPage>>
  /** The receipt's bytes as they came; they are JSON, nothing more is promised. */
  readonly receipt: (batchId: string, signal?: AbortSignal) => Promise<Reply<Uint8Array>>
  readonly lookup: (query: LookupQuery, signal?: AbortSignal) => Promise<Reply<readonly LookupHit[]>>
  readonly feed: (cursor: string, limit: number, signal?: AbortSignal) => Promise<Reply<UnreadFeedPage>>
  /** A signed package of a standard, as its bytes came; they are JSON, nothing more is promised. */
  readonly standard: (id: string, version: string, signal?: AbortSignal) => Promise<Reply<Uint8Array>>
  readonly answerNotice: (
    noticeId: string,
    answer: NoticeAnswer,
    signal?: AbortSignal,
  ) => Promise<Reply<null>>
  /**
   * Treats every item of a sealed batch as perhaps there, so that it is asked for before it is sent. Only where the
   * platform cannot be asked by content or natural key.
   */
  readonly doubt?: (batchId: string) => void
  /**
   * Takes a person's word for items of which no platform can tell whether it has them; how many that were. Only where
   * such a thing can be.
   */
  readonly decide?: (
    batchId: string,
    recordIds: readonly string[] | null,
    isHeld: boolean,
    reason: string,
  ) => number
  /** Platform time minus our time as last learnt, in milliseconds; used for signatures only. Null when never learnt. */
  readonly skewMs: () => number | null
  /** Lets go of open connections. */
  readonly dispose: () => void
}

/** Makes the transport of the exchange protocol over HTTP; tests may give one with a shorter deadline. */
export type TransportFactory = (connection: {
  readonly platformUrl: string
  readonly clientId: string
  /** Signs for the desk. */
  readonly key: SigningKey
  readonly spelling: SignatureSpelling
}) => Transport

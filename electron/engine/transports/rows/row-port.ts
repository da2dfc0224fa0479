/**
 * The port to a platform that takes rows and knows neither batches nor receipts. `rows-as-batches` makes a transport
 * of it, so that sealing, waiting, doubt and verdicts are those of every other way.
 */
import type { ItemError, PlatformLimits } from '@shared/domain/exchange'
import type { Reply, TransportTraits } from '@engine/transports/transport-port'

/** How the fields of a record type are used in rows, by their names on the wire. */
export interface RowLayout {
  readonly recordType: string
  /** Null where records of this type carry no document number. */
  readonly docNoField: string | null
  readonly subjectField: string
  readonly dateFields: ReadonlySet<string>
}

/** One sealed item as a row. */
export interface Row {
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly layout: RowLayout
  readonly docNo: string
  readonly subjectName: string
  /** Values by field name, as they were sealed. */
  readonly values: Readonly<Record<string, string>>
}

/** What is known of one row at the platform. A row of which nothing is said is in doubt. */
export type RowFate =
  /** There, and not decided yet. */
  | { readonly kind: 'held' }
  | { readonly kind: 'accepted'; readonly warnings: readonly ItemError[] }
  | { readonly kind: 'rejected'; readonly errors: readonly ItemError[] }
  /** Not there, as far as can be seen now. */
  | { readonly kind: 'absent' }

export interface RowAnswer {
  /** By item number. */
  readonly fates: ReadonlyMap<number, RowFate>
  /** What the platform said, as it came. */
  readonly evidence: Uint8Array
}

export interface RowTransport {
  readonly traits: TransportTraits
  readonly limits: PlatformLimits
  /** How long a row must have been seen to be absent before it is sent again, in milliseconds. */
  readonly absentForMs: number
  /** How the platform would name the row; stands for its reference. */
  readonly referenceOf: (row: Row) => string
  /** Whether the platform is there and knows this desk. */
  readonly check: (signal: AbortSignal | undefined) => Promise<Reply<null>>
  /** Sends rows in their order. A refusal other than `unknown` means that none of them was taken. */
  readonly send: (rows: readonly Row[], signal: AbortSignal | undefined) => Promise<Reply<RowAnswer>>
  /** Asks what became of rows; null where nobody can be asked but a person. */
  readonly ask: ((rows: readonly Row[], signal: AbortSignal | undefined) => Promise<Reply<RowAnswer>>) | null
  readonly dispose: () => void
}

import type { Manifest, WireItem } from '@shared/domain/exchange'

/** `fresh`: certainly not there; `doubt`: perhaps there; `held`: there, undecided; `done`: decided. */
export type RowState = 'fresh' | 'doubt' | 'held' | 'done'

export interface BookedRow {
  readonly itemNo: number
  readonly state: RowState
  /** Since when the platform has not shown a row in doubt; null while it was not looked for. */
  readonly absentSince: string | null
  /** The decided outcome as canonical JSON, for `done`. */
  readonly resultJson: string | null
}

export interface Evidence {
  readonly kind: 'send' | 'ask' | 'person'
  readonly at: string
  readonly sha256: string
}

/** A row that the platform may have, and since when that has been known. */
export interface PerhapsThere {
  readonly batchId: string
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly sha256: string
  readonly changedAt: string
}

/** The desk's own book of rows: what a platform without batches cannot tell is kept here, durably, before and after. */
export interface RowBook {
  /** Enters every item of a sealed batch as `fresh`; those entered before stay. */
  begin(batchId: string, at: string): void
  rows(batchId: string): readonly BookedRow[]
  /** One transaction over some rows of a batch, with what was said about them. */
  note(
    batchId: string,
    changes: readonly BookedRow[],
    at: string,
    evidence: { readonly kind: Evidence['kind']; readonly raw: Uint8Array } | null,
  ): void
  evidence(batchId: string): readonly Evidence[]
  /** Rows with this content, or of this batch, that may be at the platform: all but the fresh ones. */
  perhapsThere(query: { readonly sha256: string } | { readonly batchId: string }): readonly PerhapsThere[]
}

/** What was sealed, read back from the frozen bytes. */
export interface SealedBatches {
  manifest(batchId: string): Manifest
  items(batchId: string, partNo: number): readonly WireItem[]
}

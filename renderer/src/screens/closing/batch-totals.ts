import type { BatchView } from '@shared/contract/views/exchange-views'

/** Outcomes over several batches; the members after `items` add up to it. */
export interface BatchTotals {
  readonly items: number
  readonly accepted: number
  readonly warned: number
  readonly rejected: number
  readonly duplicate: number
  readonly unknown: number
  /** Without a verdict so far. */
  readonly pending: number
}

/** Adds up the outcomes of batches; what has no verdict is pending, whatever the platform has counted. */
export function totalOf(batches: readonly Pick<BatchView, 'items' | 'counts'>[]): BatchTotals {
  const sum = (pick: (batch: Pick<BatchView, 'items' | 'counts'>) => number): number =>
    batches.reduce((total, batch) => total + pick(batch), 0)
  const items = sum((batch) => batch.items)
  const accepted = sum((batch) => batch.counts.accepted)
  const warned = sum((batch) => batch.counts.warned)
  const rejected = sum((batch) => batch.counts.rejected)
  const duplicate = sum((batch) => batch.counts.duplicate)
  const unknown = sum((batch) => batch.counts.unknown)
  return {
    items,
    accepted,
    warned,
    rejected,
    duplicate,
    unknown,
    pending: Math.max(0, items - accepted - warned - rejected - duplicate - unknown),
  }
}

/** Items of a batch that the platform has not judged yet. */
export const unjudged = (batch: Pick<BatchView, 'items' | 'counts'>): number => {
  const { accepted, warned, rejected, duplicate } = batch.counts
  return Math.max(0, batch.items - accepted - warned - rejected - duplicate)
}

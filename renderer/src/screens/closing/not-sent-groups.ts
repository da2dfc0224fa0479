import type { NotSent } from '@shared/contract/views/exchange-views'

/** Records that stay for the same reason. */
export interface NotSentGroup {
  readonly reason: string
  readonly rows: readonly NotSent[]
}

/** What the clerk can act on comes first. */
const order = [
  'rejected',
  'blocked',
  'unconfirmed-warning',
  'duplicate-key',
  'too-large',
  'not-this-way',
  'in-review',
  'held',
  'in-flight',
  'excluded',
]

const rank = (reason: string): number => {
  const at = order.indexOf(reason)
  return at === -1 ? order.length : at
}

/** Groups the records that stay by reason, those that need a person first. */
export function groupNotSent(rows: readonly NotSent[]): readonly NotSentGroup[] {
  const groups = Map.groupBy(rows, (row) => row.reason)
  return [...groups]
    .map(([reason, members]) => ({ reason, rows: members }))
    .sort((a, b) => rank(a.reason) - rank(b.reason))
}

/** The distinct sentences behind a group, most frequent first, at most `limit`. */
export function groupSentences(group: NotSentGroup, limit: number): readonly string[] {
  const counts = Map.groupBy(group.rows, (row) => row.message)
  return [...counts]
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, limit)
    .map(([message]) => message)
}

import type { NotSent } from '@shared/contract/views/exchange-views'
import type { StaysCount } from '@shared/domain/stays-count'

/** Records that stay for the same reason: all of them counted, as many listed as there are at hand. */
export interface NotSentGroup extends StaysCount {
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
export function groupNotSent(
  rows: readonly NotSent[],
  stays: readonly StaysCount[],
): readonly NotSentGroup[] {
  const listed = Map.groupBy(rows, (row) => row.reason)
  return stays
    .map((line) => ({ ...line, rows: listed.get(line.reason) ?? [] }))
    .sort((a, b) => rank(a.reason) - rank(b.reason))
}

/** The distinct sentences behind a group, most frequent first, at most `limit`. */
export function groupSentences(group: Pick<NotSentGroup, 'rows'>, limit: number): readonly string[] {
  const counts = Map.groupBy(group.rows, (row) => row.message)
  return [...counts]
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, limit)
    .map(([message]) => message)
}

/** How many records stay for one reason. */
export interface StaysCount {
  readonly reason: string
  readonly count: number
  /** Of these, those whose term has passed. */
  readonly overdue: number
  /** Of these, those whose term ends today. */
  readonly dueToday: number
}

/** Counts records that stay by reason; `dueOn` and `today` are dates, YYYY-MM-DD, and null is never late. */
export function staysByReason(
  rows: readonly { readonly reason: string; readonly dueOn: string | null }[],
  today: string,
): readonly StaysCount[] {
  return [...Map.groupBy(rows, ({ reason }) => reason)].map(([reason, members]) => ({
    reason,
    count: members.length,
    overdue: members.filter(({ dueOn }) => dueOn !== null && dueOn < today).length,
    dueToday: members.filter(({ dueOn }) => dueOn === today).length,
  }))
}

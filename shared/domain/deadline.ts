/** How long a bureau has: the nth working day after the legal date, of which the day after is the first to count. */
export interface DeadlineTerm {
  readonly days: number
  readonly start: 'day-after'
}

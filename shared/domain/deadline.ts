/** Which day is the first that can count: the day after the legal date, or that day itself when it is a working day. */
export const deadlineStarts = ['day-after', 'same-day'] as const

export type DeadlineStart = (typeof deadlineStarts)[number]

/** How long a bureau has: the nth working day, counted from `start`. */
export interface DeadlineTerm {
  readonly days: number
  readonly start: DeadlineStart
}

import { addDays, addMonths } from '@shared/kernel/calendar-date'

/** The month `count` months after `YYYY-MM` (before, when negative). */
export const shiftMonth = (month: string, count: number): string =>
  addMonths(`${month}-01`, count).slice(0, 7)

/** Months from one to another, ends included. */
export function monthsFrom(first: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => shiftMonth(first, index))
}

/** First and last day of the months from `first` to `last`, ends included. */
export const daysOfMonths = (
  first: string,
  last: string,
): { readonly from: string; readonly to: string } => ({
  from: `${first}-01`,
  to: addDays(`${shiftMonth(last, 1)}-01`, -1),
})

/** The instants [from, to) of the months from `first` to `last` in China. */
export const instantsOfMonths = (
  first: string,
  last: string,
): { readonly from: string; readonly to: string } => ({
  from: startOf(first),
  to: startOf(shiftMonth(last, 1)),
})

/** Midnight in China is four in the afternoon of the day before in UTC. */
const startOf = (month: string): string => `${addDays(`${month}-01`, -1)}T16:00:00.000Z`

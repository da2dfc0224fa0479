/** A day of the proleptic Gregorian calendar as `YYYY-MM-DD`, and arithmetic on days without any clock or zone. */

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const DAYS_IN_400_YEARS = 146_097

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const digit = (text: string, at: number): number => {
  const code = text.charCodeAt(at) - 48
  return code >= 0 && code <= 9 ? code : Number.NaN
}

const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1)

/** Whether a year, month and day name a day that exists; years 1 to 9999. */
export function isRealDay(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return false
  return day <= (month === 2 && isLeap(year) ? 29 : DAYS_IN_MONTH[month - 1]!)
}

/** Whether a text is a real day written `YYYY-MM-DD`, nothing before or after. Allocates nothing. */
export function isCalendarDate(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false
  return isRealDay(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8))
}

/** `YYYY-MM-DD` of three numbers that `isRealDay` accepted. */
export function dateText(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Days since 0001-01-01 (day 0). The text must be a calendar date. */
export function dayNumber(date: string): number {
  const year = two(date, 0) * 100 + two(date, 2)
  const month = two(date, 5)
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  const inYear = DAYS_BEFORE_MONTH[month - 1]! + (month > 2 && isLeap(year) ? 1 : 0) + two(date, 8) - 1
  return before * 365 + leapDays + inYear
}

/** The day with a given number of days since 0001-01-01; the inverse of `dayNumber`. */
export function dateOfDay(number: number): string {
  const cycles = Math.floor(number / DAYS_IN_400_YEARS)
  let rest = number - cycles * DAYS_IN_400_YEARS
  let year = cycles * 400 + 1
  for (; rest >= (isLeap(year) ? 366 : 365); year++) rest -= isLeap(year) ? 366 : 365
  let month = 1
  for (; ; month++) {
    const length = month === 2 && isLeap(year) ? 29 : DAYS_IN_MONTH[month - 1]!
    if (rest < length) return dateText(year, month, rest + 1)
    rest -= length
  }
}

/** The day `days` later (or earlier when negative). */
export const addDays = (date: string, days: number): string => dateOfDay(dayNumber(date) + days)

/** Calendar days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** Day of the week, Monday = 1 to Sunday = 7. */
export const weekday = (date: string): number => (dayNumber(date) % 7) + 1

/** The same day `months` later (or earlier); the last day of a month that has no such day: 31 January + 1 is 28 February. */
export function addMonths(date: string, months: number): string {
  const total = (two(date, 0) * 100 + two(date, 2)) * 12 + two(date, 5) - 1 + months
  const year = Math.floor(total / 12)
  const month = (total % 12) + 1
  for (let day = two(date, 8); ; day--) if (isRealDay(year, month, day)) return dateText(year, month, day)
}

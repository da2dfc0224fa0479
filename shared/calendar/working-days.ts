import { addDays, addMonths, weekday } from '@shared/kernel/calendar-date'
import type { CalendarData } from './calendar-schema'

const SATURDAY = 6
/** From this day on a year is settled only when the next year's notice is out: it may claim days of December. */
const UNSURE_FROM = '-12-25'

/** Why a day is or is not a working day. */
export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make-up'

/** A day reached by counting; provisional when a day on the way belongs to a year without a notice. */
export interface CountedDay {
  readonly date: string
  readonly provisional: boolean
}

/** The working days of the People's Republic by State Council notice. All dates are YYYY-MM-DD. */
export interface WorkingCalendar {
  readonly id: string
  readonly version: string
  /** Why the day works or rests; without a notice only the week decides. */
  kindOf(date: string): DayKind
  isWorkingDay(date: string): boolean
  /** Whether the notices that could speak of this day are in the data. */
  isSettled(date: string): boolean
  /** The nth working day after a date (n >= 1), which itself does not count. */
  addWorkingDays(date: string, n: number): CountedDay
  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workingDaysBetween(from: string, to: string): number
}

/** Merges the notices of all years into one calendar. */
export function workingCalendar(data: CalendarData): WorkingCalendar {
  const years = Object.values(data.years)
  const off = new Set(years.flatMap((year) => year.off))
  const madeUp = new Set(years.flatMap((year) => year.work))
  const noticed = new Set(Object.keys(data.years))
  /** Working days of whole months by their first day. */
  const ofMonth = new Map<string, number>()

  function kindOf(date: string): DayKind {
    if (madeUp.has(date)) return 'make-up'
    if (off.has(date)) return 'holiday'
    return weekday(date) >= SATURDAY ? 'weekend' : 'weekday'
  }

  function isWorkingDay(date: string): boolean {
    const kind = kindOf(date)
    return kind === 'weekday' || kind === 'make-up'
  }

  function isSettled(date: string): boolean {
    const year = date.slice(0, 4)
    if (!noticed.has(year)) return false
    return date.slice(4) < UNSURE_FROM || noticed.has(String(Number(year) + 1))
  }

  function addWorkingDays(date: string, n: number): CountedDay {
    let day = date
    let provisional = false
    for (let counted = 0; counted < n;) {
      day = addDays(day, 1)
      provisional ||= !isSettled(day)
      if (isWorkingDay(day)) counted++
    }
    return { date: day, provisional }
  }

  function workingDaysBetween(from: string, to: string): number {
    if (to < from) return 0 - workingDaysBetween(to, from)
    let count = 0
    for (let day = from; day < to;) {
      day = addDays(day, 1)
      const lastDay = day.endsWith('-01') ? addDays(addMonths(day, 1), -1) : null
      if (lastDay !== null && lastDay <= to) {
        count += workingDaysOfMonth(day, lastDay)
        day = lastDay
      } else if (isWorkingDay(day)) count++
    }
    return count
  }

  /** A page of records that are years late asks for the same months over and over. */
  function workingDaysOfMonth(firstDay: string, lastDay: string): number {
    const known = ofMonth.get(firstDay)
    if (known !== undefined) return known
    let count = 0
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) if (isWorkingDay(day)) count++
    ofMonth.set(firstDay, count)
    return count
  }

  return {
    id: data.id,
    version: data.version,
    kindOf,
    isWorkingDay,
    isSettled,
    addWorkingDays,
    workingDaysBetween,
  }
}

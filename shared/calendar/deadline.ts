import type { ClockState } from '@shared/domain/record-status'
import { addDays } from '@shared/kernel/calendar-date'
import type { DeadlineTerm } from '@shared/domain/deadline'
import type { DayKind, WorkingCalendar } from './working-days'

/** One day of the arithmetic from the legal date to the last day in time. */
export interface DeadlineDay {
  readonly date: string
  readonly kind: DayKind
  /** The how manyth working day it is; null for days off. */
  readonly count: number | null
}

/** The last day in time and how it was found. */
export interface DueDate {
  readonly dueOn: string
  /** True when the span touches days whose holidays are not announced yet. */
  readonly provisional: boolean
  readonly days: readonly DeadlineDay[]
}

/** The nth working day from the first that can count. `legalDate` must be a calendar date. */
export function dueDate(legalDate: string, deadline: DeadlineTerm, calendar: WorkingCalendar): DueDate {
  const before = deadline.start === 'same-day' ? addDays(legalDate, -1) : legalDate
  const { date: dueOn, provisional } = calendar.addWorkingDays(before, deadline.days)
  const days: DeadlineDay[] = []
  let count = 0
  for (let date = addDays(before, 1); date <= dueOn; date = addDays(date, 1)) {
    const isWorking = calendar.isWorkingDay(date)
    if (isWorking) count++
    days.push({ date, kind: calendar.kindOf(date), count: isWorking ? count : null })
  }
  return { dueOn, provisional, days }
}

/** So many working days before its end a term is due soon. */
export const DUE_SOON_WORKING_DAYS = 2

/** Where a record stands against its last day in time. */
export interface ClockReading {
  readonly state: ClockState
  /** Working days left or to spare (0 = the last day itself); when overdue or met late, working days late. */
  readonly days: number
}

/**
 * The state of the clock on a business date. `receivedOn` is the business date at which the platform received the
 * record, or null; what it received is judged by that date and never by today's. A submission on a day off after
 * the last day is late by at least one day.
 */
export function clockOf(
  input: { readonly dueOn: string; readonly today: string; readonly receivedOn: string | null },
  calendar: WorkingCalendar,
): ClockReading {
  const { dueOn, today, receivedOn } = input
  const day = receivedOn ?? today
  const left = calendar.workingDaysBetween(day, dueOn)
  if (day > dueOn) return { state: receivedOn === null ? 'overdue' : 'met_late', days: Math.max(1, -left) }
  if (receivedOn !== null) return { state: 'met', days: left }
  if (day === dueOn) return { state: 'due_today', days: 0 }
  return { state: left <= DUE_SOON_WORKING_DAYS ? 'due_soon' : 'on_time', days: left }
}

/**
 * "Will I be late?": the time that is left until the last day in time, in working days and in hours of work. The law
 * counts the day on which the platform receives a record (seven working days, 发改办财金〔2018〕424号); the cut-off is
 * the desk's own closing time, after which a person may not be there to send.
 */
import { addDays } from '@shared/kernel/calendar-date'
import type { WorkingCalendar } from './working-days'

/** Hours of work of one day, `HH:mm`, ascending and apart. */
export type WorkHours = readonly { readonly from: string; readonly to: string }[]

/** Hours of work where a desk says nothing else; an assumption, not taken from any source. */
export const usualWorkHours: WorkHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:30' },
]

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Minutes of work of a working day between two times of day. */
const workBetween = (hours: WorkHours, from: number, to: number): number =>
  hours.reduce(
    (sum, span) => sum + Math.max(0, Math.min(to, minuteOf(span.to)) - Math.max(from, minuteOf(span.from))),
    0,
  )

/** The moment of asking as a business date and a time of day in China. */
export interface BusinessMoment {
  readonly date: string
  readonly time: string
}

export interface TimeLeft {
  /** Whether a record that arrives now is in time. */
  readonly isInTimeNow: boolean
  /** Minutes until tonight's cut-off; 0 once it has passed, null on a day off. */
  readonly minutesToCutOff: number | null
  /** Minutes of work until the cut-off of the last day; 0 when it has passed. */
  readonly workMinutes: number
  /** Working days on which work is still possible, today included while its cut-off has not passed. */
  readonly workDays: number
}

/** What is left at a moment until the cut-off of the last day in time. */
export function timeLeft(
  now: BusinessMoment,
  dueOn: string,
  day: { readonly cutOff: string; readonly hours: WorkHours },
  calendar: Pick<WorkingCalendar, 'isWorkingDay'>,
): TimeLeft {
  const closes = minuteOf(day.cutOff)
  const minute = minuteOf(now.time)
  let workMinutes = 0
  let workDays = 0
  for (let date = now.date; date <= dueOn; date = addDays(date, 1)) {
    if (!calendar.isWorkingDay(date)) continue
    const opens = date === now.date ? minute : 0
    if (opens >= closes) continue
    workMinutes += workBetween(day.hours, opens, closes)
    workDays++
  }
  return {
    isInTimeNow: now.date <= dueOn,
    minutesToCutOff: calendar.isWorkingDay(now.date) ? Math.max(0, closes - minute) : null,
    workMinutes,
    workDays,
  }
}

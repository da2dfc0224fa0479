import { isCalendarDate } from '@shared/kernel/calendar-date'
import { refuse } from '@shared/kernel/failure'
import * as v from 'valibot'

const date = v.pipe(v.string(), v.check(isCalendarDate, 'not a date YYYY-MM-DD'))

/**
 * Days off and make-up working days as the State Council announces them, by the year of the notice. The notice of a
 * year may speak of days of the December before, so that all years count together.
 */
const calendarSchema = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1)),
  version: v.pipe(v.string(), v.regex(/^\d{4}\.\d{1,4}$/)),
  title: v.pipe(v.string(), v.minLength(1)),
  years: v.record(
    v.pipe(v.string(), v.regex(/^\d{4}$/)),
    v.strictObject({
      notice: v.array(v.string()),
      off: v.pipe(v.array(date), v.minLength(1)),
      work: v.array(date),
    }),
  ),
})

/** One version of the holiday calendar. */
export type CalendarData = v.InferOutput<typeof calendarSchema>

/** Checks calendar data from a file or a feed. Throws `calendar.invalid` with `path` and `reason`. */
export function parseCalendar(raw: unknown): CalendarData {
  const parsed = v.safeParse(calendarSchema, raw)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return refuse('calendar.invalid', { path: v.getDotPath(issue) ?? '', reason: issue.message })
  }
  const days = Object.values(parsed.output.years)
  const off = new Set(days.flatMap((year) => year.off))
  const both = days.flatMap((year) => year.work).find((day) => off.has(day))
  if (both !== undefined)
    refuse('calendar.invalid', { path: 'years', reason: `${both} is off and a working day` })
  return parsed.output
}

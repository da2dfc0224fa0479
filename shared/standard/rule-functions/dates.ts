import { daysBetween, isCalendarDate } from '@shared/kernel/calendar-date'
import { isAmbiguousDate, readDate } from '@shared/standard/normalise/read-date'
import * as v from 'valibot'
import { FOUND, ruleFunction } from './rule-function'

/**
 * The value must be a real day, written YYYY-MM-DD. With `report: 'ambiguous'` it finds what can be read as more than
 * one day, which `malformed` then leaves alone.
 */
export const dateFormat = ruleFunction({
  name: 'dateFormat',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.strictObject({ report: v.exactOptional(v.picklist(['malformed', 'ambiguous'])) }),
  example: { report: 'malformed' },
  compile: (_, { report = 'malformed' }) => {
    if (report === 'ambiguous') return (value) => (isAmbiguousDate(value) ? FOUND : null)
    return (value) => {
      if (isCalendarDate(value) || isAmbiguousDate(value)) return null
      const date = readDate(value)
      return date === null ? FOUND : { fix: { value: date.value, proof: 'fix.date-spelling' } }
    }
  },
})

/** The first date must not be earlier than the second. Dates that are no dates are not compared. */
export const dateOrder = ruleFunction({
  name: 'dateOrder',
  scope: 'together',
  judgesBlank: false,
  options: v.strictObject({}),
  example: {},
  compile: ([, earlier]) => {
    const { code, label } = earlier!
    return (value, values) => {
      const other = values[code]
      if (other === undefined || value >= other || !isCalendarDate(value) || !isCalendarDate(other))
        return null
      return { params: { otherLabel: label, otherValue: other } }
    }
  },
})

/** The date must not be later than the business date. */
export const notFuture = ruleFunction({
  name: 'notFuture',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.strictObject({}),
  example: {},
  compile: () => (value, _, context) =>
    value > context.today && isCalendarDate(value) ? { params: { today: context.today } } : null,
})

const days = v.pipe(v.number(), v.integer(), v.minValue(1))

/**
 * The date must not lie more than `days` calendar days before the business date, or, with `after`, more than so many
 * days behind the date of another field.
 */
export const withinDays = ruleFunction({
  name: 'withinDays',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: (options) => !('after' in options),
  options: v.union([v.strictObject({ days }), v.strictObject({ days, after: v.string() })]),
  example: { days: 1095 },
  compile: (_, options, scope) => {
    if (!('after' in options)) {
      const found = { params: { days: options.days } }
      return (value, __, { today }) =>
        isCalendarDate(value) && daysBetween(value, today) > options.days ? found : null
    }
    const { code, label } = scope.field(options.after)
    return (value, values) => {
      const start = values[code]
      if (start === undefined || !isCalendarDate(start) || !isCalendarDate(value)) return null
      return daysBetween(start, value) > options.days
        ? { params: { days: options.days, otherLabel: label, otherValue: start } }
        : null
    }
  },
})

import {
  addDays,
  dateOfDay,
  dayNumber,
  daysBetween,
  isCalendarDate,
  weekday,
} from '@shared/kernel/calendar-date'
import { expect, it } from 'vitest'

const MS_PER_DAY = 86_400_000

it('agrees with the platform on every day of 1900 to 2100', () => {
  for (let ms = Date.UTC(1900, 0, 1); ms < Date.UTC(2100, 0, 1); ms += MS_PER_DAY) {
    const date = new Date(ms).toISOString().slice(0, 10)
    const number = dayNumber(date)
    if (
      dateOfDay(number) !== date ||
      weekday(date) !== (new Date(ms).getUTCDay() || 7) ||
      !isCalendarDate(date)
    ) {
      expect.fail(date)
    }
  }
})

it('counts over leap days and centuries', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
  expect(addDays('2023-02-28', 1)).toBe('2023-03-01')
  expect(addDays('2000-03-01', -1)).toBe('2000-02-29')
  expect(daysBetween('1900-02-28', '1900-03-01')).toBe(1)
})

it.each([
  '2024-02-30',
  '2023-02-29',
  '2024-2-3',
  '2024-00-10',
  '2024-13-01',
  '0000-01-01',
  '2024-01-011',
  '２０２４-01-01',
  '',
])('%s is no day', (text) => {
  expect(isCalendarDate(text)).toBe(false)
})

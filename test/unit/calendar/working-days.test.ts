import { loadCalendar } from '@engine/standards/calendar-loader'
import { clockOf, dueDate } from '@shared/calendar/deadline'
import { addDays } from '@shared/kernel/calendar-date'
import chineseDays from 'chinese-days'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const calendar = loadCalendar(resolve(import.meta.dirname, '../../../resources/calendars/cn-2026-2.json'))
const SEVEN = { days: 7, start: 'day-after' } as const

describe('the seventh working day', () => {
  it.each([
    ['2018-06-14', '2018-06-26'],
    ['2018-09-28', '2018-10-12'],
    ['2024-02-08', '2024-02-23'],
    ['2024-09-30', '2024-10-15'],
    ['2025-01-24', '2025-02-10'],
    ['2025-04-30', '2025-05-14'],
    ['2025-09-28', '2025-10-14'],
    ['2025-09-30', '2025-10-16'],
    ['2026-01-01', '2026-01-12'],
    ['2026-02-13', '2026-03-02'],
    ['2026-02-14', '2026-03-03'],
    ['2026-04-30', '2026-05-13'],
    ['2026-09-18', '2026-09-29'],
    ['2026-09-30', '2026-10-15'],
    ['2026-11-20', '2026-12-01'],
  ])('after %s is %s', (decision, due) => {
    expect(dueDate(decision, SEVEN, calendar)).toMatchObject({ dueOn: due, provisional: false })
  })

  it.each([
    ['2026-11-20', '2026-11-30', '2026-11-20'],
    ['2026-11-21', '2026-12-01', '2026-11-23'],
    ['2025-09-28', '2025-10-13', '2025-09-28'],
  ])('counted from the day itself, %s is %s', (decision, due, first) => {
    const { dueOn, days } = dueDate(decision, { days: 7, start: 'same-day' }, calendar)
    expect([dueOn, days.find((day) => day.count === 1)?.date]).toEqual([due, first])
  })

  it('is provisional when it reaches a year without a notice', () => {
    expect(dueDate('2026-12-25', SEVEN, calendar)).toMatchObject({ dueOn: '2027-01-05', provisional: true })
  })

  it('is provisional in the last days of the last year, which the next notice may claim', () => {
    expect(calendar.addWorkingDays('2026-12-21', 3)).toEqual({ date: '2026-12-24', provisional: false })
    expect(calendar.addWorkingDays('2026-12-21', 4)).toEqual({ date: '2026-12-25', provisional: true })
    expect(calendar.addWorkingDays('2022-12-26', 4).provisional).toBe(false)
  })

  it('shows its arithmetic', () => {
    const { days } = dueDate('2026-09-30', SEVEN, calendar)
    expect(days).toHaveLength(15)
    expect(days.filter((day) => day.count !== null).map((day) => day.count)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(days.find((day) => day.date === '2026-10-10')).toEqual({
      date: '2026-10-10',
      kind: 'make-up',
      count: 3,
    })
    expect(days[0]).toEqual({ date: '2026-10-01', kind: 'holiday', count: null })
    expect(days.find((day) => day.date === '2026-10-11')?.kind).toBe('weekend')
  })
})

describe('working days', () => {
  it('agree with an independent calendar on every day from 2018 to 2026', () => {
    const differing: string[] = []
    for (let day = '2018-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
      if (calendar.isWorkingDay(day) !== chineseDays.isWorkday(day)) differing.push(day)
    }
    expect(differing).toEqual([])
  })

  it('take the days of December that the next notice names', () => {
    expect(calendar.kindOf('2018-12-29')).toBe('make-up')
    expect(calendar.kindOf('2018-12-31')).toBe('holiday')
  })

  it('are counted from the day after, both ways', () => {
    expect(calendar.workingDaysBetween('2026-11-20', '2026-11-23')).toBe(1)
    expect(calendar.workingDaysBetween('2026-11-23', '2026-11-20')).toBe(-1)
    expect(calendar.workingDaysBetween('2026-11-20', '2026-11-22')).toBe(0)
    expect(calendar.workingDaysBetween('2026-11-22', '2026-11-20')).toBe(0)
  })
})

describe('the clock', () => {
  const dueOn = '2026-12-01'
  const at = (today: string, receivedOn: string | null = null) =>
    clockOf({ dueOn, today, receivedOn }, calendar)

  it.each([
    ['2026-11-20', 'on_time', 7],
    ['2026-11-26', 'on_time', 3],
    ['2026-11-27', 'due_soon', 2],
    ['2026-11-28', 'due_soon', 2],
    ['2026-11-30', 'due_soon', 1],
    ['2026-12-01', 'due_today', 0],
    ['2026-12-02', 'overdue', 1],
    ['2026-12-06', 'overdue', 3],
  ] as const)('on %s is %s by %i', (today, state, days) => {
    expect(at(today)).toEqual({ state, days })
  })

  it('judges what was received by the day of receipt', () => {
    expect(at('2027-06-01', '2026-12-01')).toEqual({ state: 'met', days: 0 })
    expect(at('2027-06-01', '2026-11-30')).toEqual({ state: 'met', days: 1 })
    expect(at('2027-06-01', '2026-12-03')).toEqual({ state: 'met_late', days: 2 })
  })

  it('is late by one day at least', () => {
    expect(clockOf({ dueOn: '2026-11-27', today: '2026-11-28', receivedOn: null }, calendar)).toEqual({
      state: 'overdue',
      days: 1,
    })
  })
})

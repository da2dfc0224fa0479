import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadInstalledCalendar } from '@engine/standards/installed-standard'
import { timeLeft, usualWorkHours } from '@shared/calendar/lateness'
import { addDays } from '@shared/kernel/calendar-date'

const calendar = loadInstalledCalendar(resolve(import.meta.dirname, '../../../resources'))

const dates = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2018-07-01', days))
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const times = fc.integer({ min: 0, max: 24 * 60 - 1 }).map(clock)

/** Walks minute by minute: slow, and with nothing in common with the formula. */
function walked(now: { date: string; time: string }, dueOn: string, cutOff: string): number {
  let minutes = 0
  for (let date = now.date; date <= dueOn; date = addDays(date, 1)) {
    for (let minute = 0; minute < 24 * 60; minute++) {
      const time = clock(minute)
      const isWork = usualWorkHours.some(({ from, to }) => time >= from && time < to)
      const isAhead = date > now.date || time >= now.time
      if (isWork && isAhead && time < cutOff && calendar.isWorkingDay(date)) minutes++
    }
  }
  return minutes
}

describe('the time that is left', () => {
  it('is the minutes of work that a walk through the days counts', () => {
    fc.assert(
      fc.property(dates, times, fc.integer({ min: -3, max: 14 }), times, (date, time, ahead, cutOff) => {
        const dueOn = addDays(date, ahead)
        const left = timeLeft({ date, time }, dueOn, { cutOff, hours: usualWorkHours }, calendar)
        expect(left.workMinutes).toBe(walked({ date, time }, dueOn, cutOff))
        expect(left.isInTimeNow).toBe(ahead >= 0)
      }),
      { numRuns: 60 },
    )
  })

  it('only shrinks as time goes by', () => {
    fc.assert(
      fc.property(dates, times, times, fc.integer({ min: 0, max: 12 }), (date, one, other, ahead) => {
        const [sooner, later] = one <= other ? [one, other] : [other, one]
        const at = (time: string) =>
          timeLeft({ date, time }, addDays(date, ahead), { cutOff: '17:00', hours: usualWorkHours }, calendar)
        expect(at(later).workMinutes).toBeLessThanOrEqual(at(sooner).workMinutes)
        expect(at(later).workDays).toBeLessThanOrEqual(at(sooner).workDays)
      }),
    )
  })

  it('says so on a day off, on the last evening and on the morning after', () => {
    const day = { cutOff: '17:00', hours: usualWorkHours }
    const left = (date: string, time: string) => timeLeft({ date, time }, '2026-12-01', day, calendar)
    expect(left('2026-11-28', '10:00')).toMatchObject({ minutesToCutOff: null, workDays: 2 })
    expect(left('2026-12-01', '16:20')).toEqual({
      isInTimeNow: true,
      minutesToCutOff: 40,
      workMinutes: 40,
      workDays: 1,
    })
    expect(left('2026-12-01', '18:00')).toMatchObject({
      isInTimeNow: true,
      minutesToCutOff: 0,
      workMinutes: 0,
    })
    expect(left('2026-12-02', '08:00')).toMatchObject({ isInTimeNow: false, workMinutes: 0, workDays: 0 })
  })
})

import { addDays, daysBetween, isCalendarDate, weekday } from '@shared/kernel/calendar-date'
import { businessDate, businessTime } from '@shared/kernel/clock'

const WEEK = ['一', '二', '三', '四', '五', '六', '日'] as const
const grouped = new Intl.NumberFormat('zh-CN')

/** A number with thousands separators. */
export const numberText = (value: number): string => grouped.format(value)

/** Decimal text with thousands separators before the point; digit for digit, never through a floating number. */
export function groupedText(decimal: string): string {
  const [integer = '', fraction] = decimal.split('.')
  const whole = integer.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? whole : `${whole}.${fraction}`
}

/** A rate 0..1 as per cent with one decimal; a dash when there is none. */
export const rateText = (rate: number | null): string => (rate === null ? '—' : `${(rate * 100).toFixed(1)}%`)

const weekName = (date: string): string => WEEK[weekday(date) - 1] ?? ''

/** `11-23 周一`; the year is added when it is not that of `today`. Anything but a date comes back as it is. */
export function dayText(date: string, today: string): string {
  if (!isCalendarDate(date)) return date
  return `${date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date} 周${weekName(date)}`
}

/** `11月20日`, with the year in front when it is not that of `today`. */
export function monthDayText(date: string, today: string): string {
  if (!isCalendarDate(date)) return date
  const day = `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`
  return date.slice(0, 4) === today.slice(0, 4) ? day : `${date.slice(0, 4)}年${day}`
}

/** `11月20日 星期五`. */
export const fullDayText = (date: string): string =>
  isCalendarDate(date) ? `${monthDayText(date, date)} 星期${weekName(date)}` : date

/** An instant as a clerk says it: `16:41` of today, `昨天 16:41`, `周三 10:12` of the last week, else the date. */
export function momentText(instant: string, today: string): string {
  const date = businessDate(instant)
  const time = businessTime(instant)
  if (date === today) return `今天 ${time}`
  if (!isCalendarDate(today)) return `${date} ${time}`
  if (date === addDays(today, -1)) return `昨天 ${time}`
  const ago = daysBetween(date, today)
  if (ago > 1 && ago < 7) return `周${weekName(date)} ${time}`
  return `${date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date} ${time}`
}

/** `16:41` in China. */
export const timeText = (instant: string): string => businessTime(instant)

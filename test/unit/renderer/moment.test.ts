import { describe, expect, it } from 'vitest'
import {
  dayText,
  fullDayText,
  groupedText,
  momentText,
  monthDayText,
  numberText,
  rateText,
} from '@renderer/texts/moment'

describe('days and moments as a clerk says them', () => {
  it('names the day of the week and leaves the year out while it is this year', () => {
    expect(dayText('2026-11-23', '2026-11-20')).toBe('11-23 周一')
    expect(dayText('2027-01-03', '2026-11-20')).toBe('2027-01-03 周日')
    expect(monthDayText('2027-01-03', '2026-11-20')).toBe('2027年1月3日')
    expect(fullDayText('2026-11-20')).toBe('11月20日 星期五')
  })

  it('shows what is no date as it is', () => {
    expect(dayText('2026-02-30', '2026-11-20')).toBe('2026-02-30')
    expect(monthDayText('', '2026-11-20')).toBe('')
  })

  it('reads instants in China, whatever the zone of the PC', () => {
    expect(momentText('2026-11-19T16:01:00.000Z', '2026-11-20')).toBe('今天 00:01')
    expect(momentText('2026-11-19T15:59:00.000Z', '2026-11-20')).toBe('昨天 23:59')
    expect(momentText('2026-11-18T02:12:00.000Z', '2026-11-20')).toBe('周三 10:12')
    expect(momentText('2026-11-13T02:12:00.000Z', '2026-11-20')).toBe('11-13 10:12')
    expect(momentText('2025-12-31T02:12:00.000Z', '2026-11-20')).toBe('2025-12-31 10:12')
  })
})

describe('numbers', () => {
  it('groups digits and never rounds decimal text', () => {
    expect(numberText(18_204)).toBe('18,204')
    expect(groupedText('2000')).toBe('2,000')
    expect(groupedText('1234567.000001')).toBe('1,234,567.000001')
    expect(groupedText('0.2')).toBe('0.2')
  })

  it('says a dash where there is no rate', () => {
    expect(rateText(0.992)).toBe('99.2%')
    expect(rateText(null)).toBe('—')
  })
})

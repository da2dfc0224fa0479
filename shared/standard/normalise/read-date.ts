import { addDays, dateText, isRealDay } from '@shared/kernel/calendar-date'
import type { NormalisationKind } from '@shared/standard/standard'
import { toHalfWidth } from './half-width'

/** How the standard writes "no end". */
export const LONG_TERM = '2099-12-31'

const LONG_TERM_WORDS: ReadonlySet<string> = new Set([
  '长期',
  '长期有效',
  '永久',
  '永久有效',
  '无固定期限',
  '无限期',
])
const TIME = String.raw`(?:[T\s]{1,2}\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?`
const SEPARATED = new RegExp(
  String.raw`^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?${TIME}$`,
  'u',
)
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const CHINESE =
  /^([零〇○0一二三四五六七八九]{4})年([元正一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]$/u
const SERIAL = /^(\d{5,7})(?:\.\d{1,12})?$/

/** Excel's day 0 for dates after February 1900. */
const SERIAL_EPOCH = '1899-12-30'
/** Day 0 of workbooks that count from 1904 is so many days later. */
const DAYS_TO_1904 = 1_462
/** 1954 to 2119: a five-digit number outside is no decision date. */
const SERIALS = { from: 20_000, before: 80_000, ofYear9999: 2_958_465 } as const

/** A date read from any accepted spelling, and what reading it meant. */
export interface ReadDate {
  readonly value: string
  readonly kind: NormalisationKind
}

const plain = (year: number, month: number, day: number): ReadDate | null => {
  if (!isRealDay(year, month, day)) return null
  if (year === 9999 && month === 12 && day === 31) return { value: LONG_TERM, kind: 'long-term' }
  return { value: dateText(year, month, day), kind: 'date' }
}

/** The zero of a year is written in four ways; the first month has names of its own. */
const SAME_DIGIT: Readonly<Record<string, string>> = { 〇: '零', '○': '零', '0': '零', 元: '一', 正: '一' }

const chineseDigit = (character: string): number =>
  '零一二三四五六七八九'.indexOf(SAME_DIGIT[character] ?? character)

/** 一 to 三十一: tens and ones around 十. */
function chineseDay(text: string): number {
  const ten = text.indexOf('十')
  if (ten === -1) return text.length === 1 ? chineseDigit(text) : Number.NaN
  const tens = ten === 0 ? 1 : chineseDigit(text.slice(0, ten))
  const ones = text.slice(ten + 1)
  if (ten > 1 || ones.length > 1) return Number.NaN
  return tens * 10 + (ones === '' ? 0 : chineseDigit(ones))
}

function fromSerial(text: string, is1904: boolean): ReadDate | null {
  const [, days] = SERIAL.exec(text) ?? []
  if (days === undefined) return null
  const serial = Number(days) + (is1904 ? DAYS_TO_1904 : 0)
  if (serial === SERIALS.ofYear9999) return { value: LONG_TERM, kind: 'long-term' }
  if (serial < SERIALS.from || serial >= SERIALS.before) return null
  return { value: addDays(SERIAL_EPOCH, serial), kind: 'serial-date' }
}

/**
 * Reads a date as clerks and workbooks write it: 2024-1-5, 2024/1/5, 2024.1.5, 20240105, 2024年1月5日,
 * 二〇二四年一月五日, with or without a time of day, an Excel serial number (`is1904`: of a workbook that counts from
 * 1904), 长期. Two-digit years and day-first orders are ambiguous and refused, as is a day that does not exist: null.
 */
export function readDate(text: string, is1904 = false): ReadDate | null {
  if (text.length > 40) return null
  const tidy = toHalfWidth(text).trim()
  if (LONG_TERM_WORDS.has(tidy)) return { value: LONG_TERM, kind: 'long-term' }
  const match = SEPARATED.exec(tidy) ?? COMPACT.exec(tidy)
  if (match) return plain(Number(match[1]), Number(match[2]), Number(match[3]))
  const chinese = CHINESE.exec(tidy)
  if (chinese) {
    const year = [...chinese[1]!].reduce((sum, character) => sum * 10 + chineseDigit(character), 0)
    return plain(year, chineseDay(chinese[2]!), chineseDay(chinese[3]!))
  }
  return fromSerial(tidy, is1904)
}

const SHORT = /^(\d{1,2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{4}|\d{1,2})\s?[日号]?$/u

/** Whether a text is a day whose year, month and day may stand in more than one order: 26-1-5, 5/1/2026. */
export function isAmbiguousDate(text: string): boolean {
  if (text.length > 40) return false
  const match = SHORT.exec(toHalfWidth(text).trim())
  if (!match) return false
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const year = third < 100 ? 2000 + third : third
  return (
    isRealDay(year, second, first) ||
    isRealDay(year, first, second) ||
    (third < 100 && isRealDay(2000 + first, second, third))
  )
}

/** Excel's day numbers and the number formats that make them dates. Only whole days; no time zone is involved. */

const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)
/** Serial of 9999-12-31 in the 1900 system. */
const LAST_SERIAL = 2_958_465
/** Excel's 1900 has a 29 February that never was; smaller serials are ambiguous and stay numbers. */
const FIRST_SAFE_SERIAL = 61

/** The date (YYYY-MM-DD) of a stored day number, time of day dropped; null when it is no date anybody writes. */
export function dateOfSerial(stored: string, is1904: boolean): string | null {
  const serial = Number(stored)
  if (!Number.isFinite(serial) || serial < (is1904 ? 0 : FIRST_SAFE_SERIAL) || serial >= LAST_SERIAL + 1)
    return null
  const time = (is1904 ? EPOCH_1904 : EPOCH_1900) + Math.floor(serial) * DAY_MS
  const date = new Date(time).toISOString()
  return date.length === 24 ? date.slice(0, 10) : null
}

/** The date part of an ISO 8601 cell (`t="d"`); null when it is none. */
export function dateOfIso(stored: string): string | null {
  return /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(stored)?.[0] ?? null
}

/** Built-in formats that show a day, in the Chinese locale too (ECMA-376 part 1, 18.8.30). */
const BUILT_IN_DATES: ReadonlyMap<number, string> = new Map([
  [14, 'm/d/yyyy'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [22, 'm/d/yyyy h:mm'],
  [27, 'yyyy"年"m"月"'],
  [28, 'm"月"d"日"'],
  [29, 'm"月"d"日"'],
  [30, 'm-d-yy'],
  [31, 'yyyy"年"m"月"d"日"'],
  [36, 'yyyy"年"m"月"'],
  [50, 'yyyy"年"m"月"'],
  [51, 'm"月"d"日"'],
  [52, 'yyyy"年"m"月"'],
  [53, 'm"月"d"日"'],
  [54, 'm"月"d"日"'],
  [57, 'yyyy"年"m"月"'],
  [58, 'm"月"d"日"'],
])

const BUILT_IN_NUMBERS: ReadonlyMap<number, string> = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [49, '@'],
])

/** A number format as a cell uses it. */
export interface NumberFormat {
  /** Absent for `General`. */
  readonly code?: string
  readonly isDate: boolean
}

/** The format of a built-in id; unknown ids count as `General`. */
export function builtInFormat(id: number): NumberFormat {
  const date = BUILT_IN_DATES.get(id)
  if (date !== undefined) return { code: date, isDate: true }
  const number = BUILT_IN_NUMBERS.get(id)
  return number === undefined ? { isDate: false } : { code: number, isDate: false }
}

/** A format of the workbook's own: a date when it shows year or day, or a month without hours. */
export function customFormat(code: string): NumberFormat {
  if (/^general$/i.test(code)) return { isDate: false }
  const shown = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .replace(/\[[^\]]*\]/g, '')
  const isDate =
    !/general/i.test(shown) && (/[yd]/i.test(shown) || (/m/i.test(shown) && !/[hs0#?]/i.test(shown)))
  return { code, isDate }
}

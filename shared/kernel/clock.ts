/** The time port: the only source of "now" in the product. */
export interface Clock {
  /** The present instant, RFC 3339 UTC with milliseconds. */
  now(): string
}

/** Business dates are those of China, whatever zone the PC is set to. China has had no summer time since 1992. */
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000

/** Length of an instant as clocks give it, down to the milliseconds. */
const INSTANT_LENGTH = 24
/** In UTC, from when on it is the next day in China. */
const NEXT_DAY_FROM = '16'

/** The calendar date (YYYY-MM-DD) in Asia/Shanghai at an instant. */
export function businessDate(instant: string): string {
  // Asked for every record of an import, nearly always in working hours, when both calendars show one date.
  const isPlain = instant.length === INSTANT_LENGTH && instant.endsWith('Z')
  if (isPlain && instant.slice(11, 13) < NEXT_DAY_FROM) return instant.slice(0, 10)
  return new Date(Date.parse(instant) + CHINA_OFFSET_MS).toISOString().slice(0, 10)
}

/** The time of day (HH:mm) in Asia/Shanghai at an instant. */
export function businessTime(instant: string): string {
  return new Date(Date.parse(instant) + CHINA_OFFSET_MS).toISOString().slice(11, 16)
}

/** The instant at which a business date begins. */
export const businessDayStart = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) - CHINA_OFFSET_MS).toISOString()

import { numberText } from '@renderer/texts/moment'

const UNITS = ['B', 'KB', 'MB', 'GB'] as const

/** A size in bytes for reading, in the largest unit that keeps it above one: `980 B`, `1.5 MB`. */
export function sizeText(bytes: number): string {
  let value = bytes
  let unit = 0
  for (; value >= 1024 && unit < UNITS.length - 1; unit++) value /= 1024
  return `${numberText(unit === 0 ? value : Math.round(value * 10) / 10)} ${UNITS[unit]!}`
}

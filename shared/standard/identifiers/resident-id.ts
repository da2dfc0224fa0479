import { dateText, isRealDay } from '@shared/kernel/calendar-date'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECK = '10X98765432'
const SHAPE = /^\d{17}[0-9X]$/
const LEGACY = /^\d{15}$/

/** Province prefixes of GB/T 2260, with Taiwan, Hong Kong and Macao; counties change too often to be judged. */
const PROVINCES: ReadonlySet<string> = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 ' +
    '50 51 52 53 54 61 62 63 64 65 71 81 82 83'
  ).split(' '),
)

/** The check character of the first 17 digits (ISO 7064 MOD 11-2). */
export function residentIdCheckCharacter(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * WEIGHTS[i]!
  return CHECK[sum % 11]!
}

/** Date of birth in an 18-character number, or null when there is no such day. */
function birthDate(text: string): string | null {
  const year = Number(text.slice(6, 10))
  const month = Number(text.slice(10, 12))
  const day = Number(text.slice(12, 14))
  return isRealDay(year, month, day) ? dateText(year, month, day) : null
}

/** The 18-character form of a 15-digit number of before 1999: century 19 and the check character added. */
export function extendLegacyResidentId(text: string): string {
  const first17 = `${text.slice(0, 6)}19${text.slice(6)}`
  return first17 + residentIdCheckCharacter(first17)
}

export type ResidentIdFinding = 'shape' | 'check-digit' | 'date' | 'region' | 'legacy'

/**
 * Looks at a resident identity number (GB 11643-1999), upper case. `legacy`: a sound 15-digit number. `date`: the
 * birth date does not exist or, when `today` is given, lies after it. An abolished county is no finding.
 */
export function inspectResidentId(text: string, today?: string): ResidentIdFinding | null {
  if (LEGACY.test(text)) return inspectResidentId(extendLegacyResidentId(text), today) ?? 'legacy'
  if (!SHAPE.test(text)) return 'shape'
  if (!PROVINCES.has(text.slice(0, 2))) return 'region'
  const born = birthDate(text)
  if (born === null || (today !== undefined && born > today) || born < '1850-01-01') return 'date'
  return residentIdCheckCharacter(text) === text[17] ? null : 'check-digit'
}

/**
 * The numbers of the standard judged a second time, written from the texts of the norms and by other methods than the
 * product's: one congruence over the whole number (Horner) instead of weights and a computed check character, a table
 * of transitions for the recursive system, the platform's own calendar for dates, scanning instead of patterns.
 */
import type { IdentifierFinding, IdentifierKind } from '@shared/standard/identifiers/identifier-registry'

const DIGITS = '0123456789'
const LATIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** GB 32100-2015, table 2: the 31 characters in the order of their values. */
const CREDIT = [...(DIGITS + LATIN)].filter((character) => !'IOSVZ'.includes(character)).join('')

/** Value of every character in one alphabet, by code; -1 outside. */
const valuesOf = (alphabet: string): Int8Array => {
  const values = new Int8Array(128).fill(-1)
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i
  return values
}
const DIGIT = valuesOf(DIGITS)
const ALPHANUMERIC = valuesOf(DIGITS + LATIN)
const CREDIT_VALUE = valuesOf(CREDIT)

const consistsOf = (text: string, values: Int8Array, from = 0, to = text.length): boolean => {
  for (let i = from; i < to; i++) if ((values[text.charCodeAt(i)] ?? -1) < 0) return false
  return true
}

/** GB 11714: with weights 2^8 .. 2^1 and the check character (X = 10) the sum is divisible by 11. */
function isOrgCode(text: string, from = 0): boolean {
  let sum = 0
  for (let i = from; i < from + 8; i++) sum = sum * 2 + ALPHANUMERIC[text.charCodeAt(i)]!
  const last = text[from + 8]!
  const check = last === 'X' ? 10 : DIGIT[last.charCodeAt(0)]!
  return check >= 0 && (sum * 2 + check) % 11 === 0
}

const isOrgShape = (text: string): boolean =>
  text.length === 9 &&
  consistsOf(text, ALPHANUMERIC, 0, 8) &&
  (DIGIT[text.charCodeAt(8)]! >= 0 || text[8] === 'X')

function uscc(text: string): IdentifierFinding | null {
  if (text.length !== 18 || !consistsOf(text, ALPHANUMERIC)) {
    if (text.length === 15 && consistsOf(text, DIGIT)) return 'legacy'
    return isOrgShape(text) && isOrgCode(text) ? 'legacy' : 'shape'
  }
  if (text.slice(0, 17) === '00000000000000000' && '0X'.includes(text[17]!)) return 'placeholder'
  if (!consistsOf(text, CREDIT_VALUE)) return 'characters'
  // The first 17 as a number written backwards in base 3, plus the check value, is a multiple of 31.
  let number = 0n
  for (let i = 16; i >= 0; i--) number = number * 3n + BigInt(CREDIT_VALUE[text.charCodeAt(i)]!)
  if ((number + BigInt(CREDIT_VALUE[text.charCodeAt(17)]!)) % 31n !== 0n) return 'check-digit'
  return isOrgCode(text, 8) ? null : 'embedded-org-code'
}

function orgCode(text: string): IdentifierFinding | null {
  if (!isOrgShape(text)) return 'shape'
  return isOrgCode(text) ? null : 'check-digit'
}

/** ISO 7064 MOD 11-2: the number in base 2, X counting 10 at the end, leaves 1. */
function leavesOne(text: string): boolean {
  let rest = 0
  for (let i = 0; i < 17; i++) rest = (rest * 2 + DIGIT[text.charCodeAt(i)]!) % 11
  return (rest * 2 + (text[17] === 'X' ? 10 : DIGIT[text.charCodeAt(17)]!)) % 11 === 1
}

/** Last province number of each region of GB/T 2260 (1 north, 2 north-east, .. 8 the two special regions and 83). */
const PROVINCES = ['', '1-5', '1-3', '1-7', '1-6', '0-4', '1-5', '1-1', '1-3'].map((range) =>
  range === '' ? null : { from: Number(range[0]), to: Number(range[2]) },
)

function isProvince(text: string): boolean {
  const region = PROVINCES[Number(text[0])]
  const number = Number(text[1])
  return region != null && number >= region.from && number <= region.to
}

function isBirthDate(text: string, today: string | undefined): boolean {
  const date = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  const instant = Date.parse(`${date}T00:00:00Z`)
  const isDay = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date)
  return isDay && date >= '1850-01-01' && (today === undefined || date <= today)
}

function residentId(text: string, today?: string): IdentifierFinding | null {
  const isOld = text.length === 15
  if (!isOld && text.length !== 18) return 'shape'
  if (!consistsOf(text, DIGIT, 0, isOld ? 15 : 17)) return 'shape'
  if (!isOld && DIGIT[text.charCodeAt(17)]! < 0 && text[17] !== 'X') return 'shape'
  const whole = isOld ? `${text.slice(0, 6)}19${text.slice(6)}` : text
  if (!isProvince(whole)) return 'region'
  if (!isBirthDate(whole, today)) return 'date'
  if (isOld) return 'legacy'
  return leavesOne(text) ? null : 'check-digit'
}

/** ISO 7064 MOD 11,10 as a table: from a remainder (1 to 10) and a digit to the next remainder. */
const NEXT_REMAINDER = Array.from({ length: 11 }, (_, remainder) =>
  Array.from({ length: 10 }, (_, digit) => {
    const sum = (remainder + digit) % 10
    return ((sum === 0 ? 10 : sum) * 2) % 11
  }),
)

function regNo15(text: string): IdentifierFinding | null {
  if (text.length !== 15 || !consistsOf(text, DIGIT)) return 'shape'
  let remainder = 10
  for (let i = 0; i < 14; i++) remainder = NEXT_REMAINDER[remainder]![DIGIT[text.charCodeAt(i)]!]!
  return (remainder + DIGIT[text.charCodeAt(14)]!) % 10 === 1 ? null : 'check-digit'
}

const taxNo = (text: string): IdentifierFinding | null =>
  [15, 17, 18, 20].includes(text.length) && consistsOf(text, ALPHANUMERIC) ? null : 'shape'

/** The kinds that are judged twice. */
export const secondOpinion = { uscc, orgCode, residentId, regNo15, taxNo } as const satisfies Partial<
  Record<IdentifierKind, (text: string, today?: string) => IdentifierFinding | null>
>

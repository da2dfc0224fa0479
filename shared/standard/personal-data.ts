/** Finds the numbers that identify a person inside free text: identity numbers, mobile numbers, bank cards. */
import { inspectResidentId } from './identifiers/resident-id'
import { inspectUscc } from './identifiers/uscc'

/** One thing found: `[start, end)` in UTF-16 units of the text, and what may stand there in public. */
export interface PersonalData {
  readonly start: number
  readonly end: number
  readonly masked: string
}

const MAYBE_PERSONAL = /\d{11}/
const LONG_NUMBERS = /(?<![0-9A-Za-z])\d{11,19}[Xx]?(?![0-9A-Za-z])/g
const MOBILE = /^1[3-9]\d{9}$/
const NOTHING: readonly PersonalData[] = Object.freeze([])

/** Whether the digits of a bank card hold (Luhn). */
function isCardNumber(digits: string): boolean {
  if (digits.length < 16) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}

const isPersonalNumber = (number: string): boolean =>
  MOBILE.test(number) ||
  (number.length === 18 && inspectResidentId(number.toUpperCase()) === null) ||
  (/^[3-6]\d{15,18}$/.test(number) && isCardNumber(number) && inspectUscc(number) !== null)

/** The first character stays, so that a reader sees what kind of number stood here. */
const maskedNumber = (number: string): string => number.charAt(0) + '*'.repeat(number.length - 1)

/** Everything personal in a text, in the order of the text. */
export function findPersonalData(text: string): readonly PersonalData[] {
  if (!MAYBE_PERSONAL.test(text)) return NOTHING
  return Array.from(text.matchAll(LONG_NUMBERS), ({ 0: number, index: start }) => ({ number, start }))
    .filter(({ number }) => isPersonalNumber(number))
    .map(({ number, start }) => ({ start, end: start + number.length, masked: maskedNumber(number) }))
}

/** The text with everything personal in it masked. */
export function withoutPersonalData(text: string): string {
  let result = ''
  let from = 0
  for (const { start, end, masked } of findPersonalData(text)) {
    result += text.slice(from, start) + masked
    from = end
  }
  return result + text.slice(from)
}

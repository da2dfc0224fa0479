import { orgCodeDigit } from './org-code'

/** GB 32100-2015: the value of a character is its place here; I, O, S, V and Z do not occur. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** 3^i mod 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

/** Value by UTF-16 code; 255 = not in the alphabet. */
const VALUE = new Uint8Array(128).fill(255)
for (let i = 0; i < ALPHABET.length; i++) VALUE[ALPHABET.charCodeAt(i)] = i

/** The check character of the first 17 characters; null when one of them is not in the alphabet. */
export function usccCheckCharacter(first17: string): string | null {
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const code = first17.charCodeAt(i)
    const value = code < 128 ? VALUE[code]! : 255
    if (value === 255) return null
    sum += value * WEIGHTS[i]!
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!
}

/** Whether the nine characters of the organisation inside the code pass GB 11714; legacy bodies may fail. */
export function hasValidOrgCode(uscc: string): boolean {
  return orgCodeDigit(uscc.slice(8, 16)) === uscc[16]
}

const SHAPE = /^[0-9A-Z]{18}$/
const REGISTRATION_NUMBER = /^\d{15}$/
const ORGANISATION_CODE = /^[0-9A-Z]{9}$/
const ZEROS = /^0{17}[0X]$/

export type UsccFinding =
  'shape' | 'characters' | 'check-digit' | 'placeholder' | 'legacy' | 'embedded-org-code'

/**
 * Looks at a unified social credit code (GB 32100-2015), upper case, half width.
 * `legacy`: it is a 15-digit registration number or a 9-character organisation code, so it belongs into another
 * field. `embedded-org-code`: the code holds but its organisation part fails GB 11714 (older bodies).
 */
export function inspectUscc(text: string): UsccFinding | null {
  // A check character that holds says that the shape does; zeros are the one text of which that means nothing.
  if (text.length === 18 && !text.startsWith('0') && usccCheckCharacter(text) === text[17])
    return hasValidOrgCode(text) ? null : 'embedded-org-code'
  if (!SHAPE.test(text)) {
    if (REGISTRATION_NUMBER.test(text)) return 'legacy'
    return ORGANISATION_CODE.test(text) && orgCodeDigit(text.slice(0, 8)) === text[8] ? 'legacy' : 'shape'
  }
  if (ZEROS.test(text)) return 'placeholder'
  const check = usccCheckCharacter(text)
  if (check === null || !ALPHABET.includes(text[17]!)) return 'characters'
  if (check !== text[17]) return 'check-digit'
  return hasValidOrgCode(text) ? null : 'embedded-org-code'
}

import { toHalfWidthAlphanumeric } from './half-width'
import type { Tidied } from './tidy-text'

/**
 * The year of a document number in any brackets, with or without blanks inside them. Case numbers of the courts begin with
 * theirs, in round ones.
 */
const BRACKETED_YEAR = /(?<=.)[[(（【［〔〖]\s{0,3}((?:19|20)\d{2})\s{0,3}[\])）】］〕〗]/u

/**
 * A document number with letters and digits half width. The brackets stay as typed: they fold for keys only, and whether
 * the decision is printed with others is for a person to say.
 */
export function readDocumentNumber(tidied: Tidied): Tidied {
  const text = toHalfWidthAlphanumeric(tidied.text)
  return text === tidied.text ? tidied : { text, kinds: [...tidied.kinds, 'half-width'] }
}

/** A document number as official documents print it (GB/T 9704): its first bracketed year in 〔〕. */
export const withOfficialYear = (text: string): string => text.replace(BRACKETED_YEAR, '〔$1〕')

import type { NormalisationKind } from '@shared/standard/standard'
import { toHalfWidthAlphanumeric } from './half-width'
import type { Tidied } from './tidy-text'

/** The year of a document number in any brackets but the official ones, or with blanks inside them. */
const BRACKETED_YEAR = /[[(（【［〔〖]\s{0,3}((?:19|20)\d{2})\s{0,3}[\])）】］〕〗]/u

/**
 * A document number as official documents print it (GB/T 9704): letters and digits half width, the year in 〔〕. The
 * rest stays as typed; only the first bracketed year is the one of the number.
 */
export function readDocumentNumber(tidied: Tidied): Tidied {
  const kinds: NormalisationKind[] = [...tidied.kinds]
  const narrow = toHalfWidthAlphanumeric(tidied.text)
  if (narrow !== tidied.text) kinds.push('half-width')
  const text = narrow.replace(BRACKETED_YEAR, '〔$1〕')
  if (text === tidied.text) return tidied
  if (text !== narrow) kinds.push('brackets')
  return { text, kinds }
}

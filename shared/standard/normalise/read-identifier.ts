import { inspectResidentId } from '@shared/standard/identifiers/resident-id'
import { inspectUscc } from '@shared/standard/identifiers/uscc'
import type { FieldFormat } from '@shared/standard/pack'
import type { NormalisationKind } from '@shared/standard/standard'
import { toHalfWidth } from './half-width'
import type { Tidied } from './tidy-text'

const SPACE = /[\s']/g
const SPACE_OR_HYPHEN = /[\s'\-‐‑–—]/g
/** Formats in which a hyphen is never part of the number. */
const WITHOUT_HYPHENS: ReadonlySet<FieldFormat> = new Set([
  'uscc',
  'orgCode',
  'residentId',
  'regNo15',
  'taxNo',
])

/** Nothing to be done: nearly all identifiers are written so. */
const TIDY = /^[0-9A-Z]+$/

/** An identifier in the one spelling that its checks expect: half width, upper case, no blanks or hyphens. */
export function tidyIdentifier(raw: string, format: FieldFormat): Tidied {
  if (TIDY.test(raw)) return { text: raw, kinds: [] }
  const kinds: NormalisationKind[] = []
  let text = raw
  const apply = (kind: NormalisationKind, next: string): void => {
    if (next !== text) kinds.push(kind)
    text = next
  }
  apply('half-width', toHalfWidth(text))
  apply('separator', text.replace(WITHOUT_HYPHENS.has(format) ? SPACE_OR_HYPHEN : SPACE, ''))
  apply('upper-case', text.toUpperCase())
  return { text, kinds }
}

/** Formats whose value is lost as soon as a workbook takes it for a number. */
const EXACT: ReadonlySet<FieldFormat> = new Set([
  'uscc',
  'orgCode',
  'residentId',
  'idDocument',
  'regNo15',
  'taxNo',
  'institutionNo',
])

/** Whether a value of this format must never come from a numeric cell. */
export const mustBeText = (format: FieldFormat | undefined): format is FieldFormat =>
  format !== undefined && EXACT.has(format)

const SCIENTIFIC = /^[+-]?\d{1,17}(?:\.\d{1,17})?E[+-]?\d{1,3}$/i
const THREE_ZEROS = /^\d{15}000$/

/** Whether a text is scientific notation, that is, an identifier whose digits are gone. */
export const isScientific = (text: string): boolean => SCIENTIFIC.test(text)

/** As a workbook shows a number of more than eleven digits in a narrow cell; `2E3` may be a number of something. */
const SHOWN_SCIENTIFIC = /^\d\.\d{1,14}E\+?\d{2,3}$/i

/** Whether any text is what a workbook makes of a long number, so that no more than its first digits are left. */
export const isShownScientific = (text: string): boolean => SHOWN_SCIENTIFIC.test(toHalfWidth(text))

/** Whether the raw text of a numeric cell has more digits than such a cell can hold. */
export const isRounded = (text: string): boolean => /^\d{16,}$/.test(text) || SCIENTIFIC.test(text)

/** Whether 18 digits end in the three zeros that a workbook puts for lost digits, and no check digit holds. */
export function hasLostDigits(text: string): boolean {
  return THREE_ZEROS.test(text) && inspectUscc(text) === 'check-digit' && inspectResidentId(text) !== null
}

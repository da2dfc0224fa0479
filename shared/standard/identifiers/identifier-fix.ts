import type { Fix } from '@shared/standard/issue'
import type { FieldFormat } from '@shared/standard/pack'
import { tidyIdentifier } from '@shared/standard/normalise/read-identifier'
import { identifiers, type IdentifierKind } from './identifier-registry'
import { extendLegacyResidentId, inspectResidentId } from './resident-id'

/** Longer texts are no mistyped identifiers. */
const LONGEST = 40

/** Letters that a standard leaves out because they look like digits, and the digits they look like. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', Z: '2', S: '5' }
/** Letters to replace: GB 32100 has L, and a resident number has no letter but X. */
const NOT_IN: Partial<Readonly<Record<IdentifierKind, RegExp>>> = { uscc: /[OIZS]/g, residentId: /[OILZS]/g }

const holds = (kind: IdentifierKind, text: string, today: string): boolean =>
  identifiers[kind](text, today) === null

/**
 * A better value for an identifier, only when it proves itself: after tidying, after putting digits for letters that
 * cannot occur (the check character then holds), or the 18-character form of a sound 15-digit number. A check
 * character is never simply replaced by the computed one: any other character may be the wrong one.
 */
export function identifierFix(kind: IdentifierKind, value: string, today: string): Fix | null {
  if (value.length > LONGEST) return null
  if (kind === 'residentId' && inspectResidentId(value, today) === 'legacy') {
    return { value: extendLegacyResidentId(value), proof: 'fix.legacy-id-extended' }
  }
  const format = FORMATS[kind] ?? 'idDocument'
  const { text } = tidyIdentifier(value, format)
  if (text !== value && holds(kind, text, today)) return { value: text, proof: 'fix.identifier-tidied' }
  const letters = NOT_IN[kind]
  if (letters === undefined) return null
  const digits = text.replace(letters, (letter) => LOOK_ALIKES[letter] ?? letter)
  return digits !== text && holds(kind, digits, today)
    ? { value: digits, proof: 'fix.check-digit-holds' }
    : null
}

/** The kinds that are field formats too, so that tidying takes their hyphens off. */
const FORMATS: Partial<Readonly<Record<IdentifierKind, FieldFormat>>> = {
  uscc: 'uscc',
  orgCode: 'orgCode',
  residentId: 'residentId',
  regNo15: 'regNo15',
  taxNo: 'taxNo',
}

import type { Fix } from '@shared/standard/issue'
import type { FieldFormat } from '@shared/standard/pack'
import { tidyIdentifier } from '@shared/standard/normalise/read-identifier'
import { identifiers, type IdentifierKind } from './identifier-registry'

/** Longer texts are no mistyped identifiers. */
const LONGEST = 40

/**
 * The same identifier in the one spelling of its standard, only when it then holds. Nothing is ever put in the place of
 * a character, neither a computed check character nor the digit that a letter looks like: an identifier is copied from a
 * document, never reckoned.
 */
export function identifierFix(kind: IdentifierKind, value: string, today: string): Fix | null {
  if (value.length > LONGEST) return null
  const { text } = tidyIdentifier(value, FORMATS[kind] ?? 'idDocument')
  return text !== value && identifiers[kind](text, today) === null
    ? { value: text, proof: 'fix.identifier-tidied' }
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

import { inspectOrgCode } from './org-code'
import { inspectRegistrationNumber } from './registration-number'
import { inspectResidentId } from './resident-id'
import { inspectUscc } from './uscc'

/** Every way in which an identifier can be wrong; rules name the ones they report. */
export const identifierFindings = [
  'shape',
  'characters',
  'check-digit',
  'placeholder',
  'legacy',
  'embedded-org-code',
  'date',
  'region',
] as const

export type IdentifierFinding = (typeof identifierFindings)[number]

const TAX_NUMBER = /^(?:[0-9A-Z]{15}|[0-9A-Z]{17}|[0-9A-Z]{18}|[0-9A-Z]{20})$/
const INSTITUTION_NUMBER = /^\d{12}$/
const PASSPORT = /^[0-9A-Z]{5,20}$/
const HOME_RETURN_PERMIT = /^[HM]\d{8}(?:\d{2})?$/
const TAIWAN_PERMIT = /^(?:\d{8}|\d{10})$/
const FOREIGN_RESIDENT = /^(?:[A-Z]{3}\d{12}|9\d{16}[0-9X])$/

const shape =
  (pattern: RegExp) =>
  (text: string): IdentifierFinding | null =>
    pattern.test(text) ? null : 'shape'

/** Looks at one identifier; `today` bounds a date of birth. Returns the first thing found, or null when sound. */
export type Inspect = (text: string, today?: string) => IdentifierFinding | null

/** The identifiers a pack can name. All expect tidied text: half width, upper case, no spaces or hyphens. */
export const identifiers = {
  uscc: inspectUscc,
  orgCode: inspectOrgCode,
  residentId: inspectResidentId,
  regNo15: inspectRegistrationNumber,
  taxNo: shape(TAX_NUMBER),
  institutionNo: shape(INSTITUTION_NUMBER),
  passport: shape(PASSPORT),
  homeReturnPermit: shape(HOME_RETURN_PERMIT),
  taiwanPermit: shape(TAIWAN_PERMIT),
  foreignResidentCard: shape(FOREIGN_RESIDENT),
} as const satisfies Readonly<Record<string, Inspect>>

export type IdentifierKind = keyof typeof identifiers

/** Names of the identifiers, for the schema of a pack. */
export const identifierKinds = Object.keys(identifiers) as IdentifierKind[]

import { isCalendarDate, weekday } from '@shared/kernel/calendar-date'
import { foldForKey } from '@shared/kernel/text'
import { shiftPoint } from './decimal-text'
import { identifiers } from './identifiers/identifier-registry'
import { toHalfWidth } from './normalise/half-width'
import { readAmount } from './normalise/read-amount'
import { readDate } from './normalise/read-date'
import { tidyText } from './normalise/tidy-text'
import type { FieldSpec } from './pack'
import type { Normalisation } from './standard'

/** Why a repaired value is the same thing as the raw one, each with a sentence in the texts. */
export type RepairProofKind =
  /** The check digit of the identifier holds after the repair. */
  | 'check-digit'
  /** The calendar has this day; `weekday` is 1 (Monday) to 7. */
  | 'real-day'
  /** The workbook counts days, `days` of them from 1900 or from 1904 (`from`). */
  | 'day-count'
  /** The number is the same, written otherwise. */
  | 'same-number'
  /** Multiplied or divided by `factor`. */
  | 'multiplied'
  | 'divided'
  /** Only the brackets or the width of a document number changed. */
  | 'same-document'
  /** The code list has it as a name of this value. */
  | 'listed'
  /** A word for a term without end, which the standard writes as one certain day. */
  | 'long-term'
  /** All that can be seen is the same. */
  | 'same-text'
  /** A word for "nothing" in a field that may be blank. */
  | 'blank-word'

/** A proof with what its sentence needs. */
export interface RepairProof {
  readonly kind: RepairProofKind
  readonly params: Readonly<Record<string, string | number>>
}

/** Powers of ten between 元, 万元 and 亿元. */
const UNIT_SHIFTS = [4, 8] as const

const proof = (kind: RepairProofKind, params: RepairProof['params'] = {}): RepairProof => ({ kind, params })

/** Blanks, hyphens and apostrophes apart, in one width and case. */
const seen = (text: string): string => foldForKey(tidyText(text, false).text).replace(/[\s'\-‐‑–—]/gu, '')

function dateProof({ raw, value, kinds }: Normalisation): RepairProof | null {
  if (kinds.includes('long-term')) return proof('long-term')
  if (!isCalendarDate(value)) return null
  if (!kinds.includes('serial-date')) return proof('real-day', { weekday: weekday(value) })
  const days = toHalfWidth(raw).trim()
  return proof('day-count', { days, from: readDate(days)?.value === value ? 1900 : 1904 })
}

function amountProof({ raw, value, kinds }: Normalisation): RepairProof | null {
  if (!kinds.includes('unit')) return proof('same-number')
  const amount = readAmount(tidyText(raw, false).text.replace(/[万亿]?元$/u, ''), 'number', undefined)
  if (amount === null) return null
  for (const shift of UNIT_SHIFTS) {
    const factor = Number(shiftPoint('1', shift))
    if (shiftPoint(amount, -shift) === value) return proof('divided', { factor })
    if (shiftPoint(amount, shift) === value) return proof('multiplied', { factor })
  }
  return null
}

function identifierProof({ format }: FieldSpec, { value }: Normalisation): RepairProof | null {
  const kind = format === 'idDocument' ? 'residentId' : format
  const inspect = kind !== undefined && Object.hasOwn(identifiers, kind) ? identifiers[kind as 'uscc'] : null
  const hasCheckDigit = kind === 'uscc' || kind === 'residentId' || kind === 'orgCode' || kind === 'regNo15'
  return inspect !== null && hasCheckDigit && inspect(value) === null ? proof('check-digit') : null
}

/** The proof of one change that normalising made; null when there is none but the change itself. */
export function repairProof(field: FieldSpec, change: Normalisation): RepairProof | null {
  const { raw, value, kinds } = change
  if (kinds.includes('placeholder')) return proof('blank-word')
  const own =
    field.type === 'date'
      ? dateProof(change)
      : kinds.includes('unit') || kinds.includes('amount')
        ? amountProof(change)
        : identifierProof(field, change)
  if (own !== null) return own
  if (kinds.includes('code-alias') || kinds.includes('flag')) return proof('listed')
  if (seen(raw) !== seen(value)) return null
  return proof(field.format === 'docNo' ? 'same-document' : 'same-text')
}

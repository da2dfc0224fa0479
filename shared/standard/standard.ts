import type { CompiledConversion } from './convert-record'
import type { Issue, Severity } from './issue'
import type { FieldSpec, FieldValues, RecordTypeSpec, StandardPack } from './pack'

/** Every kind of change that normalising may make; each has a sentence `normalised.<kind>` in the pack texts. */
export const normalisationKinds = [
  'trimmed',
  'zero-width',
  'control-character',
  'line-break',
  'apostrophe',
  'remapped-character',
  'half-width',
  'upper-case',
  'separator',
  'date',
  'serial-date',
  'long-term',
  'amount',
  'code-alias',
  'flag',
  'placeholder',
  // Nothing is changed so any more; records that were read before still tell it.
  'brackets',
  'unit',
] as const

export type NormalisationKind = (typeof normalisationKinds)[number]

/** What normalising changed in one field, shown to the clerk, never silent. */
export interface Normalisation {
  readonly field: string
  readonly raw: string
  readonly value: string
  readonly kinds: readonly NormalisationKind[]
}

/**
 * How a value stood in its cell; `number` is what makes an identifier untrustworthy. A formula that gives a number or
 * a date is that; `formula` is one that gives a text, or nothing.
 */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula'

/** One raw value with what the reader knows of its cell. Form values are `{ text, kind: 'text' }`. */
export interface RawValue {
  readonly text: string
  readonly kind: CellKind
  /** Unit that the header of the column names, when it is another than the field's, e.g. 元 for 万元. */
  readonly unit?: string
  /** Day numbers of its workbook count from 1904. */
  readonly is1904?: boolean
}

export interface Normalised {
  /** Normalised values; blank ones are left out, and so are values that must not be trusted. */
  readonly values: FieldValues
  readonly changes: readonly Normalisation[]
  /** What can only be seen in the raw value, e.g. an identifier that came from a numeric cell. */
  readonly issues: readonly Issue[]
}

/** What a check needs to know besides the record. */
export interface CheckContext {
  /** Business date, YYYY-MM-DD. */
  readonly today: string
}

/** The four values of a record that a desk searches and sorts by; null while absent. */
export interface SearchValues {
  readonly docNo: string | null
  readonly subjectName: string | null
  /** Never an identity document number: null for natural persons. */
  readonly subjectCode: string | null
  readonly legalDate: string | null
}

/** A rule over several records, judged by whoever owns the records; its sentence is in the pack texts by id. */
export interface CrossRecordRule {
  readonly id: string
  readonly severity: Severity
  /** `uniqueInDesk`: the natural key is taken. `sameDocNoOtherSubject`: same document number, another subject. */
  readonly function: CrossRecordFunction
  /** Field under which the issue is shown. */
  readonly field: string
}

/** The closed set of functions of cross-record rules. */
export const crossRecordFunctions = ['uniqueInDesk', 'sameDocNoOtherSubject'] as const

export type CrossRecordFunction = (typeof crossRecordFunctions)[number]

/** A record type ready for work: made once from the pack, used for every record. */
export interface CompiledType {
  readonly spec: RecordTypeSpec
  /** The fields that are shown, imported and sent (no envelope fields), in order. */
  readonly fields: readonly FieldSpec[]
  normalise(raw: Readonly<Record<string, RawValue>>): Normalised
  /** Every single-record issue at once. */
  check(values: FieldValues, context: CheckContext): readonly Issue[]
  /** Folded key of record type, authority, document number and subject; null while a part is missing. */
  naturalKey(values: FieldValues): string | null
  /** The canonical payload members under their wire names, blank fields omitted. */
  payload(values: FieldValues): Readonly<Record<string, string>>
  /** Its canonical text, which is hashed and signed. */
  payloadText(values: FieldValues): string
  readonly crossRecordRules: readonly CrossRecordRule[]
  /** What the desk searches by, under the field names of the record type. */
  searchValues(values: FieldValues): SearchValues
  /** The sentence of an issue in the pack's language; never throws, whatever the issue lacks. */
  message(issue: Issue): string
  /** What taking a fix does, in the pack's language, from the key of its proof. */
  proof(key: string): string
}

/** A pack ready for work. */
export interface CompiledStandard {
  readonly pack: StandardPack
  readonly types: ReadonlyMap<string, CompiledType>
  /** Layouts of older standards that can still be read, by the code of the old record type. */
  readonly conversions: ReadonlyMap<string, CompiledConversion>
}

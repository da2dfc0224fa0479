import type { Issue } from './issue'
import type { FieldSpec, FieldValues, RecordTypeSpec, StandardPack } from './pack'

/** What normalising changed in one field, shown to the clerk, never silent. */
export interface Normalisation {
  readonly field: string
  readonly raw: string
  readonly value: string
  /** `trimmed`, `half-width`, `date`, `long-term`, `amount`, `code-alias`, `upper-case`, `zero-width`, `flag`. */
  readonly kinds: readonly string[]
}

/** How a value stood in its cell; `number` is what makes an identifier untrustworthy. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula'

/** One raw value with what the reader knows of its cell. Form values are `{ text, kind: 'text' }`. */
export interface RawValue {
  readonly text: string
  readonly kind: CellKind
}

export interface Normalised {
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
  /** The sentence of an issue in the pack's language. */
  message(issue: Issue): string
}

/** A pack ready for work. */
export interface CompiledStandard {
  readonly pack: StandardPack
  readonly types: ReadonlyMap<string, CompiledType>
}

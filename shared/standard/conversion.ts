/** Shapes of `conversions/<old record type>.json`: how records of an older standard become drafts of this one. */
import * as v from 'valibot'
import type { Severity } from './issue'
import type { Clause } from './pack'
import { clauseListSchema, codeSchema, packIdSchema, packVersionSchema } from './pack-shapes'

/** Issues that any conversion may raise: an old field without a new one, an old code without a new one. */
export const CONVERSION_TEXTS = ['import.without-equivalent', 'import.no-equivalent'] as const

/** Where the value of one field comes from. Exactly one of `from` and `value` is there. */
export interface FieldConversion {
  readonly to: string
  /** Old fields of the same meaning; several only where the new field holds several codes. */
  readonly from?: readonly string[]
  /** New code by old code; null where the old code has no equivalent. Codes that are not named stay as they are. */
  readonly codes?: Readonly<Record<string, string | null>>
  /** What the old record says without a field for it. */
  readonly value?: string
  /** On the old values. */
  readonly when?: readonly Clause[]
}

/** One record type that old records may become. */
export interface ConversionTarget {
  readonly recordType: string
  /** On the old values; the first target whose clauses hold takes the record. */
  readonly when?: readonly Clause[]
  /** Of several entries for one field, the first whose clauses hold gives the value. */
  readonly fields: readonly FieldConversion[]
}

/** Something that a person has to know about a converted record; `id` is its issue code and its text. */
export interface ConversionNotice {
  readonly id: string
  readonly severity: Severity
  /** Field of every target under which it is shown. */
  readonly field: string
  readonly when: readonly Clause[]
}

/** The conversion of one old record type. Every field of it is accounted for. */
export interface Conversion {
  readonly from: { readonly standard: string; readonly version: string; readonly recordType: string }
  readonly targets: readonly ConversionTarget[]
  /** Old fields that no new field stands for: the clerk is told what they said. */
  readonly withoutEquivalent: readonly string[]
  /** Field of every target under which the clerk is told. */
  readonly remarks: string
  /** Old fields that only served the old exchange. */
  readonly outlived: readonly string[]
  readonly notices: readonly ConversionNotice[]
}

const fieldConversion = v.pipe(
  v.strictObject({
    to: codeSchema,
    from: v.exactOptional(v.pipe(v.array(codeSchema), v.minLength(1))),
    codes: v.exactOptional(v.record(v.string(), v.nullable(v.string()))),
    value: v.exactOptional(v.pipe(v.string(), v.minLength(1))),
    when: v.exactOptional(clauseListSchema),
  }),
  v.check(
    ({ from, value }) => (from === undefined) !== (value === undefined),
    'one of from and value is needed',
  ),
)

export const conversionSchema = v.strictObject({
  from: v.strictObject({ standard: packIdSchema, version: packVersionSchema, recordType: codeSchema }),
  targets: v.pipe(
    v.array(
      v.strictObject({
        recordType: codeSchema,
        when: v.exactOptional(clauseListSchema),
        fields: v.pipe(v.array(fieldConversion), v.minLength(1)),
      }),
    ),
    v.minLength(1),
  ),
  withoutEquivalent: v.array(codeSchema),
  remarks: codeSchema,
  outlived: v.array(codeSchema),
  notices: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.regex(/^import\.[a-z][a-z0-9-]{0,60}$/)),
      severity: v.picklist(['error', 'warning', 'hint']),
      field: codeSchema,
      when: clauseListSchema,
    }),
  ),
})

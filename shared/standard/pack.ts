/** Shapes of a standard pack as loaded from `resources/standards/<id>/<version>/`. Schemas: `pack-schema.ts`. */
import type { DeadlineTerm } from '@shared/domain/deadline'
import type { Severity } from './issue'

export type FieldType = 'text' | 'longText' | 'code' | 'multiCode' | 'date' | 'decimal' | 'integer' | 'flag'
/** `idDocument` is the number of an identity document whose kind another field names. */
export type FieldFormat =
  'uscc' | 'orgCode' | 'residentId' | 'idDocument' | 'regNo15' | 'taxNo' | 'institutionNo' | 'docNo'
export type Sensitivity = 'public' | 'personal' | 'secret'

/** A flat condition: every clause must hold. There is no expression language. */
export interface Clause {
  readonly field: string
  /** The value is one of these; of a `multiCode` field, one of its parts is. */
  readonly in?: readonly string[]
  readonly empty?: boolean
  readonly matches?: string
}

export interface FieldSpec {
  readonly code: string
  readonly label: string
  readonly aliases: readonly string[]
  readonly type: FieldType
  /** In code points. */
  readonly maxLength?: number
  /** Decimal places of a decimal. */
  readonly scale?: number
  /** Unit as shown, e.g. 万元. */
  readonly unit?: string
  readonly required: 'always' | 'never' | { readonly when: readonly Clause[] }
  readonly codeList?: string
  readonly format?: FieldFormat
  readonly sensitivity: Sensitivity
  /** Heading under which the form shows the field. */
  readonly group: string
  /** Column width in the grid and template, in characters. */
  readonly width: number
  readonly help?: string
  /** Filled by the platform's envelope: neither shown, imported nor sent. */
  readonly envelope?: boolean
  readonly wire?: { readonly name?: string }
}

export type PolicyClass = 'basic' | 'penalty-judicial' | 'warning' | 'honour' | 'market'

export interface RecordTypeSpec {
  readonly code: string
  readonly title: string
  /** Two or three characters for tabs and tables, e.g. 许可. */
  readonly shortTitle: string
  readonly policyClass: PolicyClass
  readonly subject: 'legal' | 'natural'
  /** Each element names one field, or alternatives in order of preference joined by `|`. */
  readonly naturalKey: readonly string[]
  /** Field with the legal date that starts the clock. */
  readonly legalDate: string
  readonly deadline: DeadlineTerm
  readonly publicity: { readonly rule: string } | null
  readonly search: {
    readonly docNo: string
    readonly subjectName: string
    readonly subjectCode: string | null
  }
  readonly fields: readonly FieldSpec[]
}

export interface CodeItem {
  readonly value: string
  readonly label: string
  readonly aliases: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly replacedBy?: string
  /** Written `value-description`, e.g. `其他-补办`; the bare value is listed too. */
  readonly openEnded?: boolean
}

export interface CodeList {
  readonly id: string
  readonly title: string
  readonly items: readonly CodeItem[]
}

export interface RuleSpec {
  readonly id: string
  readonly severity: Severity
  /** Field codes; the first one is where the issue is shown. */
  readonly on: readonly string[]
  readonly function: string
  readonly options: Readonly<Record<string, unknown>>
  readonly when?: readonly Clause[]
  readonly from?: string
  readonly to?: string
  /** Key in the texts; defaults to the rule id. */
  readonly text?: string
}

/** One version of a data-access standard. */
export interface StandardPack {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly from: string
  readonly to: string | null
  /** Where the standard comes from, for the reference page. */
  readonly sources?: readonly string[]
  readonly recordTypes: readonly RecordTypeSpec[]
  readonly rules: Readonly<Record<string, readonly RuleSpec[]>>
  readonly codeLists: Readonly<Record<string, CodeList>>
  /** Sentence templates by rule id; `{label}`, `{value}` and the params of the issue are filled in. */
  readonly texts: Readonly<Record<string, string>>
}

/** Field values by field code; absent or blank fields are left out. Dates YYYY-MM-DD, money decimal text. */
export type FieldValues = Readonly<Record<string, string>>

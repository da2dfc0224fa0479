/** Shapes of a standard pack as loaded from `resources/standards/<id>/<version>/`. Schemas: `pack-schema.ts`. */
import type { DeadlineTerm } from '@shared/domain/deadline'
import type { Conversion } from './conversion'
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
  /** Field that names the kind of an identity document, of a field with format `idDocument`. */
  readonly documentKind?: string
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

/** The five classes of the city's policy, in its order. */
export const policyClasses = ['basic', 'penalty-judicial', 'warning', 'honour', 'market'] as const

export type PolicyClass = (typeof policyClasses)[number]

export interface RecordTypeSpec {
  readonly code: string
  readonly title: string
  /** Two or three characters for tabs and tables, e.g. 许可. */
  readonly shortTitle: string
  readonly policyClass: PolicyClass
  /** Whom its records are about; `any` is said record by record. */
  readonly subject: 'legal' | 'natural' | 'any'
  /** Where its list of fields comes from, for the reference page. */
  readonly source?: string
  /** No list is published anywhere: the fields are a proposal for local use. */
  readonly isLocal?: boolean
  /** Each element names one field, or alternatives in order of preference joined by `|`. */
  readonly naturalKey: readonly string[]
  /** Field with the legal date that starts the clock. */
  readonly legalDate: string
  readonly deadline: DeadlineTerm
  readonly publicity: { readonly rule: string } | null
  readonly search: {
    /** Null when its records carry no number of a document. */
    readonly docNo: string | null
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

/** Which fields of which record types a shared rule is on; every member narrows the choice. */
export interface FieldChoice {
  /** The one field that plays this part in its record type; `headline` is where issues of the whole record are shown. */
  readonly role?: 'legalDate' | 'docNo' | 'subjectName' | 'headline'
  readonly types?: readonly FieldType[]
  /** `none` stands for fields without a format. */
  readonly formats?: readonly (FieldFormat | 'none')[]
  readonly required?: FieldSpec['required'] & string
  /** Record types that have the rule; all when absent. */
  readonly recordTypes?: readonly string[]
  readonly exceptRecordTypes?: readonly string[]
}

/**
 * A rule written once for all fields of a kind; loading a pack makes rules of every record type from it. A clause on
 * the field `@documentKind` looks at the field that says which kind of document the number belongs to.
 */
export type SharedRule = Omit<RuleSpec, 'on'> & { readonly appliesTo: FieldChoice }

/** How well a value of the standard is known, from read in a source (A) to uncertain (D). */
export type Confidence = 'A' | 'B' | 'C' | 'D'

export type SettingValue = string | number

/**
 * A value of the standard that its sources leave open. The files name it as `{"setting": "<id>"}`; a desk may put
 * another value of its range in its place.
 */
export interface PackSetting {
  readonly id: string
  readonly title: string
  /** What holds: the desk's value, or else the pack's own. */
  readonly value: SettingValue
  /** The pack's own value. */
  readonly default: SettingValue
  readonly range:
    | { readonly min: number; readonly max: number }
    | { readonly choices: readonly { readonly value: string; readonly label: string }[] }
  readonly source: string
  readonly confidence: Confidence
  /** Where it stands, e.g. `recordTypes.XZXK_FR.fields.XK_NR.maxLength`. */
  readonly sets: readonly string[]
}

/** What is said of one rule beside its sentence; checking needs none of it. */
export interface RuleReference {
  /** What is wrong, in a few words. */
  readonly title: string
  /** The law, standard or notice that the rule rests on. */
  readonly basis: string
  /** Values that alone break the rule, and the same fields put right; null for a blank field. */
  readonly sample?: {
    readonly type: string
    readonly bad: Readonly<Record<string, string | null>>
    readonly good: Readonly<Record<string, string | null>>
  }
  /** The same in words, for what no single record shows. */
  readonly example?: { readonly bad: string; readonly good: string }
}

/** One version of a data-access standard. */
export interface StandardPack {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly from: string
  readonly to: string | null
  /** A standard of the past: its files can be read and converted, no record is ever checked or sent by it. */
  readonly readOnly?: boolean
  /** Where the standard comes from, for the reference page. */
  readonly sources?: readonly string[]
  readonly recordTypes: readonly RecordTypeSpec[]
  /** By record type, the shared rules first. */
  readonly rules: Readonly<Record<string, readonly RuleSpec[]>>
  readonly codeLists: Readonly<Record<string, CodeList>>
  /** Sentence templates by rule id; `{label}`, `{value}` and the params of the issue are filled in. */
  readonly texts: Readonly<Record<string, string>>
  /** What people can read about a rule, by its id, also about what reading a file can find (`import.*`). */
  readonly reference: Readonly<Record<string, RuleReference>>
  readonly settings: readonly PackSetting[]
  /** By the code of the old record type. */
  readonly conversions: Readonly<Record<string, Conversion>>
}

/** Field values by field code; absent or blank fields are left out. Dates YYYY-MM-DD, money decimal text. */
export type FieldValues = Readonly<Record<string, string>>

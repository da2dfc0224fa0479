/**
 * A record type as JSON Schema 2020-12, for other programs and as a second judge in tests. It is derived from the
 * field descriptions by itself, not from the compiled checks, and says what a schema can say exactly about one field:
 * mandatory, length, type, codes, formats, patterns. Check digits, conditions, dated rules, other fields, warnings
 * and hints are beyond it.
 */
import { literalPattern } from '@shared/kernel/text'
import { MULTI_CODE_SEPARATOR } from './multi-code'
import type { CodeItem, FieldSpec, FieldType, RecordTypeSpec, RuleSpec, StandardPack } from './pack'

/** A schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** The schema of one record type. */
export interface TypeSchema {
  /** Of an object whose members are field codes and whose values are strings; blank fields are left out. */
  readonly schema: JsonSchema
  /** By field code, the ids of the rules that the schema expresses. */
  readonly expressed: ReadonlyMap<string, ReadonlySet<string>>
}

/** One thing that is asked of a field: the rules that it stands for, and how a schema says it. */
interface Demand {
  readonly rules: readonly string[]
  readonly schema: JsonSchema
}

const YEAR = '(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})'
const LEAP_YEAR = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)'
const DAY_OF_ANY_YEAR =
  '(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)'
/** Every day that exists from 0001-01-01 to 9999-12-31, leap days included. */
const DATE_PATTERN = `^(?:${YEAR}-${DAY_OF_ANY_YEAR}|${LEAP_YEAR}-02-29)$`

/**
 * Shapes of identifiers. A nine-character credit code is left to its check digit: it may be a sound organisation
 * code, which is no more than a warning.
 */
const FORMATS: Readonly<Record<string, Demand>> = {
  uscc: {
    rules: ['uscc.shape', 'uscc.characters'],
    schema: { pattern: '^(?:[0-9A-HJ-NPQRTUWXY]{18}|[0-9]{15}|[0-9A-Z]{9})$' },
  },
  orgCode: { rules: ['org-code.shape'], schema: { pattern: '^[0-9A-Z]{8}[0-9X]$' } },
  residentId: { rules: ['resident-id.shape'], schema: { pattern: '^(?:[0-9]{15}|[0-9]{17}[0-9X])$' } },
  taxNo: {
    rules: ['tax-number.shape'],
    schema: { pattern: '^(?:[0-9A-Z]{15}|[0-9A-Z]{17}|[0-9A-Z]{18}|[0-9A-Z]{20})$' },
  },
}

const decimalDemand = ({ scale = 0 }: FieldSpec): Demand => ({
  rules: ['malformed', 'unit', 'negative', 'scale', 'too-large'].map((finding) => `decimal.${finding}`),
  schema: { pattern: `^(?:0|[1-9][0-9]{0,11})${scale === 0 ? '' : `(?:\\.[0-9]{1,${scale}})?`}$` },
})

const TYPES: Readonly<Partial<Record<FieldType, (field: FieldSpec) => Demand>>> = {
  date: () => ({ rules: ['date.malformed'], schema: { pattern: DATE_PATTERN } }),
  decimal: decimalDemand,
  integer: () => ({ rules: ['integer.malformed'], schema: { pattern: '^[0-9]{1,12}$' } }),
  flag: () => ({ rules: ['flag.malformed'], schema: { enum: ['1', '0'] } }),
}

/** One code as a pattern; `described` matches what may stand behind an open-ended one. */
const codePattern = ({ value, openEnded }: CodeItem, described: string): string =>
  openEnded ? `${literalPattern(value)}(?:-${described})?` : literalPattern(value)

/** The value is listed, or is an open-ended code with its description. */
function codeSchema(items: readonly CodeItem[]): JsonSchema {
  const listed = { enum: items.map((item) => item.value) }
  const open = items.filter((item) => item.openEnded)
  if (open.length === 0) return listed
  return {
    anyOf: [listed, { pattern: `^(?:${open.map((item) => codePattern(item, '[\\s\\S]+')).join('|')})$` }],
  }
}

function multiCodeSchema(items: readonly CodeItem[]): JsonSchema {
  const part = `(?:${items.map((item) => codePattern(item, `[^${MULTI_CODE_SEPARATOR}]+`)).join('|')})`
  return { pattern: `^${part}(?:${MULTI_CODE_SEPARATOR}${part})*$` }
}

/** What the field's own description asks. */
function demandsOfField(field: FieldSpec, pack: StandardPack): readonly Demand[] {
  const demands: Demand[] = []
  if (field.maxLength !== undefined) {
    demands.push({ rules: ['field.length'], schema: { maxLength: field.maxLength } })
  }
  const ofType = TYPES[field.type]
  if (ofType !== undefined) demands.push(ofType(field))
  if (field.codeList !== undefined) {
    const { items } = pack.codeLists[field.codeList]!
    const schema = field.type === 'multiCode' ? multiCodeSchema(items) : codeSchema(items)
    demands.push({ rules: ['field.code-not-listed'], schema })
  }
  const ofFormat = field.format === undefined ? undefined : FORMATS[field.format]
  if (ofFormat !== undefined) demands.push(ofFormat)
  return demands
}

type Options = RuleSpec['options']

/** Rule functions that a schema can say, with their options (validated when the pack was compiled). */
const FUNCTIONS: Readonly<Partial<Record<string, (options: Options) => JsonSchema | null>>> = {
  length: ({ min, max, bytes }) =>
    bytes === undefined
      ? {
          ...(min === undefined ? {} : { minLength: min }),
          ...(max === undefined ? {} : { maxLength: max }),
        }
      : null,
  pattern: ({ pattern, negate }) => (negate === true ? { not: { pattern } } : { pattern }),
  positive: () => ({ pattern: '[1-9]' }),
  codeIn: ({ values }) => (values === undefined ? null : { enum: values }),
  forbiddenText: ({ words, except }) =>
    except === undefined ? { not: { pattern: (words as string[]).map(literalPattern).join('|') } } : null,
}

const saysOneThing = (rule: RuleSpec): boolean =>
  rule.severity === 'error' && rule.when === undefined && rule.from === undefined && rule.to === undefined

/** What the rules of the pack ask of one field, each by itself. */
function demandsOfRules(field: FieldSpec, rules: readonly RuleSpec[]): readonly Demand[] {
  return rules.flatMap((rule) => {
    if (!rule.on.includes(field.code) || !saysOneThing(rule)) return []
    const schema = FUNCTIONS[rule.function]?.(rule.options) ?? null
    return schema === null ? [] : [{ rules: [rule.id], schema }]
  })
}

/** Puts demands into one schema; what two of them say with the same keyword stands apart under `allOf`. */
function merged(base: JsonSchema, demands: readonly Demand[]): JsonSchema {
  const flat: Record<string, unknown> = { ...base }
  const apart: JsonSchema[] = []
  for (const { schema } of demands) {
    if (Object.keys(schema).some((keyword) => Object.hasOwn(flat, keyword))) apart.push(schema)
    else Object.assign(flat, schema)
  }
  return apart.length === 0 ? flat : { ...flat, allOf: apart }
}

/** The JSON Schema of one record type of a compiled pack. */
export function jsonSchemaOf(pack: StandardPack, type: RecordTypeSpec): TypeSchema {
  const rules = pack.rules[type.code] ?? []
  const expressed = new Map<string, ReadonlySet<string>>()
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  for (const field of type.fields) {
    if (field.envelope) continue
    const demands = [...demandsOfField(field, pack), ...demandsOfRules(field, rules)]
    const ids = demands.flatMap((demand) => demand.rules)
    if (field.required === 'always') required.push(field.code)
    properties[field.code] = merged({ type: 'string', title: field.label, minLength: 1 }, demands)
    expressed.set(field.code, new Set(field.required === 'always' ? ['field.required', ...ids] : ids))
  }
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:xinbao:${pack.id}:${pack.version}:${type.code}`,
    title: type.title,
    type: 'object',
    properties,
    required,
    additionalProperties: false,
  }
  return { schema, expressed }
}

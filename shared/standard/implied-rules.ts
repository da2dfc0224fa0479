import type { FieldFormat, FieldSpec, FieldType, RuleSpec } from './pack'
import type { Severity } from './issue'

/** A rule that follows from a field description, before it knows its field. */
interface ImpliedRule {
  readonly id: string
  readonly severity?: Severity
  readonly function: string
  readonly options?: Readonly<Record<string, unknown>>
}

const decimal = (id: string, report: string): ImpliedRule => ({
  id,
  function: 'decimal',
  options: { report },
})

const BY_TYPE: Readonly<Partial<Record<FieldType, readonly ImpliedRule[]>>> = {
  date: [
    { id: 'date.malformed', function: 'dateFormat' },
    { id: 'date.ambiguous', function: 'dateFormat', options: { report: 'ambiguous' } },
  ],
  decimal: [
    decimal('decimal.malformed', 'malformed'),
    decimal('decimal.unit', 'unit'),
    decimal('decimal.negative', 'negative'),
    decimal('decimal.scale', 'scale'),
    decimal('decimal.too-large', 'too-large'),
  ],
  integer: [{ id: 'integer.malformed', function: 'pattern', options: { pattern: '^\\d{1,12}$' } }],
  flag: [{ id: 'flag.malformed', function: 'codeIn', options: { values: ['1', '0'] } }],
}

const identifier = (
  id: string,
  identifier: string,
  report: readonly string[],
  severity: Severity = 'error',
): ImpliedRule => ({ id, severity, function: 'checkDigit', options: { identifier, report } })

const BY_FORMAT: Readonly<Partial<Record<FieldFormat, readonly ImpliedRule[]>>> = {
  uscc: [
    identifier('uscc.shape', 'uscc', ['shape']),
    identifier('uscc.characters', 'uscc', ['characters']),
    identifier('uscc.check-digit', 'uscc', ['check-digit']),
    identifier('uscc.other-number', 'uscc', ['legacy'], 'warning'),
    // Only a hint: the codes of older bodies fail it and stand in the register, and the clerk can change nothing.
    identifier('uscc.embedded-org-code', 'uscc', ['embedded-org-code'], 'hint'),
  ],
  orgCode: [
    identifier('org-code.shape', 'orgCode', ['shape']),
    identifier('org-code.check-digit', 'orgCode', ['check-digit']),
  ],
  residentId: [
    identifier('resident-id.shape', 'residentId', ['shape']),
    identifier('resident-id.region', 'residentId', ['region']),
    identifier('resident-id.date', 'residentId', ['date']),
    identifier('resident-id.check-digit', 'residentId', ['check-digit']),
    identifier('resident-id.legacy', 'residentId', ['legacy'], 'warning'),
  ],
  regNo15: [identifier('registration-number.unlikely', 'regNo15', ['shape', 'check-digit'], 'warning')],
  taxNo: [identifier('tax-number.shape', 'taxNo', ['shape'])],
  institutionNo: [identifier('institution-number.unlikely', 'institutionNo', ['shape'], 'warning')],
}

/** Formats of numbers: no letter but an X at the end is found in most, and never four of them. */
const NUMBER_FORMATS: ReadonlySet<FieldFormat> = new Set([
  'uscc',
  'orgCode',
  'residentId',
  'idDocument',
  'regNo15',
  'taxNo',
  'institutionNo',
])

/** A masked value stands for nobody: 周**, 张×, 1101********002X, 1101XXXXXXXX0021. */
const masked = (pattern: string): ImpliedRule => ({
  id: 'text.masked',
  function: 'pattern',
  options: { pattern, negate: true },
})
const MASKED = masked('[*＊×]')
const MASKED_NUMBER = masked('[*＊×]|[Xx]{4}')

function maskRules({ format, sensitivity }: FieldSpec): readonly ImpliedRule[] {
  if (format !== undefined && NUMBER_FORMATS.has(format)) return [MASKED_NUMBER]
  return sensitivity === 'public' ? [] : [MASKED]
}

const codeRules = (field: FieldSpec, list: string): readonly ImpliedRule[] => {
  const listed = field.type === 'multiCode' ? 'multiCodeIn' : 'codeIn'
  const unlisted: ImpliedRule = { id: 'field.code-not-listed', function: listed, options: { list } }
  const expired = { id: 'field.code-expired', function: 'codeIn', options: { list, report: 'expired' } }
  return field.type === 'multiCode' ? [unlisted] : [unlisted, expired]
}

/** The rules that a field's own description stands for: mandatory, length, type, code list, format. */
export function impliedRules(field: FieldSpec): readonly RuleSpec[] {
  const rules: RuleSpec[] = []
  const add = (rule: ImpliedRule, when?: RuleSpec['when']): void => {
    const { id, severity = 'error', options = {} } = rule
    rules.push({ id, severity, on: [field.code], function: rule.function, options, ...(when && { when }) })
  }
  if (field.required === 'always') add({ id: 'field.required', function: 'required' })
  else if (field.required !== 'never') {
    add({ id: 'field.required', function: 'required' }, field.required.when)
  }
  if (field.maxLength !== undefined) {
    add({ id: 'field.length', function: 'length', options: { max: field.maxLength } })
  }
  for (const rule of maskRules(field)) add(rule)
  for (const rule of BY_TYPE[field.type] ?? []) add(rule)
  if (field.codeList !== undefined) for (const rule of codeRules(field, field.codeList)) add(rule)
  if (field.format !== undefined) for (const rule of BY_FORMAT[field.format] ?? []) add(rule)
  return rules
}

import type { ItemError } from '@shared/domain/exchange'
import { impliedRules } from '@shared/standard/implied-rules'
import type { RuleSpec, StandardPack } from '@shared/standard/pack'
import type { CompiledType } from '@shared/standard/standard'
import type { PlatformCode } from '@shared/texts/zh-CN/practice'
import { practiceTexts } from '@shared/texts/zh-CN/practice'
import { wireName } from './wire-name'

/** What the standard says about one payload. */
export interface PayloadJudgement {
  readonly errors: readonly ItemError[]
  readonly warnings: readonly ItemError[]
  /** The platform's own key; never the one that a desk claims. */
  readonly naturalKey: string | null
}

/** Checks payloads of one record type with the same pack as the desk, under the codes of the platform. */
export type PayloadCheck = (payload: Readonly<Record<string, string>>, today: string) => PayloadJudgement

const CODE_OF_FUNCTION: Readonly<Record<string, PlatformCode>> = {
  required: '1003',
  oneOfRequired: '1003',
  requiredWithCode: '1003',
  placeholder: '1003',
  length: '1006',
  dateFormat: '1005',
  dateOrder: '1005',
  notFuture: '1005',
  withinDays: '1005',
  decimal: '1008',
  positive: '1008',
  amountAgreesWithText: '1008',
  checkDigit: '1002',
  matchesSubjectClass: '1001',
  personalDataInText: '1010',
  forbiddenText: '1010',
}

const CODE_OF_RULE: Readonly<Record<string, PlatformCode>> = { 'text.mojibake': '1004' }
const SUBJECT_CODES = ['uscc', 'orgCode', 'regNo15', 'taxNo', 'institutionNo']

/** Rules without a code of their own are about a value that the platform does not know. */
function codeOfRule(rule: RuleSpec): PlatformCode {
  const isIdentityDocument =
    rule.function === 'checkDigit' && !SUBJECT_CODES.includes(String(rule.options['identifier']))
  if (isIdentityDocument) return '1009'
  return CODE_OF_RULE[rule.id] ?? CODE_OF_FUNCTION[rule.function] ?? '1004'
}

/** Makes the check of one record type of a pack. */
export function createPayloadCheck(pack: StandardPack, type: CompiledType): PayloadCheck {
  const fields = new Map(type.fields.map((field) => [wireName(field), field]))
  const wireNames = new Map(type.fields.map((field) => [field.code, wireName(field)]))
  const rules = [...type.fields.flatMap(impliedRules), ...(pack.rules[type.spec.code] ?? [])]
  const codes = new Map(rules.map((rule) => [rule.id, codeOfRule(rule)]))
  return (payload, today) => {
    const unknown = Object.keys(payload).filter((name) => !fields.has(name))
    const errors: ItemError[] = unknown.map((name) => unknownField(name))
    const warnings: ItemError[] = []
    const values = Object.fromEntries(
      Object.entries(payload).flatMap(([name, value]) => {
        const field = fields.get(name)
        return field === undefined ? [] : [[field.code, value] as const]
      }),
    )
    for (const issue of type.check(values, { today })) {
      if (issue.severity === 'hint') continue
      const field = issue.field === null ? null : (wireNames.get(issue.field) ?? issue.field)
      const code = codes.get(issue.code) ?? '1004'
      const error = {
        code,
        field,
        value: issue.value,
        message: type.message(issue),
        severity: issue.severity,
      }
      if (error.severity === 'error') errors.push(error)
      else warnings.push(error)
    }
    return { errors, warnings, naturalKey: type.naturalKey(values) }
  }
}

const unknownField = (name: string): ItemError => ({
  code: '1011',
  field: name,
  value: null,
  message: practiceTexts['1011'],
  severity: 'error',
})

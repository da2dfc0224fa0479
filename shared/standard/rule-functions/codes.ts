import { hasPart, MULTI_CODE_SEPARATOR } from '@shared/standard/multi-code'
import type { CodeIndex } from '@shared/standard/code-index'
import type { Fix } from '@shared/standard/issue'
import { inspectUscc } from '@shared/standard/identifiers/uscc'
import * as v from 'valibot'
import { FOUND, NOTHING_TO_FIND, ruleFunction, type Finding, type Judge } from './rule-function'

/** So many labels fit into a sentence. */
const LABELS_SHOWN = 12

const labelsOf = (codes: CodeIndex): string => {
  const labels = codes.list.items.map((item) => item.label)
  // Where a label holds the separator itself, the reader could not tell where it ends.
  const separator = labels.some((label) => label.includes('、')) ? '；' : '、'
  return labels.slice(0, LABELS_SHOWN).join(separator) + (labels.length > LABELS_SHOWN ? '……' : '')
}

const aliasFix = (value: string, canonical: string | null): { readonly fix?: Fix } =>
  canonical === null || canonical === value ? {} : { fix: { value: canonical, proof: 'fix.code-alias' } }

const words = v.pipe(v.array(v.string()), v.minLength(1))

/**
 * The value must be a code of a list, or one of some values. With `report: 'expired'` it finds only listed codes
 * that are not in force on the legal date.
 */
export const codeIn = ruleFunction({
  name: 'codeIn',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: (options) => !('report' in options) || options.report === 'unlisted',
  options: v.union([
    v.strictObject({ list: v.string(), report: v.exactOptional(v.picklist(['unlisted', 'expired'])) }),
    v.strictObject({ values: words }),
  ]),
  example: { list: 'XDR_LB' },
  compile: (_, options, scope) => {
    if ('values' in options) {
      const found: Finding = { params: { allowed: options.values.join('、') } }
      return (value) => (options.values.includes(value) ? null : found)
    }
    const codes = scope.codes(options.list)
    if (options.report === 'expired') return expiredJudge(codes, scope.type.legalDate)
    const params = { allowed: labelsOf(codes) }
    return (value) =>
      codes.item(value) === undefined ? { params, ...aliasFix(value, codes.canonical(value)) } : null
  },
})

function expiredJudge(codes: CodeIndex, legalDate: string): Judge {
  const isDated = codes.list.items.some((item) => item.from !== undefined || item.to !== undefined)
  if (!isDated) return NOTHING_TO_FIND
  return (value, values) => {
    const date = values[legalDate]
    const item = date === undefined ? undefined : codes.item(value)
    if (date === undefined || item === undefined) return null
    if (!((item.from !== undefined && date < item.from) || (item.to !== undefined && date > item.to)))
      return null
    const { replacedBy } = item
    return replacedBy === undefined
      ? FOUND
      : { params: { replacedBy }, fix: { value: replacedBy, proof: 'fix.code-replaced' } }
  }
}

/** Every part of the value must be a code of a list; or the value must include one code. */
export const multiCodeIn = ruleFunction({
  name: 'multiCodeIn',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.union([v.strictObject({ list: v.string() }), v.strictObject({ includes: v.string() })]),
  example: { list: 'CF_CFLB' },
  compile: (_, options, scope) => {
    if ('includes' in options) {
      const found = { params: { code: options.includes } }
      return (value) => (hasPart(value, options.includes) ? null : found)
    }
    const codes = scope.codes(options.list)
    const allowed = labelsOf(codes)
    return (value) => {
      if (codes.item(value) !== undefined && !value.includes(MULTI_CODE_SEPARATOR)) return null
      const unknown = value.split(MULTI_CODE_SEPARATOR).find((part) => codes.item(part) === undefined)
      if (unknown === undefined) return null
      return { params: { allowed, part: unknown }, ...aliasFix(value, codes.canonicalMany(value)) }
    }
  },
})

/**
 * A class of subjects and the credit codes of that class belong together: the code starts with `prefix` if and only
 * if the first field is `member`. The second field holds the code; a code that does not hold proves nothing.
 */
export const matchesSubjectClass = ruleFunction({
  name: 'matchesSubjectClass',
  scope: 'together',
  judgesBlank: false,
  options: v.strictObject({
    prefix: v.pipe(v.string(), v.minLength(1)),
    member: v.string(),
    others: v.string(),
  }),
  example: { prefix: '92', member: '个体工商户', others: '法人及非法人组织' },
  compile: ([, codeField], { prefix, member, others }) => {
    const code = codeField!.code
    const fixTo = (value: string): Finding => ({
      params: { prefix, member, expected: value },
      fix: { value, proof: 'fix.subject-class' },
    })
    const isMember = fixTo(member)
    const isOther = fixTo(others)
    return (value, values) => {
      const uscc = values[code]
      if (uscc === undefined || (value !== member && value !== others)) return null
      if (uscc.startsWith(prefix) === (value === member)) return null
      const finding = inspectUscc(uscc)
      if (finding !== null && finding !== 'embedded-org-code') return null
      return value === member ? isOther : isMember
    }
  },
})

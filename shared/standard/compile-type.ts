import { canonicalJson, compareCodePoints } from '@shared/kernel/canonical-json'
import { shapedRecords } from '@shared/kernel/shaped-record'
import type { CodeIndex } from './code-index'
import { compileChecks, parseOptions } from './compile-checks'
import { compileMessages } from './issue-text'
import { compileNaturalKey } from './natural-key'
import { compileNormaliser } from './normalise/normalise-record'
import type { FieldValues, RecordTypeSpec, RuleSpec } from './pack'
import { crossRecordDefinitions } from './rule-functions/cross-record'
import type { CompiledType, CrossRecordRule } from './standard'

const isCrossRecord = (name: string): boolean => crossRecordDefinitions.has(name)

function crossRecordRule(rule: RuleSpec, path: string): readonly CrossRecordRule[] {
  const definition = crossRecordDefinitions.get(rule.function)
  if (definition === undefined) return []
  parseOptions(definition, rule, path)
  return [{ id: rule.id, severity: rule.severity, function: definition.name, field: rule.on[0]! }]
}

/** A name that the runtime takes for the index of a list, and moves to the front. */
const INDEX = /^\d+$/

/** Members of the wire payload in the order of their canonical text, which then is what the runtime writes by itself. */
function compilePayload(type: RecordTypeSpec): Pick<CompiledType, 'payload' | 'payloadText'> {
  const members = type.fields
    .filter((field) => !field.envelope)
    .map((field) => ({ code: field.code, name: field.wire?.name ?? field.code }))
    .sort((left, right) => compareCodePoints(left.name, right.name))
  const payloadOf = shapedRecords<string>(members.map(({ name }) => name))
  // A blank value is left out like an absent one.
  const payload = (values: FieldValues): Record<string, string> =>
    payloadOf(members.map(({ code }) => values[code] || undefined))
  const isOrdered = members.every(({ name }) => !INDEX.test(name))
  return {
    payload,
    payloadText: isOrdered
      ? (values) => JSON.stringify(payload(values))
      : (values) => canonicalJson(payload(values)),
  }
}

function compileSearch({ search, legalDate }: RecordTypeSpec): CompiledType['searchValues'] {
  const valueOf = (values: FieldValues, code: string | null): string | null =>
    code === null ? null : (values[code] ?? null)
  return (values) => ({
    docNo: valueOf(values, search.docNo),
    subjectName: valueOf(values, search.subjectName),
    subjectCode: valueOf(values, search.subjectCode),
    legalDate: valueOf(values, legalDate),
  })
}

/** Compiles one record type of a pack. Rules that name something unknown are refused as `pack.invalid`. */
export function compileType(
  spec: RecordTypeSpec,
  rules: readonly RuleSpec[],
  codeIndexes: ReadonlyMap<string, CodeIndex>,
  texts: Readonly<Record<string, string>>,
): CompiledType {
  const textOfRule = new Map(rules.flatMap((rule) => (rule.text === undefined ? [] : [[rule.id, rule.text]])))
  return {
    spec,
    fields: spec.fields.filter((field) => !field.envelope),
    normalise: compileNormaliser(spec, codeIndexes),
    check: compileChecks(
      spec,
      rules.filter((rule) => !isCrossRecord(rule.function)),
      codeIndexes,
    ),
    naturalKey: compileNaturalKey(spec),
    ...compilePayload(spec),
    crossRecordRules: rules.flatMap((rule) => crossRecordRule(rule, `rules.${spec.code}.${rule.id}`)),
    searchValues: compileSearch(spec),
    message: compileMessages(spec, texts, textOfRule),
    proof: (key) => (Object.hasOwn(texts, key) ? texts[key]! : key),
  }
}

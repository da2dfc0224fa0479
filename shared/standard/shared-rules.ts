/** Makes rules of every record type from the rules that are written once for all fields of a kind. */
import { headlineField } from './headline-field'
import type { Clause, SharedRule, FieldChoice, FieldSpec, RecordTypeSpec, RuleSpec } from './pack'
import { refusePack } from './pack-refusal'
import { ruleFunctions } from './rule-functions/registry'

/** Stands in a clause for the field that names the kind of a document. */
export const DOCUMENT_KIND = '@documentKind'

function playsRole(type: RecordTypeSpec, field: FieldSpec, role: FieldChoice['role']): boolean {
  if (role === undefined) return true
  const { docNo, subjectName } = type.search
  return field.code === { legalDate: type.legalDate, docNo, subjectName, headline: headlineField(type) }[role]
}

/** Whether a shared rule is on a field. */
function isChosen(type: RecordTypeSpec, field: FieldSpec, choice: FieldChoice): boolean {
  const { types, formats, required } = choice
  if (field.envelope === true || !playsRole(type, field, choice.role)) return false
  if (types !== undefined && !types.includes(field.type)) return false
  if (formats !== undefined && !formats.includes(field.format ?? 'none')) return false
  return required === undefined || required === field.required
}

const hasRule = (code: string, { recordTypes, exceptRecordTypes = [] }: FieldChoice): boolean =>
  (recordTypes === undefined || recordTypes.includes(code)) && !exceptRecordTypes.includes(code)

const looksAtKind = (rule: SharedRule): boolean =>
  rule.when?.some((clause) => clause.field === DOCUMENT_KIND) === true

function refuseUnfit(rule: SharedRule, known: ReadonlySet<string>): void {
  const bad = (reason: string): never => refusePack(`rules.shared.${rule.id}`, reason)
  if (ruleFunctions.get(rule.function)?.scope === 'together')
    bad(`${rule.function} looks at several fields together`)
  const { recordTypes = [], exceptRecordTypes = [] } = rule.appliesTo
  const unknown = [...recordTypes, ...exceptRecordTypes].find((code) => !known.has(code))
  if (unknown !== undefined) bad(`unknown type ${unknown}`)
}

/** The rules of one type that a shared rule stands for: one for all its fields, or one each that know their kind. */
function rulesFor(rule: SharedRule, type: RecordTypeSpec): readonly RuleSpec[] {
  const { appliesTo, ...members } = rule
  const chosen = hasRule(type.code, appliesTo)
    ? type.fields.filter((field) => isChosen(type, field, appliesTo))
    : []
  if (!looksAtKind(rule)) {
    return chosen.length === 0 ? [] : [{ ...members, on: chosen.map((field) => field.code) }]
  }
  return chosen.flatMap(({ code, documentKind }) => {
    if (documentKind === undefined) return []
    const own = (clause: Clause): Clause =>
      clause.field === DOCUMENT_KIND ? { ...clause, field: documentKind } : clause
    return [{ ...members, on: [code], when: rule.when!.map(own) }]
  })
}

/**
 * The rules of every record type: the shared ones that fit it, then its own. Refuses `pack.invalid` when a shared rule
 * cannot be one (it compares fields) or names an unknown type.
 */
export function withSharedRules(
  types: readonly RecordTypeSpec[],
  shared: readonly SharedRule[],
  own: Readonly<Record<string, readonly RuleSpec[]>>,
): Readonly<Record<string, readonly RuleSpec[]>> {
  const known = new Set(types.map((type) => type.code))
  for (const rule of shared) refuseUnfit(rule, known)
  const derived = types.map(
    (type) =>
      [type.code, [...shared.flatMap((rule) => rulesFor(rule, type)), ...(own[type.code] ?? [])]] as const,
  )
  return { ...own, ...Object.fromEntries(derived) }
}

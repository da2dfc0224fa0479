/** What people can read about the rules of a standard: made from the compiled pack, so that it cannot say otherwise. */
import { impliedRules } from './implied-rules'
import type { Severity } from './issue'
import type { RuleReference, RuleSpec } from './pack'
import { crossRecordDefinitions } from './rule-functions/cross-record'
import type { CompiledStandard, CompiledType } from './standard'

/** Where a rule is judged: on a record, over several records, or while a file is read. */
export type ReferenceKind = 'record' | 'records' | 'import'

/** The fields of one record type that a rule is on. */
export interface ReferenceUse {
  readonly type: string
  readonly title: string
  readonly fields: readonly { readonly code: string; readonly label: string }[]
}

/** One field of a sample; null is a blank field. */
export interface ReferenceSampleField {
  readonly label: string
  readonly bad: string | null
  readonly good: string | null
}

/** Values that break a rule beside values that do not. */
export interface ReferenceSample {
  readonly fields: readonly ReferenceSampleField[]
  /** What the check says of the bad values. */
  readonly message: string
  /** What one click puts in, and why it is right; null when a person has to look. */
  readonly fix: { readonly value: string; readonly note: string } | null
}

export interface ReferenceRule {
  readonly id: string
  readonly kind: ReferenceKind
  /** The gravest that the rule has in any record type. */
  readonly severity: Severity
  readonly title: string
  readonly basis: string
  /** Its sentence with what differs from case to case left out. */
  readonly sentence: string
  readonly uses: readonly ReferenceUse[]
  readonly sample: ReferenceSample | null
  readonly example: { readonly bad: string; readonly good: string } | null
}

/** Samples are judged as of this day, so that they stay right. */
export const SAMPLE_DAY = '2026-11-23'

const GRAVITY: readonly Severity[] = ['error', 'warning', 'hint']
/** What reading a file finds and does not block; the rest are errors. */
const OF_READING: ReadonlyMap<string, Severity> = new Map([
  ['import.serial-date', 'warning'],
  ['import.merged-cell', 'warning'],
  ['import.struck-text', 'warning'],
  ['import.hidden-row', 'warning'],
  ['import.changes-accepted', 'warning'],
  ['import.without-equivalent', 'hint'],
])

/** A template for reading: `“{label}”没有填写` says 没有填写 of “该项”. */
const readable = (template: string): string =>
  template.replace(/“?\{(\w+)\}”?/g, (whole, name: string) =>
    name === 'label' ? '“该项”' : whole.startsWith('“') ? '“…”' : '…',
  )

interface Found {
  readonly severity: Severity
  readonly kind: ReferenceKind
  readonly text: string
  readonly uses: Map<string, Map<string, string>>
}

const blankOut = (values: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null))

/** Judges the sample of a rule as the desk would. */
function sampleOf(
  standard: CompiledStandard,
  id: string,
  sample: NonNullable<RuleReference['sample']>,
): ReferenceSample | null {
  const type = standard.types.get(sample.type)
  if (type === undefined) return null
  const issue = type
    .check(blankOut(sample.bad), { today: SAMPLE_DAY })
    .find(({ code, field }) => code === id && field !== null && field in sample.bad)
  if (issue === undefined) return null
  return {
    fields: type.fields
      .filter(({ code }) => code in sample.bad || code in sample.good)
      .map(({ code, label }) => ({ label, bad: sample.bad[code] ?? null, good: sample.good[code] ?? null })),
    message: type.message(issue),
    fix: issue.fix === undefined ? null : { value: issue.fix.value, note: type.proof(issue.fix.proof) },
  }
}

function addRule(found: Map<string, Found>, type: CompiledType, rule: RuleSpec): void {
  const known = found.get(rule.id)
  const severity =
    known === undefined || GRAVITY.indexOf(rule.severity) < GRAVITY.indexOf(known.severity)
      ? rule.severity
      : known.severity
  const uses = known?.uses ?? new Map<string, Map<string, string>>()
  const fields = uses.get(type.spec.code) ?? new Map<string, string>()
  uses.set(type.spec.code, fields)
  for (const code of rule.on) {
    const field = type.fields.find((one) => one.code === code)
    if (field !== undefined) fields.set(code, field.label)
  }
  const kind = crossRecordDefinitions.has(rule.function) ? 'records' : 'record'
  found.set(rule.id, { severity, kind, text: rule.text ?? rule.id, uses })
}

/** Every rule of a standard once, in the order of its record types; then what reading a file can find. */
export function referenceRules(standard: CompiledStandard): readonly ReferenceRule[] {
  const { texts, rules, reference, conversions } = standard.pack
  const notices = Object.values(conversions).flatMap((conversion) => conversion.notices)
  const found = new Map<string, Found>()
  for (const type of standard.types.values()) {
    for (const rule of [...type.fields.flatMap(impliedRules), ...(rules[type.spec.code] ?? [])])
      addRule(found, type, rule)
  }
  for (const id of Object.keys(texts).filter((key) => key.startsWith('import.'))) {
    const notice = notices.find((one) => one.id === id)
    const severity = notice?.severity ?? OF_READING.get(id) ?? 'error'
    found.set(id, { severity, kind: 'import', text: id, uses: new Map() })
  }
  return [...found].map(([id, { severity, kind, text, uses }]): ReferenceRule => {
    const said = reference[id]
    return {
      id,
      kind,
      severity,
      title: said?.title ?? id,
      basis: said?.basis ?? '',
      sentence: readable(texts[text] ?? ''),
      uses: [...uses].map(([type, fields]) => ({
        type,
        title: standard.types.get(type)!.spec.title,
        fields: Array.from(fields, ([code, label]) => ({ code, label })),
      })),
      sample: said?.sample === undefined ? null : sampleOf(standard, id, said.sample),
      example: said?.example ?? null,
    }
  })
}

/** What changes for a desk from one version of a standard to the next, as facts that can be said in plain words. */
import { canonicalJson, type Json } from '@shared/kernel/canonical-json'
import type { CodeItem, FieldSpec, RecordTypeSpec, RuleSpec, StandardPack } from './pack'

/** Every kind of change, those first that ask most of the clerks. */
export const packChangeKinds = [
  'type-removed',
  'required-field-added',
  'field-made-required',
  'field-required-sometimes',
  'codes-removed',
  'length-shrunk',
  'field-kind-changed',
  'rule-added',
  'rule-changed',
  'setting-reset',
  'deadline-changed',
  'deadline-start-changed',
  'field-removed',
  'type-added',
  'field-added',
  'field-made-optional',
  'codes-added',
  'length-grown',
  'rule-removed',
] as const

export type PackChangeKind = (typeof packChangeKinds)[number]

/** One change; `params` fill its sentence: titles, labels, numbers, codes, the template of a rule's own sentence. */
export interface PackChange {
  readonly kind: PackChangeKind
  readonly params: Readonly<Record<string, string | number>>
}

const byKey = <T>(list: readonly T[], key: (item: T) => string): ReadonlyMap<string, T> =>
  new Map(list.map((item) => [key(item), item]))

/** So many codes are named in a sentence. */
const CODES_SHOWN = 5
const named = (codes: readonly string[]): string =>
  codes.slice(0, CODES_SHOWN).join('、') + (codes.length > CODES_SHOWN ? '……' : '')

const sameValue = (a: unknown, b: unknown): boolean =>
  canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json)

function requiredChange(before: FieldSpec, after: FieldSpec): PackChangeKind | null {
  if (sameValue(before.required, after.required)) return null
  if (after.required === 'always') return 'field-made-required'
  return after.required === 'never' || before.required === 'always'
    ? 'field-made-optional'
    : 'field-required-sometimes'
}

function changesOfField(type: RecordTypeSpec, before: FieldSpec, after: FieldSpec): PackChange[] {
  const params = { type: type.shortTitle, label: after.label }
  const changes: PackChange[] = []
  const required = requiredChange(before, after)
  if (required !== null) changes.push({ kind: required, params })
  const [from = Infinity, to = Infinity] = [before.maxLength, after.maxLength]
  if (to < from) changes.push({ kind: 'length-shrunk', params: { ...params, to } })
  if (to > from) changes.push({ kind: 'length-grown', params: { ...params, to: to === Infinity ? '' : to } })
  const kindOf = ({ type, format, scale, unit, codeList, wire }: FieldSpec): unknown => [
    [type, format ?? null, scale ?? null, unit ?? null],
    [codeList ?? null, wire?.name ?? null],
  ]
  if (!sameValue(kindOf(before), kindOf(after))) changes.push({ kind: 'field-kind-changed', params })
  return changes
}

function changesOfFields(before: RecordTypeSpec, after: RecordTypeSpec): PackChange[] {
  const old = byKey(before.fields, (field) => field.code)
  const now = byKey(after.fields, (field) => field.code)
  const changes: PackChange[] = []
  for (const field of after.fields) {
    const earlier = old.get(field.code)
    const params = { type: after.shortTitle, label: field.label }
    if (earlier !== undefined) changes.push(...changesOfField(after, earlier, field))
    else changes.push({ kind: field.required === 'always' ? 'required-field-added' : 'field-added', params })
  }
  for (const { code, label } of before.fields) {
    if (!now.has(code)) changes.push({ kind: 'field-removed', params: { type: after.shortTitle, label } })
  }
  return changes
}

function changesOfTypes(before: StandardPack, after: StandardPack): PackChange[] {
  const old = byKey(before.recordTypes, (type) => type.code)
  const now = byKey(after.recordTypes, (type) => type.code)
  const changes: PackChange[] = []
  for (const { code, title } of before.recordTypes) {
    if (!now.has(code)) changes.push({ kind: 'type-removed', params: { title } })
  }
  for (const type of after.recordTypes) {
    const earlier = old.get(type.code)
    if (earlier === undefined) changes.push({ kind: 'type-added', params: { title: type.title } })
    else {
      changes.push(...changesOfFields(earlier, type))
      const params = { type: type.shortTitle, days: type.deadline.days }
      if (earlier.deadline.days !== type.deadline.days) changes.push({ kind: 'deadline-changed', params })
      if (earlier.deadline.start !== type.deadline.start)
        changes.push({ kind: 'deadline-start-changed', params })
    }
  }
  return changes
}

const NEVER_ENDS = '9999-12-31'

/** Whether a code may be used on fewer days than before. */
function isNarrower(before: CodeItem, after: CodeItem | undefined): boolean {
  if (after === undefined) return true
  return (after.from ?? '') > (before.from ?? '') || (after.to ?? NEVER_ENDS) < (before.to ?? NEVER_ENDS)
}

function changesOfLists(before: StandardPack, after: StandardPack): PackChange[] {
  return Object.values(after.codeLists).flatMap((list) => {
    const earlier = before.codeLists[list.id]
    if (earlier === undefined) return []
    const old = byKey(earlier.items, (item) => item.value)
    const now = byKey(list.items, (item) => item.value)
    const say = (kind: PackChangeKind, items: readonly CodeItem[]): PackChange[] => {
      const codes = named(items.map((item) => item.value))
      return items.length === 0 ? [] : [{ kind, params: { list: list.title, codes } }]
    }
    return [
      ...say(
        'codes-removed',
        earlier.items.filter((item) => isNarrower(item, now.get(item.value))),
      ),
      ...say(
        'codes-added',
        list.items.filter((item) => !old.has(item.value)),
      ),
    ]
  })
}

/** The rules of all types by id, each with all that it says, in one text. */
function rulesById(pack: StandardPack): ReadonlyMap<string, string> {
  const lines = new Map<string, string[]>()
  for (const { code } of pack.recordTypes) {
    for (const rule of pack.rules[code] ?? []) {
      const said = canonicalJson([code, rule as unknown as Json])
      lines.set(rule.id, [...(lines.get(rule.id) ?? []), said])
    }
  }
  return new Map([...lines].map(([id, said]) => [id, said.sort().join('\n')]))
}

/** Rules of types that both versions have: what comes or goes with a type is said of the type. */
function changesOfRules(before: StandardPack, after: StandardPack): PackChange[] {
  const shared = new Set(after.recordTypes.map((type) => type.code))
  const both = before.recordTypes.filter((type) => shared.has(type.code)).map((type) => type.code)
  const within = (pack: StandardPack): StandardPack => ({
    ...pack,
    recordTypes: pack.recordTypes.filter((type) => both.includes(type.code)),
  })
  const [old, now] = [rulesById(within(before)), rulesById(within(after))]
  const ruleOf = (pack: StandardPack, id: string): RuleSpec | undefined =>
    Object.values(pack.rules)
      .flat()
      .find((rule) => rule.id === id)
  const say = (kind: PackChangeKind, pack: StandardPack, id: string): PackChange => {
    const rule = ruleOf(pack, id)
    const text = pack.texts[rule?.text ?? id] ?? id
    return { kind, params: { rule: text, id } }
  }
  return [
    ...[...now.keys()].filter((id) => !old.has(id)).map((id) => say('rule-added', after, id)),
    ...[...now]
      .filter(([id, said]) => old.has(id) && old.get(id) !== said)
      .map(([id]) => say('rule-changed', after, id)),
    ...[...old.keys()].filter((id) => !now.has(id)).map((id) => say('rule-removed', before, id)),
  ]
}

/** Values of the desk that a later version cannot take. */
function changesOfSettings(before: StandardPack, after: StandardPack): PackChange[] {
  if (before.version === after.version) return []
  return before.settings.flatMap(({ id, title, value, default: own }) => {
    const later = after.settings.find((setting) => setting.id === id)
    if (value === own || later === undefined || later.value === value) return []
    return [{ kind: 'setting-reset' as const, params: { title, before: value, after: later.value } }]
  })
}

/** Everything that differs between two versions, the gravest kinds first. */
export function packDifference(before: StandardPack, after: StandardPack): readonly PackChange[] {
  const changes = [
    ...changesOfTypes(before, after),
    ...changesOfLists(before, after),
    ...changesOfRules(before, after),
    ...changesOfSettings(before, after),
  ]
  const rank = new Map(packChangeKinds.map((kind, index) => [kind, index]))
  return changes.sort((a, b) => rank.get(a.kind)! - rank.get(b.kind)!)
}

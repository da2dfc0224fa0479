import { impliedRules } from '@shared/standard/implied-rules'
import type { Issue } from '@shared/standard/issue'
import type { FieldSpec, RuleSpec } from '@shared/standard/pack'
import { crossRecordFunctions, type CompiledType } from '@shared/standard/standard'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { standard, typeOf } from './sample-standard'

type Record = Readonly<globalThis.Record<string, string>>
type Patch = Readonly<globalThis.Record<string, string | null>>
type Cases = Readonly<
  globalThis.Record<string, { readonly good: readonly Patch[]; readonly bad: readonly Patch[] }>
>

interface CasesFile {
  readonly today: string
  /** A record without any error or warning. */
  readonly base: Record
  /** For rules of the type's own: changes to the base that must not raise it, and changes that must. */
  readonly rules: Cases
}

/** A value for any field that a rule is on; null blanks it. `kind` is the kind of an identity document. */
type SharedCase =
  | string
  | null
  | { readonly value: string; readonly kind: string }
  | { readonly fill: string; readonly times: number }
  | { readonly fill: string; readonly beyondMax: number }

type SharedCases = Readonly<
  globalThis.Record<string, { readonly good: readonly SharedCase[]; readonly bad: readonly SharedCase[] }>
>

const read = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, `../../packs/${name}.cases.json`), 'utf8'))

/** Cases of the rules that follow from a field's own description and of the shared rules. */
const shared = read('shared') as SharedCases

const apply = (base: Record, patch: Patch): Record =>
  Object.fromEntries(
    Object.entries({ ...base, ...patch }).filter((entry): entry is [string, string] => entry[1] !== null),
  )

/** Rules that no record of this pack can break, because no code of its lists is dated yet. */
const OUT_OF_REACH = new Set(['field.code-expired'])

const rulesOf = (code: string): readonly RuleSpec[] =>
  [
    ...typeOf(code).fields.flatMap(impliedRules),
    ...standard.pack.rules[code]!.filter(
      (rule) => !(crossRecordFunctions as readonly string[]).includes(rule.function),
    ),
  ].filter((rule) => !OUT_OF_REACH.has(rule.id))

/** Whether a rule asks nothing of other fields, save the kind of the document whose number it judges. */
const asksNothingElse = ({ when = [] }: RuleSpec, { documentKind }: FieldSpec): boolean =>
  when.every((clause) => documentKind !== undefined && clause.field === documentKind)

function patchOf(field: FieldSpec, one: SharedCase): Patch {
  if (one === null || typeof one === 'string') return { [field.code]: one }
  if ('value' in one) return { [field.code]: one.value, [field.documentKind!]: one.kind }
  const times = 'times' in one ? one.times : field.maxLength! + one.beyondMax
  return { [field.code]: one.fill.repeat(times) }
}

interface Trial {
  readonly id: string
  readonly patch: Patch
  /** Where the issue must stand; anywhere when null. */
  readonly field: string | null
  readonly raises: boolean
}

function ownTrials(cases: Cases): readonly Trial[] {
  return Object.entries(cases).flatMap(([id, { good, bad }]) => [
    ...good.map((patch) => ({ id, patch, field: null, raises: false })),
    ...bad.map((patch) => ({ id, patch, field: null, raises: true })),
  ])
}

function sharedTrials(type: CompiledType): readonly Trial[] {
  const fields = new Map(type.fields.map((field) => [field.code, field]))
  return rulesOf(type.spec.code).flatMap((rule): readonly Trial[] => {
    const cases = shared[rule.id]
    if (cases === undefined) return []
    const on = rule.on.map((code) => fields.get(code)!).filter((field) => asksNothingElse(rule, field))
    const isOfKind = (one: SharedCase): boolean =>
      one === null ||
      typeof one === 'string' ||
      !('kind' in one) ||
      rule.when!.some((clause) => clause.in!.includes(one.kind))
    const trial = (field: FieldSpec, raises: boolean) => (one: SharedCase) => ({
      id: rule.id,
      patch: patchOf(field, one),
      field: field.code,
      raises,
    })
    return on.flatMap((field) => [
      ...cases.good.map(trial(field, false)),
      ...cases.bad.filter(isOfKind).map(trial(field, true)),
    ])
  })
}

describe.each(standard.pack.recordTypes.map((type) => type.code))('cases of %s', (code) => {
  const { today, base, rules } = read(code) as CasesFile
  const type = typeOf(code)
  const issuesOf = (patch: Patch): readonly Issue[] => type.check(apply(base, patch), { today })
  const trials = [...ownTrials(rules), ...sharedTrials(type)]
  const bad = trials.filter((trial) => trial.raises)
  const ids = [...new Set(rulesOf(code).map((rule) => rule.id))].sort()

  it('has a base record that is clean and has a key', () => {
    expect(issuesOf({})).toEqual([])
    expect(type.naturalKey(base)).not.toBeNull()
  })

  it('has bad cases for every rule, and its own cases for no other', () => {
    expect([...new Set(bad.map((trial) => trial.id))].sort()).toEqual(ids)
    for (const [id, { good, bad }] of Object.entries(rules)) {
      expect([id, good.length > 0, bad.length > 0]).toEqual([id, true, true])
    }
  })

  it.each(ids)('%s', (id) => {
    for (const { patch, field, raises } of trials.filter((trial) => trial.id === id)) {
      const found = issuesOf(patch).some(
        (issue) => issue.code === id && (field === null || issue.field === field),
      )
      expect([patch, found]).toEqual([patch, raises])
    }
  })

  it('says something for every issue of every case, with all its blanks filled', () => {
    for (const issue of bad.flatMap((trial) => issuesOf(trial.patch))) {
      expect(type.message(issue)).not.toMatch(/\{\w+\}/)
      if (issue.fix !== undefined) expect(standard.pack.texts[issue.fix.proof]).toBeDefined()
    }
  })

  it('mends what it offers to mend: the fix of an issue does away with that issue', () => {
    for (const { patch } of bad) {
      const values = apply(base, patch)
      for (const issue of type.check(values, { today })) {
        if (issue.fix === undefined) continue
        const left = type.check({ ...values, [issue.field!]: issue.fix.value }, { today })
        expect(left.map((one) => `${one.code} ${one.field}`)).not.toContain(`${issue.code} ${issue.field}`)
      }
    }
  })
})

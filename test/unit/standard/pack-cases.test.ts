import { impliedRules } from '@shared/standard/implied-rules'
import { crossRecordFunctions } from '@shared/standard/standard'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { standard, typeOf } from './sample-standard'

type Patch = Readonly<Record<string, string | null>>

interface CasesFile {
  readonly today: string
  /** A record without any error or warning. */
  readonly base: Readonly<Record<string, string>>
  /** For every rule: changes to the base that must not raise it, and changes that must. */
  readonly rules: Readonly<
    Record<string, { readonly good: readonly Patch[]; readonly bad: readonly Patch[] }>
  >
}

const casesOf = (type: string): CasesFile =>
  JSON.parse(
    readFileSync(resolve(import.meta.dirname, `../../packs/${type}.cases.json`), 'utf8'),
  ) as CasesFile

const apply = (base: CasesFile['base'], patch: Patch): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...base, ...patch }).filter((entry): entry is [string, string] => entry[1] !== null),
  )

/** Rules that no record of this pack can break, because no code of its lists is dated yet. */
const OUT_OF_REACH = new Set(['field.code-expired'])

const ruleIdsOf = (code: string): string[] => {
  const implied = typeOf(code).fields.flatMap(impliedRules)
  const own = standard.pack.rules[code]!.filter(
    (rule) => !(crossRecordFunctions as readonly string[]).includes(rule.function),
  )
  return [...new Set([...implied, ...own].map((rule) => rule.id))]
    .filter((id) => !OUT_OF_REACH.has(id))
    .sort()
}

describe.each(standard.pack.recordTypes.map((type) => type.code))('cases of %s', (code) => {
  const cases = casesOf(code)
  const type = typeOf(code)
  const codesOf = (patch: Patch): string[] =>
    type.check(apply(cases.base, patch), { today: cases.today }).map((issue) => issue.code)

  it('has a base record that is clean', () => {
    expect(type.check(cases.base, { today: cases.today })).toEqual([])
  })

  it('has good and bad cases for every rule, and for no other', () => {
    expect(Object.keys(cases.rules).sort()).toEqual(ruleIdsOf(code))
    for (const [id, { good, bad }] of Object.entries(cases.rules)) {
      expect([id, good.length > 0, bad.length > 0]).toEqual([id, true, true])
    }
  })

  it.each(Object.entries(cases.rules))('%s', (id, { good, bad }) => {
    for (const patch of good)
      expect([patch, codesOf(patch)]).not.toEqual([patch, expect.arrayContaining([id])])
    for (const patch of bad) expect([patch, codesOf(patch)]).toEqual([patch, expect.arrayContaining([id])])
  })

  it('says something for every issue of every case, with all its blanks filled', () => {
    for (const { bad } of Object.values(cases.rules)) {
      for (const patch of bad) {
        for (const issue of type.check(apply(cases.base, patch), { today: cases.today })) {
          const sentence = type.message(issue)
          expect(sentence).not.toMatch(/\{\w+\}/)
          if (issue.fix !== undefined) expect(standard.pack.texts[issue.fix.proof]).toBeDefined()
        }
      }
    }
  })

  it('mends what it offers to mend: the fix of an issue does away with that issue', () => {
    for (const { bad } of Object.values(cases.rules)) {
      for (const patch of bad) {
        const values = apply(cases.base, patch)
        for (const issue of type.check(values, { today: cases.today })) {
          if (issue.fix === undefined) continue
          const mended = { ...values, [issue.field!]: issue.fix.value }
          const left = type.check(mended, { today: cases.today })
          expect(left.map((one) => `${one.code} ${one.field}`)).not.toContain(`${issue.code} ${issue.field}`)
        }
      }
    }
  })
})

import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadStandard } from '@engine/standards/standard-loader'
import { impliedRules } from '@shared/standard/implied-rules'
import { referenceRules, SAMPLE_DAY } from '@shared/standard/reference'
import { describe, expect, it } from 'vitest'
import { rulesDocument } from './rules-document'

const root = resolve(import.meta.dirname, '../../resources/standards')
const packs = readdirSync(root).flatMap((id) =>
  readdirSync(join(root, id)).map((version) => [`${id} ${version}`, join(root, id, version)] as const),
)
const checking = packs.filter(([, folder]) => loadStandard(folder).pack.readOnly !== true)

/** Nobody can show one: no code of the lists is dated yet. */
const WITHOUT_SAMPLE = new Set(['field.code-expired'])

describe.each(checking)('the rules of %s', (_, folder) => {
  const standard = loadStandard(folder)
  const rules = referenceRules(standard)

  it('are written down beside the pack as they are now; `npm run rules` writes them anew', async () => {
    await expect(rulesDocument(standard)).toMatchFileSnapshot(join(folder, 'RULES.md'))
  })

  it('have each a title, a basis and a sentence, and nothing is said of rules that are not there', () => {
    const ids = new Set(rules.map((rule) => rule.id))
    expect(rules.filter(({ title, basis, id }) => title === id || title === '' || basis === '')).toEqual([])
    expect(rules.filter(({ sentence }) => sentence === '').map(({ id }) => id)).toEqual([])
    expect(Object.keys(standard.pack.reference).filter((id) => !ids.has(id))).toEqual([])
  })

  it('say nothing that no rule needs', () => {
    const known = /^(?:import|platform|fix|normalised|issue)\./
    const ids = new Set(
      [
        ...standard.pack.recordTypes.flatMap((type) => type.fields.flatMap(impliedRules)),
        ...Object.values(standard.pack.rules).flat(),
      ].map((rule) => rule.text ?? rule.id),
    )
    expect(Object.keys(standard.pack.texts).filter((key) => !ids.has(key) && !known.test(key))).toEqual([])
  })

  it.each(
    rules.filter((rule) => rule.kind === 'record' && !WITHOUT_SAMPLE.has(rule.id)).map((rule) => rule.id),
  )('%s has a sample that breaks it, and one that does not', (id) => {
    const { type: code, bad, good } = standard.pack.reference[id]!.sample!
    const type = standard.types.get(code)!
    const codesOf = (values: Readonly<Record<string, string | null>>): string[] =>
      type
        .check(
          Object.fromEntries(
            Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
          ),
          { today: SAMPLE_DAY },
        )
        .filter((issue) => issue.field !== null && issue.field in bad)
        .map((issue) => issue.code)
    expect(codesOf(bad)).toContain(id)
    expect(codesOf(good)).not.toContain(id)
    expect(Object.keys(good).sort()).toEqual(Object.keys(bad).sort())
  })

  it('over several records have an example', () => {
    expect(rules.filter(({ kind, example }) => kind === 'records' && example === null)).toEqual([])
  })
})

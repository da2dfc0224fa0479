/** What is skipped because it cannot matter: the quick look must never say so of a text in which something is found. */
import { loadShippedStandards } from '@practice/standard-folder'
import { CharacterMarks } from '@shared/standard/character-marks'
import { compileStandard } from '@shared/standard/compile-standard'
import { neededCharacters } from '@shared/standard/needed-characters'
import { findPersonalData, MARKS_OF_PERSONAL_DATA } from '@shared/standard/personal-data'
import { RepeatedValues } from '@shared/standard/repeated-values'
import { parseOptions } from '@shared/standard/compile-checks'
import { ruleFunctions } from '@shared/standard/rule-functions/registry'
import type { CellKind, RawValue } from '@shared/standard/standard'
import fc from 'fast-check'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordsOf } from './field-values'

const standards = loadShippedStandards(resolve(import.meta.dirname, '../../../resources')).map(
  ({ standard }) => standard,
)
const types = standards.flatMap(({ pack, types }) =>
  [...types.values()].map((type) => [`${pack.id} ${pack.version} ${type.spec.code}`, pack, type] as const),
)
const rulesByUse = new Map(
  types
    .flatMap(([, pack, { spec }]) => pack.rules[spec.code] ?? [])
    .map((rule) => [`${rule.function} ${JSON.stringify(rule.options)}`, rule] as const),
)

const holdsOneOf = (text: string, units: string): boolean =>
  Array.from({ length: text.length }, (_, at) => text[at]!).some((unit) => units.includes(unit))

/** Texts of the pieces that a pattern or a word list is made of, so that many match. */
const textsNear = (source: string): fc.Arbitrary<string> => {
  const runs = source.match(/[\u3400-\u9fff\uff00-\uffef]+/gu) ?? []
  const pieces = [...runs, ...source, ...runs.flatMap((run) => [...run]), ' ', '1', '12', 'x', '\n']
  return fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''))
}

describe('the characters that a rule needs', () => {
  const guarded = [...rulesByUse].filter(([, rule]) => ruleFunctions.get(rule.function)?.neededCharacters)
  it.each(guarded)('%s finds nothing without them', (name, rule) => {
    const definition = ruleFunctions.get(rule.function)!
    const options = parseOptions(definition, rule, 'rules')
    const needed = definition.neededCharacters!(options)
    if (needed === null) return
    const [, pack, type] = types.find(([, pack, { spec }]) => pack.rules[spec.code]?.includes(rule))!
    const field = type.spec.fields.find(({ code }) => code === rule.on[0])!
    const judge = definition.compile([field], options, {
      type: type.spec,
      field: () => field,
      codes: () => {
        throw new Error('no rule over text looks at codes')
      },
      inspect: () => () => null,
    })
    fc.assert(
      fc.property(fc.oneof(textsNear(name), fc.string({ unit: 'binary' })), (text) => {
        if (!holdsOneOf(text, needed)) expect(judge(text, {}, { today: pack.from })).toBeNull()
      }),
    )
  })

  it('are read off patterns of any make', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '密',
      '[ab]',
      '[^ab]',
      '[a-c]',
      '.',
      '\\d',
      '\\[',
      '(?:a|b)',
      '(ab|c)',
      '^',
      '$',
    )
    const quantifier = fc.constantFrom('', '', '?', '*', '+', '{0,2}', '{2}', '{1,}')
    const piece = fc
      .tuple(atom, quantifier)
      .map(([text, often]) => (text === '^' || text === '$' ? text : text + often))
    const sequence = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''))
    const group = sequence.map((inner) => `(?:${inner})`)
    const pattern = fc
      .array(fc.oneof(sequence, group), { minLength: 1, maxLength: 3 })
      .map((alternatives) => alternatives.join('|'))
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', '密', '1', '['), maxLength: 6 })
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        const needed = neededCharacters(source)
        if (needed !== null && new RegExp(source, 'u').test(value))
          expect(holdsOneOf(value, needed)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
    expect(neededCharacters('(?:绝密|机密)\\s{0,2}★|密级')).toBe('★密')
  })

  it('are found in one look, whatever the sets', () => {
    const units = fc.string({ unit: 'binary', minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(units, { maxLength: 40 }), fc.string({ unit: 'binary' }), (sets, text) => {
        const marks = new CharacterMarks()
        const bits = sets.map((set) => marks.bitOf(set))
        const found = marks.of(text)
        for (const [index, set] of sets.entries()) {
          if (bits[index] !== 0) expect((found & bits[index]!) !== 0).toBe(holdsOneOf(text, set))
        }
      }),
    )
  })
})

it('no text holds anything personal without one of its marks', () => {
  const pieces = [
    '138',
    '0013',
    '8000',
    '１３８',
    '住址：',
    '家住',
    '户籍',
    '单元',
    '身份证',
    '栋',
    '3',
    '室',
    '-',
    '号楼',
    '路',
  ]
  const text = fc
    .array(fc.constantFrom(...pieces, 'X', '，'), { maxLength: 12 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (value) => {
      if (findPersonalData(value).length > 0) expect(holdsOneOf(value, MARKS_OF_PERSONAL_DATA)).toBe(true)
    }),
  )
})

describe('values that come back', () => {
  it('are what the function makes of them, however many there are', () => {
    const text = fc.oneof(fc.nat(5).map(String), fc.nat(2_000).map(String), fc.string({ maxLength: 80 }))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 1_500 }), (texts) => {
        const lengths = new RepeatedValues((one) => `${one}!`)
        for (const one of texts) expect(lengths.of(one)).toBe(`${one}!`)
      }),
      { numRuns: 30 },
    )
  })

  it.each(types)('%s is read the same whatever was read before it', (_, pack, type) => {
    const kinds: readonly CellKind[] = ['text', 'text', 'text', 'number', 'date', 'error', 'formula']
    const records = recordsOf(type.fields, pack).chain((values) =>
      fc
        .tuple(...Object.values(values).map(() => fc.constantFrom(...kinds)))
        .map((chosen) =>
          Object.fromEntries(
            Object.entries(values).map(([field, text], at): [string, RawValue] => [
              field,
              { text, kind: chosen[at]! },
            ]),
          ),
        ),
    )
    fc.assert(
      fc.property(fc.array(records, { minLength: 2, maxLength: 5 }), (sequence) => {
        for (const raw of sequence) type.normalise(raw)
        const fresh = compileStandard({ ...pack, recordTypes: [type.spec] }).types.get(type.spec.code)!
        for (const raw of sequence) expect(type.normalise(raw)).toEqual(fresh.normalise(raw))
      }),
      { numRuns: 10 },
    )
  })
})

import { withSharedRules } from '@shared/standard/shared-rules'
import { FailureError } from '@shared/kernel/failure'
import type { SharedRule, FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import { describe, expect, it } from 'vitest'

const field = (code: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  code,
  label: code,
  aliases: [],
  type: 'text',
  required: 'never',
  sensitivity: 'public',
  group: 'G',
  width: 10,
  ...more,
})

const type = (code: string, fields: readonly FieldSpec[]): RecordTypeSpec => ({
  code,
  title: code,
  shortTitle: code,
  policyClass: 'basic',
  subject: 'legal',
  naturalKey: ['NAME'],
  legalDate: 'DAY',
  deadline: { days: 7, start: 'day-after' },
  publicity: null,
  search: { docNo: null, subjectName: 'NAME', subjectCode: null },
  fields,
})

const types = [
  type('T', [
    field('NAME', { required: 'always' }),
    field('DAY', { type: 'date' }),
    field('KIND', { type: 'code' }),
    field('ID', { format: 'idDocument', documentKind: 'KIND', sensitivity: 'personal' }),
    field('OTHER_ID', { format: 'idDocument', sensitivity: 'personal' }),
    field('HIDDEN', { envelope: true }),
  ]),
  type('U', [field('NAME'), field('DAY', { type: 'date' })]),
]

const rule = (appliesTo: SharedRule['appliesTo'], more: Partial<SharedRule> = {}): SharedRule => ({
  id: 'a.b',
  severity: 'error',
  function: 'placeholder',
  options: {},
  appliesTo,
  ...more,
})

const onOf = (shared: SharedRule) => {
  const rules = withSharedRules(types, [shared], {})
  return [rules['T']?.map(({ on }) => on), rules['U']?.map(({ on }) => on)]
}

describe('a shared rule', () => {
  it.each<[string, SharedRule['appliesTo'], unknown]>([
    ['a type of fields', { types: ['date'] }, [[['DAY']], [['DAY']]]],
    ['fields without a format', { types: ['text'], formats: ['none'] }, [[['NAME']], [['NAME']]]],
    ['mandatory fields', { required: 'always' }, [[['NAME']], []]],
    ['the legal date', { role: 'legalDate' }, [[['DAY']], [['DAY']]]],
    [
      'the headline, which is the subject where there is no document number',
      { role: 'headline' },
      [[['NAME']], [['NAME']]],
    ],
    ['the document number, which is not there', { role: 'docNo' }, [[], []]],
    ['some record types', { role: 'legalDate', recordTypes: ['U'] }, [[], [['DAY']]]],
    ['all but some record types', { role: 'legalDate', exceptRecordTypes: ['U'] }, [[['DAY']], []]],
  ])('is on %s', (_, appliesTo, expected) => {
    expect(onOf(rule(appliesTo))).toEqual(expected)
  })

  it('looks at the kind of each document, and leaves out numbers whose kind nobody says', () => {
    const shared = rule({ formats: ['idDocument'] }, { when: [{ field: '@documentKind', in: ['护照'] }] })
    expect(withSharedRules(types, [shared], {})['T']).toMatchObject([
      { on: ['ID'], when: [{ field: 'KIND', in: ['护照'] }] },
    ])
  })

  it('comes before the rules of the type', () => {
    const own = { id: 'own.rule', severity: 'hint', on: ['NAME'], function: 'empty', options: {} } as const
    const rules = withSharedRules(types, [rule({ role: 'legalDate' })], { T: [own] })
    expect(rules['T']?.map(({ id }) => id)).toEqual(['a.b', 'own.rule'])
  })

  it.each([
    ['compares fields', rule({}, { function: 'dateOrder' })],
    ['names an unknown type', rule({ recordTypes: ['V'] })],
  ])('is refused when it %s', (_, shared) => {
    expect(() => withSharedRules(types, [shared], {})).toThrow(FailureError)
  })
})

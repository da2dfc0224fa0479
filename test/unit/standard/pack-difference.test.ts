import { packDifference, type PackChangeKind } from '@shared/standard/pack-difference'
import type { FieldSpec, RecordTypeSpec, StandardPack } from '@shared/standard/pack'
import { changeSentence, differenceSentence } from '@shared/texts/zh-CN/standards'
import { describe, expect, it } from 'vitest'
import { standard } from './sample-standard'

const { pack } = standard
const licences = pack.recordTypes.find((type) => type.code === 'XZXK_FR')!

/** The pack with another layout of licences. */
const withLicences = (change: (type: RecordTypeSpec) => RecordTypeSpec): StandardPack => ({
  ...pack,
  recordTypes: pack.recordTypes.map((type) => (type === licences ? change(type) : type)),
})

const withField = (code: string, change: Partial<FieldSpec>): StandardPack =>
  withLicences((type) => ({
    ...type,
    fields: type.fields.map((field) => (field.code === code ? { ...field, ...change } : field)),
  }))

const added = (required: FieldSpec['required']): StandardPack =>
  withLicences((type) => ({
    ...type,
    fields: [...type.fields, { ...type.fields[0]!, code: 'XK_NEW', label: '新字段', required }],
  }))

const withCodes = (change: (items: StandardPack['codeLists'][string]['items']) => unknown): StandardPack => {
  const list = pack.codeLists['XK_XKLB']!
  return {
    ...pack,
    codeLists: { ...pack.codeLists, XK_XKLB: { ...list, items: change(list.items) as never } },
  }
}

const CASES: readonly [string, StandardPack, PackChangeKind, string][] = [
  ['a new mandatory field', added('always'), 'required-field-added', '法人许可：新增必填字段“新字段”'],
  ['a new optional field', added('never'), 'field-added', '法人许可：新增选填字段“新字段”'],
  ['a field made mandatory', withField('BZ', { required: 'always' }), 'field-made-required', '法人许可：“备注”改为必填'],
  [
    'a field mandatory in some cases',
    withField('BZ', { required: { when: [{ field: 'XK_ZT', in: ['1'] }] } }),
    'field-required-sometimes',
    '法人许可：“备注”在某些情况下必填',
  ],
  ['a field no more mandatory', withField('XK_NR', { required: 'never' }), 'field-made-optional', '不再一律必填'],
  ['a shorter field', withField('BZ', { maxLength: 10 }), 'length-shrunk', '最多 10 个字'],
  ['a longer field', withField('BZ', { maxLength: 9_999 }), 'length-grown', '长度放宽'],
  ['another type of field', withField('BZ', { type: 'integer' }), 'field-kind-changed', '“备注”的格式有变'],
  [
    'a field that is gone',
    withLicences((type) => ({ ...type, fields: type.fields.filter((field) => field.code !== 'BZ') })),
    'field-removed',
    '取消字段“备注”',
  ],
  [
    'a longer term',
    withLicences((type) => ({ ...type, deadline: { ...type.deadline, days: 20 } })),
    'deadline-changed',
    '20 个工作日',
  ],
  ['a type that is gone', { ...pack, recordTypes: pack.recordTypes.slice(1) }, 'type-removed', '取消类别'],
  ['a code that is gone', withCodes((items) => items.slice(0, -1)), 'codes-removed', '不再接受'],
  [
    'a code that ends',
    withCodes((items) => items.map((item, index) => (index === 0 ? { ...item, to: '2026-12-31' } : item))),
    'codes-removed',
    '不再接受：普通',
  ],
  ['a new code', withCodes((items) => [...items, { value: '备案', label: '备案', aliases: [] }]), 'codes-added', '新增：备案'],
  [
    'a new rule',
    {
      ...pack,
      rules: {
        ...pack.rules,
        XZXK_FR: [
          ...pack.rules['XZXK_FR']!,
          { id: 'note.missing', severity: 'error', on: ['BZ'], function: 'required', options: {}, text: 'field.required' },
        ],
      },
    },
    'rule-added',
    '新增核对：',
  ],
  [
    'a rule that is gone',
    { ...pack, rules: { ...pack.rules, XZXK_FR: pack.rules['XZXK_FR']!.filter((rule) => rule.id !== 'subject.legal-only') } },
    'rule-changed',
    '核对有变',
  ],
] // prettier-ignore

describe('the difference between two versions', () => {
  it('is nothing for the same', () => {
    expect(packDifference(pack, pack)).toEqual([])
    expect(differenceSentence([], 0)).toBe('内容没有变化；不影响现有草稿')
  })

  it.each(CASES)('names %s', (_, after, kind, said) => {
    const changes = packDifference(pack, after)
    const change = changes.find((one) => one.kind === kind)
    expect(changes.map((one) => one.kind)).toContain(kind)
    expect(changeSentence(change!)).toContain(said)
    expect(changeSentence(change!)).not.toMatch(/[{}—]/)
  })

  it('is counted in one line, the gravest first', () => {
    const changes = [
      ...packDifference(pack, added('always')),
      ...packDifference(
        pack,
        withCodes((items) => items.slice(1)),
      ),
    ].filter((change) => !change.kind.startsWith('rule'))
    expect(differenceSentence(changes, 41)).toBe('新增 1 个必填字段，1 个代码表缩小；影响 41 条草稿')
  })
})

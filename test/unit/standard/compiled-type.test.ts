import { isSensitive, maskValue } from '@shared/standard/mask'
import type { FieldValues } from '@shared/standard/pack'
import type { CompiledType } from '@shared/standard/standard'
import { describe, expect, it } from 'vitest'
import { standard, typeOf } from './sample-standard'
import { smallStandard } from './small-standard'

const context = { today: '2026-11-23' }

const licence: FieldValues = {
  XK_XDR_MC: '萍乡市青山建材有限公司',
  XK_XDR_SHXYM: '91360000625912173B',
  XK_WSH: '萍市监许[2026]12号',
  XK_JDRQ: '2026-11-10',
  XK_XKJGDM: '11230500001755309F',
}

describe('natural keys', () => {
  it('join the folded parts', () => {
    expect(typeOf('XZXK_FR').naturalKey(licence)).toBe(
      'XZXK_FR|11230500001755309F|萍市监许〔2026〕12号|91360000625912173B',
    )
  })

  it('fall back to the name, also from a code of zeros, and are null while a part is missing', () => {
    const key = (values: FieldValues) => typeOf('XZXK_FR').naturalKey(values)
    const byName = 'XZXK_FR|11230500001755309F|萍市监许〔2026〕12号|萍乡市青山建材有限公司'
    expect(key({ ...licence, XK_XDR_SHXYM: '' })).toBe(byName)
    expect(key({ ...licence, XK_XDR_SHXYM: '00000000000000000X' })).toBe(byName)
    expect(key({ ...licence, XK_WSH: '' })).toBeNull()
    expect(key({ ...licence, XK_XDR_SHXYM: '', XK_XDR_MC: ' ' })).toBeNull()
  })

  it('keep the parts apart', () => {
    const key = (values: FieldValues) => typeOf('XZXK_FR').naturalKey(values)
    expect(key({ ...licence, XK_WSH: 'a|b' })?.split('|')).toHaveLength(4)
  })

  it('never hold an identity number', () => {
    const values = {
      XK_XDR_MC: '李四',
      XK_XDR_ZJHM: '11010519491231002X',
      XK_WSH: '1号',
      XK_XKJGDM: '11230500001755309F',
    }
    expect(typeOf('XZXK_ZRR').naturalKey(values)).toBe('XZXK_ZRR|11230500001755309F|1号|李四')
    expect(typeOf('XZXK_ZRR').searchValues(values)).toEqual({
      docNo: '1号',
      subjectName: '李四',
      subjectCode: null,
      legalDate: null,
    })
  })
})

describe('payload and search', () => {
  it('leave out blanks and envelope fields', () => {
    expect(typeOf('RYBZ_FR').payload({ JGQC: '甲', BZ: '', BMBM: 'x', TGRQ: '2026-01-01' })).toEqual({
      JGQC: '甲',
    })
    expect(typeOf('RYBZ_FR').fields.some((field) => field.envelope)).toBe(false)
  })

  it('give the desk its columns', () => {
    expect(typeOf('XZXK_FR').searchValues(licence)).toEqual({
      docNo: '萍市监许[2026]12号',
      subjectName: '萍乡市青山建材有限公司',
      subjectCode: '91360000625912173B',
      legalDate: '2026-11-10',
    })
  })

  it('hand rules over several records to the desk', () => {
    expect(typeOf('XZCF_FR').crossRecordRules).toEqual([
      { id: 'record.duplicate', severity: 'error', function: 'uniqueInDesk', field: 'CF_WSH' },
      {
        id: 'record.same-document-number',
        severity: 'warning',
        function: 'sameDocNoOtherSubject',
        field: 'CF_WSH',
      },
    ])
  })
})

describe('sentences', () => {
  const say = (type: CompiledType, code: string, field: string | null, value: string | null, params = {}) =>
    type.message({ code, severity: 'error', field, value, params })

  it('fill in label, value and params', () => {
    expect(say(typeOf('XZXK_FR'), 'field.length', 'BZ', '…', { length: 600, max: 512, over: 88 })).toBe(
      '“备注”有 600 个字，最多 512 个字，请删减 88 个字。',
    )
  })

  it('never repeat a personal value', () => {
    const sentence = say(typeOf('XZXK_ZRR'), 'text.placeholder', 'XK_XDR_MC', '张三')
    expect(sentence).not.toContain('张三')
  })

  it('have words for what nobody knows', () => {
    expect(say(typeOf('XZXK_FR'), 'constructor', 'XX', null)).toBe('“XX”有问题（constructor），请核对。')
  })

  it('do not read placeholders out of values', () => {
    expect(say(typeOf('XZXK_FR'), 'text.placeholder', 'BZ', '{label}')).toContain('{label}')
  })
})

describe('masks', () => {
  const personal = { sensitivity: 'personal' } as const

  it.each([
    ['张三', '张*'],
    ['欧阳小山', '欧***'],
    ['买买提·吐尔逊', '买***'],
    ['𠮷野', '𠮷*'],
    ['甲', '甲*'],
  ])('name %s is %s', (name, masked) => {
    expect(maskValue(personal, name)).toBe(masked)
  })

  it('show the ends of a number', () => {
    const number = { ...personal, format: 'idDocument' } as const
    expect(maskValue(number, '11010519491231002X')).toBe('110105********002X')
    expect(maskValue(number, '110105491231002')).toBe('110105******002')
    expect(maskValue(number, 'E12345678')).toBe('E*******8')
    expect(maskValue(personal, '11010519491231002X')).toBe('110105********002X')
  })

  it('leave public values alone and show nothing of secret ones', () => {
    expect(maskValue({ sensitivity: 'public' }, '张三')).toBe('张三')
    expect(maskValue({ sensitivity: 'secret' }, '张三')).toBe('******')
  })

  it('cover every identity number, telephone and name of a person in the pack', () => {
    const byWords =
      /身份证号|证件号码|证照\/|法定代表人$|法定代表人[（(/]|法定代表人(?:名称|姓名)|负责人|姓名|电话|联系方式/
    const all = standard.pack.recordTypes.flatMap((type) =>
      type.fields.map((field) => ({ at: `${type.code}.${field.code}`, field, type })),
    )
    // Names of subjects who may be a person, whatever their labels say.
    const subjects = all.filter(({ field, type }) => {
      const isSubject = field.code === type.search.subjectName
      return isSubject && type.subject !== 'legal'
    })
    const others = ['XYCN.identify', 'DCDY.MortGageeName', 'GQCZ.ImpOrg']
    const expected = all.filter(
      ({ at, field }) =>
        byWords.test(field.label) || others.includes(at) || subjects.some((subject) => subject.at === at),
    )
    const sensitive = all.filter(({ field }) => isSensitive(field))
    expect(sensitive.map(({ at }) => at)).toEqual(expected.map(({ at }) => at))
    expect(sensitive).toHaveLength(35)
  })
})

/** The codes that a type of those fields and rules finds. */
function small(
  fields: Parameters<typeof smallStandard>[0],
  rules: Parameters<typeof smallStandard>[1],
  items: readonly object[] = [{ value: 'A', label: 'a' }],
) {
  const lists = { codeLists: { LIST: { id: 'LIST', title: 'list', items } } }
  const texts = { 'one.of': '{labels}', 'dated.rule': 'dated', 'both.rule': 'both' }
  const type = smallStandard(fields, rules, lists, texts).types.get('T')!
  return (values: FieldValues) => type.check(values, context).map((issue) => issue.code)
}

describe('functions that wait for other standards', () => {
  it('one of several must be there', () => {
    const check = small(
      [{ code: 'A' }, { code: 'B' }],
      [{ id: 'one.of', on: ['A', 'B'], function: 'oneOfRequired' }],
    )
    expect(check({})).toEqual(['one.of'])
    expect(check({ B: 'x' })).toEqual([])
  })

  it('codes go out of force', () => {
    const items = [
      { value: 'A', label: 'a', to: '2021-07-14', replacedBy: 'B' },
      { value: 'B', label: 'b', from: '2021-07-15' },
    ]
    const check = small([{ code: 'C', type: 'code', codeList: 'LIST' }], [], items)
    expect(check({ C: 'A', DAY: '2021-07-14' })).toEqual([])
    expect(check({ C: 'A', DAY: '2021-07-15' })).toEqual(['field.code-expired'])
    expect(check({ C: 'B', DAY: '2021-07-14' })).toEqual(['field.code-expired'])
    expect(check({ C: 'A' })).toEqual([])
  })

  it('whole numbers and flags', () => {
    const check = small(
      [
        { code: 'N', type: 'integer' },
        { code: 'F', type: 'flag' },
      ],
      [],
    )
    expect(check({ N: '12', F: '1' })).toEqual([])
    expect(check({ N: '1.2', F: '是' })).toEqual(['integer.malformed', 'flag.malformed'])
  })

  it('rules of one time only, and conditions that must all hold', () => {
    const check = small(
      [{ code: 'A' }],
      [
        { id: 'dated.rule', on: ['A'], function: 'empty', from: '2021-01-01', to: '2021-12-31' },
        {
          id: 'both.rule',
          on: ['A'],
          function: 'empty',
          when: [
            { field: 'NO', matches: '^x' },
            { field: 'DAY', empty: false },
          ],
        },
      ],
    )
    expect(check({ A: '1', DAY: '2020-12-31' })).toEqual([])
    expect(check({ A: '1', DAY: '2021-06-01' })).toEqual(['dated.rule'])
    expect(check({ A: '1', NO: 'xy', DAY: '2022-01-01' })).toEqual(['both.rule'])
    expect(check({ A: '1', NO: 'xy' })).toEqual([])
  })
})

describe('a check', () => {
  it('finds everything at once, in the order of the form', () => {
    const issues = typeOf('XZCF_FR').check(
      { CF_XDR_MC: '无', CF_NR_FK: '-1', CF_JDRQ: '2099-01-01', CF_CFLB: '罚款' },
      context,
    )
    const order = typeOf('XZCF_FR').fields.map((field) => field.code)
    const places = issues.map((issue) => order.indexOf(issue.field!))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(issues.length).toBeGreaterThan(10)
  })

  it('gives back the same empty list for every clean record', () => {
    const honour = {
      JGQC: '甲公司',
      TYSHXYDM: '91360000625912173B',
      BZWJH: '萍府字〔2026〕8号',
      BZMC: '诚信单位',
      RDJGQC: '萍乡市人民政府',
      RDRQ: '2026-11-10',
    }
    expect(typeOf('RYBZ_FR').check(honour, context)).toBe(typeOf('RYBZ_FR').check({ ...honour }, context))
  })
})

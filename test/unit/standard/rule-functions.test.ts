import { amountFinder } from '@shared/standard/amount-in-text'
import { confirmationKey } from '@shared/standard/issue'
import { referenceRules } from '@shared/standard/reference'
import { describe, expect, it } from 'vitest'
import { smallStandard } from './small-standard'

const TODAY = '2026-11-23'

const small = (...[fields, rules, changes]: Parameters<typeof smallStandard>) =>
  smallStandard(fields, rules, changes, { 'some.rule': '{label} {otherLabel} {otherValue}' })

const checkOf = (...given: Parameters<typeof small>) => {
  const type = small(...given).types.get('T')!
  return (values: Readonly<Record<string, string>>) => type.check(values, { today: TODAY })
}

describe('length in bytes', () => {
  const check = checkOf(
    [{ code: 'A', maxLength: 10 }],
    [{ id: 'some.rule', on: ['A'], function: 'length', options: { bytes: 'gbk' } }],
  )
  const found = (A: string) => check({ A }).find(({ code }) => code === 'some.rule')?.params

  it.each(['abcdefghij', '五个字整了', 'ab四个字了', '\u{20bb7}\u{20bb7}a'])('%s fits', (text) => {
    expect(found(text)).toBeUndefined()
  })

  it('counts two for a character, four for a rare one', () => {
    expect(found('五个字又多a')).toEqual({ length: 11, max: 10, encoding: 'GBK' })
    expect(found('\u{20bb7}\u{20bb7}\u{20bb7}')).toEqual({ length: 12, max: 10, encoding: 'GBK' })
  })

  it('leaves what has too many characters to the rule for that', () => {
    expect(found('这里有十一个字才算太长了')).toBeUndefined()
  })
})

describe('days after another day', () => {
  const rule = { id: 'some.rule', on: ['END'], function: 'withinDays', options: { days: 1096, after: 'DAY' } }
  const check = checkOf([{ code: 'END', type: 'date' }], [rule])

  it('counts from the other field, both ends in', () => {
    expect(check({ DAY: '2026-11-10', END: '2029-11-10' })).toEqual([])
    expect(check({ DAY: '2026-11-10', END: '2029-11-11' })).toMatchObject([
      { code: 'some.rule', field: 'END', params: { otherLabel: 'day', otherValue: '2026-11-10' } },
    ])
    expect(check({ DAY: '2026-11-10', END: '2099-12-31' })).toHaveLength(1)
  })

  it('says nothing while one of the days is none', () => {
    expect(check({ END: '2099-12-31' })).toEqual([])
    expect(check({ DAY: '2026-13-01', END: '2099-12-31' }).map(({ code }) => code)).toEqual([
      'date.malformed',
    ])
  })

  it('refuses a field that is not there', () => {
    expect(() => checkOf([], [{ ...rule, on: ['DAY'], options: { days: 1, after: 'NONE' } }])).toThrow()
  })
})

describe('what is not to be sent', () => {
  it('tells the basis of not sending it, beside the word that was found', () => {
    const words = { words: ['简易程序'], except: ['不适用简易程序'], exclusion: 'simple-procedure' }
    const pattern = { pattern: '密级', negate: true, exclusion: 'classified' }
    const check = checkOf(
      [{ code: 'A' }],
      [
        { id: 'some.rule', on: ['A'], function: 'forbiddenText', options: words },
        { id: 'some.rule', on: ['A'], function: 'pattern', options: pattern },
      ],
    )
    expect(check({ A: '适用简易程序' })).toMatchObject([
      { params: { word: '简易程序', exclusion: 'simple-procedure' } },
    ])
    expect(check({ A: '密级：机密' })).toMatchObject([{ params: { exclusion: 'classified' } }])
    expect(check({ A: '不适用简易程序' })).toEqual([])
    expect(() =>
      checkOf(
        [],
        [{ id: 'some.rule', on: ['NO'], function: 'pattern', options: { ...pattern, exclusion: 'x' } }],
      ),
    ).toThrow()
  })
})

describe('rules over several records', () => {
  it('refuse options that they do not have', () => {
    const rule = { id: 'some.rule', on: ['NO'], function: 'uniqueInDesk' }
    expect(small([], [rule]).types.get('T')!.crossRecordRules).toHaveLength(1)
    expect(() => small([], [{ ...rule, options: { years: 1 } }])).toThrow()
  })
})

describe('an amount beside its word', () => {
  const yuan = (keyword: string, text: string): readonly number[] =>
    amountFinder(keyword)
      .find(text)
      .map((amount) => Number(amount / 1_000_000n))

  it('belongs to its own penalty, not to the next one', () => {
    expect(yuan('没收', '没收违法所得3000元，罚款2000元')).toEqual([3000])
    expect(yuan('没收', '没收违法所得并处罚款2000元')).toEqual([])
    expect(yuan('罚款', '罚款、没收违法所得3000元')).toEqual([])
    expect(yuan('没收', '没收违法所得人民币叁仟元、没收非法财物价值500元')).toEqual([3000, 500])
  })
})

describe('the question that a confirmation answers', () => {
  const issue = { code: 'a.b', field: 'X', value: '1', params: { otherValue: '2', otherRecordId: 'r1' } }

  it('is the same while only the neighbour moves on, another once anything said differs', () => {
    const key = confirmationKey(issue)
    expect(confirmationKey({ ...issue, params: { otherRecordId: 'r2', otherValue: '2' } })).toBe(key)
    expect(confirmationKey({ ...issue, params: { ...issue.params, otherDelivery: 'accepted' } })).toBe(key)
    for (const changed of [{ value: '2' }, { field: 'Y' }, { code: 'a.c' }, { params: { otherValue: '3' } }])
      expect(confirmationKey({ ...issue, ...changed })).not.toBe(key)
  })
})

describe('the reference of a rule', () => {
  const rule = { id: 'some.rule', on: ['A'], function: 'forbiddenText', options: { words: ['坏'] } }
  const said = {
    title: '有坏字',
    basis: '某规定',
    sample: { type: 'T', bad: { A: '坏' }, good: { A: '好' } },
  }

  it('is made from the rule itself: sentence, fields, fix, gravest weight', () => {
    const pack = small([{ code: 'A' }], [{ ...rule, severity: 'hint' }, rule], {
      reference: { 'some.rule': said },
    })
    expect(referenceRules(pack).find(({ id }) => id === 'some.rule')).toMatchObject({
      severity: 'error',
      title: '有坏字',
      basis: '某规定',
      uses: [{ type: 'T', fields: [{ code: 'A' }] }],
      sample: { fields: [{ label: 'A', bad: '坏', good: '好' }], fix: null },
    })
  })

  it('shows no sample that the rule does not mind, and a pack may not name what is not there', () => {
    const tame = { ...said, sample: { ...said.sample, bad: { A: '好' } } }
    const pack = small([{ code: 'A' }], [rule], { reference: { 'some.rule': tame } })
    expect(referenceRules(pack).find(({ id }) => id === 'some.rule')?.sample).toBeNull()
    const wrong = { ...said, sample: { ...said.sample, bad: { B: '坏' } } }
    expect(() => small([{ code: 'A' }], [rule], { reference: { 'some.rule': wrong } })).toThrow()
  })
})

describe('a length in bytes', () => {
  const judged = (bytes: string, value: string) =>
    small(
      [{ code: 'NAME', maxLength: 10 }],
      [{ id: 'text.byte-length', severity: 'warning', on: ['NAME'], function: 'length', options: { bytes } }],
    )
      .types.get('T')!
      .check({ NO: '1', NAME: value }, { today: TODAY })
      .filter(({ code }) => code === 'text.byte-length')

  it.each<[string, string, number | null]>([
    ['gbk', '五个汉字啊', null],
    ['gbk', '五个汉字啊a', 11],
    ['gbk', 'abcdefghij', null],
    ['gbk', '𠮷𠮷𠮷', 12],
    ['utf-8', '三个字', null],
    ['utf-8', '四个汉字', 12],
    ['utf-8', 'ééééé', null],
    ['gbk', '十一个汉字十一个汉字十', null],
    ['none', '十个汉字十个汉字十个', null],
  ])('%s of %s: %s', (bytes, value, length) => {
    const [issue] = judged(bytes, value)
    expect(issue?.params['length'] ?? null).toBe(length)
  })

  it('takes no limits of its own', () => {
    const options = { bytes: 'gbk', max: 3 }
    const rule = {
      id: 'text.byte-length',
      severity: 'hint',
      on: ['NO'],
      function: 'length',
      options,
    } as const
    expect(() => small([], [rule])).toThrow(/pack\.invalid/)
  })
})

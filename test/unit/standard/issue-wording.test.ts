import { describe, expect, it } from 'vitest'
import { isAmbiguousDate } from '@shared/standard/normalise/read-date'
import { maskIssueValue, maskValue } from '@shared/standard/mask'
import { typeOf } from './sample-standard'

const today = '2026-11-23'
const penalty = typeOf('XZCF_FR')
const sentences = (values: Readonly<Record<string, string>>, code: string): string[] =>
  penalty
    .check(values, { today })
    .filter((issue) => issue.code === code)
    .map((issue) => penalty.message(issue))

describe('what is offered instead of an unlisted code', () => {
  it('can be told apart where a code holds the separator itself', () => {
    const [sentence = ''] = sentences({ CF_CFLB: '没收工具' }, 'field.code-not-listed')
    const offered = sentence.slice(sentence.indexOf('请改选：') + 4).split('；')
    expect(offered).toContain('没收违法所得、没收非法财物')
    expect(new Set(offered).size).toBe(offered.length)
  })
})

describe('a date in a doubtful order', () => {
  it.each(['5/1/2026', '1/13/2026', '26-1-5', '26年1月5日', '０５．０１．２０２６', '31-12-26'])(
    '%s',
    (text) => {
      expect(isAmbiguousDate(text)).toBe(true)
      const [sentence] = sentences({ CF_JDRQ: text }, 'date.ambiguous')
      expect(sentence).toContain('写法有歧义，请写成 2026-01-05')
      expect(sentences({ CF_JDRQ: text }, 'date.malformed')).toEqual([])
    },
  )
  it.each(['2026-01-05', '2026-02-30', '99/99/2026', '20260105', '5月1日', '1-2', ''])(
    '%s is none',
    (text) => {
      expect(isAmbiguousDate(text)).toBe(false)
    },
  )
})

describe('the value of an issue', () => {
  const text = { sensitivity: 'public' } as const
  // The printed sample of GB 11643, an invented mobile number and an invented card whose digits hold.
  it.each([
    ['当事人张三（11010519491231002X）于2026年3月改正', '当事人张三（1****************X）于2026年3月改正'],
    ['电话13800138000、13900139000', '电话1**********、1**********'],
    ['退款至6222021234567890128', '退款至6******************'],
    ['罚款2000元，注册号110000000000018', '罚款2000元，注册号110000000000018'],
  ])('%s', (value, shown) => {
    expect(maskIssueValue(text, value)).toBe(shown)
  })

  it('of a field that holds nothing but a number stays, or is masked as that field is', () => {
    expect(maskIssueValue({ ...text, format: 'uscc' }, '11010519491231002X')).toBe('11010519491231002X')
    const personal = { sensitivity: 'personal', format: 'idDocument' } as const
    expect(maskIssueValue(personal, '11010519491231002X')).toBe(maskValue(personal, '11010519491231002X'))
  })
})

describe('masked values', () => {
  it.each(['周**', '周＊＊', '张××', '张×'])('%s is nobody', (value) => {
    expect(sentences({ CF_FRDB: value }, 'text.masked')).toEqual([
      '“法定代表人”是遮盖后的写法，请填写完整内容。',
    ])
  })
  it('leaves real names, foreign ones too, and public texts alone', () => {
    for (const CF_FRDB of ['张三', '欧阳娜娜', '买买提·吐尔逊', 'Maxxie XXIV'])
      expect(sentences({ CF_FRDB }, 'text.masked')).toEqual([])
    expect(sentences({ CF_SY: '3×4 米的广告牌，身份证 1101**********0021' }, 'text.masked')).toEqual([])
  })
  it('finds X in the place of digits', () => {
    for (const CF_FR_ZJHM of ['110105XXXXXXXX002X', '110105xxxxxxxx0021', '1101********002X'])
      expect(sentences({ CF_FR_ZJHM }, 'text.masked')).toHaveLength(1)
    expect(sentences({ CF_FR_ZJHM: '11010519491231002X' }, 'text.masked')).toEqual([])
  })
})

import { findPersonalData, withoutPersonalData } from '@shared/standard/personal-data'
import { ruleFunctions } from '@shared/standard/rule-functions/registry'
import { crossRecordDefinitions } from '@shared/standard/rule-functions/cross-record'
import { crossRecordFunctions } from '@shared/standard/standard'
import type { FieldValues } from '@shared/standard/pack'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { allTypes, anyText } from './pack-fields'

const context = { today: '2026-11-23' }

/** Pieces that the readers of free text look for, and what may stand between them. */
const pieces = fc.constantFrom(
  '11010519491231002X', '440524188001010014', '13800138000', '138 0013 8000', '6222021234567890128', '身份证号',
  '家庭住址：', '江西省萍乡市安源区', '凤凰街12号', '3栋2单元501室', '住址', '户籍地', '罚款', '没收违法所得', '2000元', '0.2万元',
  '机密★', '涉密', '简易程序', '，', '。', ' ', '-', '1', 'X', '９', '★', '的', '公司',
) // prettier-ignore

const freeText = fc
  .array(fc.oneof({ weight: 5, arbitrary: pieces }, anyText), { maxLength: 12 })
  .map((all) => all.join(''))

describe('the closed set', () => {
  it('has every function of the design, each with an example that its own schema accepts', () => {
    const names = [...ruleFunctions.keys(), ...crossRecordDefinitions.keys()].sort()
    expect(names).toEqual(
      [
        'required', 'empty', 'oneOfRequired', 'length', 'pattern', 'codeIn', 'multiCodeIn', 'dateFormat', 'dateOrder',
        'notFuture', 'withinDays', 'decimal', 'positive', 'amountAgreesWithText', 'checkDigit', 'matchesSubjectClass',
        'requiredWithCode', 'forbiddenText', 'personalDataInText', 'characterSet', 'placeholder', 'uniqueInDesk',
        'sameDocNoOtherSubject',
      ].sort(), // prettier-ignore
    )
    expect([...crossRecordDefinitions.keys()]).toEqual([...crossRecordFunctions])
    for (const { options, example } of [...ruleFunctions.values(), ...crossRecordDefinitions.values()]) {
      expect(v.safeParse(options, example).success).toBe(true)
      expect(v.safeParse(options, { ...example, nonsense: 1 }).success).toBe(false)
    }
  })
})

describe.each(allTypes.map((type) => [type.spec.code, type] as const))('fixes of %s', (_, type) => {
  const codes = type.fields.map((field) => field.code)
  const anyValues = fc.dictionary(fc.constantFrom(...codes), fc.oneof(anyText, freeText), { maxKeys: 8 })

  it('do away with their issue, and a second look offers no other value for it', () => {
    fc.assert(
      fc.property(anyValues, (values: FieldValues) => {
        for (const { code, field, fix } of type.check(values, context)) {
          if (fix === undefined || field === null) continue
          const left = type.check({ ...values, [field]: fix.value }, context)
          expect([code, field, left.some((issue) => issue.code === code && issue.field === field)]).toEqual([
            code,
            field,
            false,
          ])
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('personal data in free text', () => {
  it('lies inside the text, in order, apart, and is gone after masking', () => {
    fc.assert(
      fc.property(freeText, (text) => {
        const found = findPersonalData(text)
        let from = 0
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(end).toBeGreaterThan(start)
          from = end
        }
        expect(from).toBeLessThanOrEqual(text.length)
        const masked = withoutPersonalData(text)
        expect(findPersonalData(masked)).toEqual([])
        if (found.length === 0) expect(masked).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })
})

/** Best of several runs, so that a busy machine does not decide. */
function fastest(work: () => unknown): number {
  let best = Infinity
  for (let run = 0; run < 5; run++) {
    const start = performance.now()
    work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** Sixteen times the text takes some sixteen times as long; quadratic work would take 256 times. */
describe('free text of 100 kB (I9)', () => {
  const type = allTypes.find((one) => one.spec.code === 'XZCF_FR')!

  it.each([
    '1 ',
    '12-',
    '138 0013 8000 ',
    '1380013800013',
    '家庭住址：',
    '住址',
    '户籍地江西省',
    '3栋2单元',
    '3栋2单元501室，',
    '家庭住址：凤凰街12号，',
    '电话13800138000，',
    '一栋',
    '罚款1元',
    '没收',
    '机密 ',
    '★',
    '密级：',
    '涉',
    '省市县区',
    '身份证号1',
    '6222 ',
    '第〔2026〕',
    '\ud842',
  ])('takes linear time over a long run of %j', (unit) => {
    // prettier-ignore
    const work = (length: number) => {
      const text = unit.repeat(Math.ceil(length / unit.length)) + 'a'
      const values = { CF_SY: text, CF_NR: text, BZ: text, CF_NR_FK: '5', CF_NR_WFFF: '5', CF_WSH: text }
      return fastest(() => type.check(values, context))
    }
    const ratio = () => {
      const short = Math.max(work(100_000 / 16), 0.5)
      return work(100_000) / short
    }
    work(100_000 / 16)
    // Another program may take the processor away in the middle; quadratic work is slow every time.
    let least = ratio()
    for (let again = 0; again < 3 && least >= 100; again++) least = Math.min(least, ratio())
    expect(least).toBeLessThan(100)
  })
})

import { amountFinder, inUnitOf, YUAN_SCALE } from '@shared/standard/amount-in-text'
import { convertUnit, inspectDecimal, toUnits } from '@shared/standard/decimal-text'
import * as v from 'valibot'
import { FOUND, ruleFunction, type Finding } from './rule-function'

/** Decimal text must be sound; each rule reports one way in which it is not. */
export const decimal = ruleFunction({
  name: 'decimal',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.strictObject({ report: v.picklist(['malformed', 'unit', 'scale', 'too-large', 'negative']) }),
  example: { report: 'scale' },
  compile: ([field], { report }) => {
    const { scale = 0, unit = '' } = field!
    return (value) => {
      if (inspectDecimal(value, scale) !== report) return null
      const converted = report === 'unit' ? convertUnit(value, unit) : null
      const params = { scale, unit }
      return converted === null
        ? { params }
        : { params, fix: { value: converted, proof: 'fix.unit-converted' } }
    }
  },
})

/** A sound amount must be greater than zero. */
export const positive = ruleFunction({
  name: 'positive',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.strictObject({}),
  example: {},
  compile: ([field]) => {
    const scale = field!.scale ?? 0
    return (value) => (/[1-9]/.test(value) || inspectDecimal(value, scale) !== null ? null : FOUND)
  },
})

/**
 * The amount (first field, in `factor` 元) should be one that the text (second field) names beside `keyword`, or
 * their sum. With `large`, it reports only an amount of so many units that the text does not name, when the text
 * never says 万 either. Both catch 元 keyed for 万元.
 */
export const amountAgreesWithText = ruleFunction({
  name: 'amountAgreesWithText',
  scope: 'together',
  judgesBlank: false,
  options: v.strictObject({
    keyword: v.pipe(v.string(), v.regex(/^[\u4e00-\u9fff]{1,10}$/u)),
    factor: v.pipe(v.number(), v.integer(), v.minValue(1)),
    large: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  example: { keyword: '罚款', factor: 10000 },
  compile: ([amountField, textField], { keyword, factor, large }) => {
    const scale = amountField!.scale ?? 0
    const finder = amountFinder(keyword)
    const perUnit = BigInt(factor) * 10n ** BigInt(YUAN_SCALE - scale)
    const suspicious = large === undefined ? null : BigInt(large) * 10n ** BigInt(scale)
    return (value, values): Finding | null => {
      const text = values[textField!.code]
      if (text === undefined || inspectDecimal(value, scale) !== null) return null
      const units = toUnits(value, scale)
      if (suspicious !== null && (units < suspicious || /[万亿]/.test(text))) return null
      const amount = units * perUnit
      if (finder.names(text, amount)) return null
      const amounts = finder.find(text)
      if (suspicious !== null) return amounts.length === 0 ? { params: { factor } } : null
      const sum = amounts.reduce((total, one) => total + one, 0n)
      if (amounts.length === 0 || amounts.includes(amount) || sum === amount) return null
      const inText = inUnitOf(amounts[0]!, factor)
      const params = { inText, factor }
      return amounts.length === 1
        ? { params, fix: { value: inText, proof: 'fix.amount-in-text' } }
        : { params }
    }
  },
})

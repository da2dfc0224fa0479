/** Reads the fines that a penalty text names, in 元, for comparing with the amount field. */
import { fromUnits, toUnits } from './decimal-text'

const NUMBER = String.raw`(\d{1,12}(?:[,，]\d{3}){0,4}(?:\.\d{1,6})?|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]{1,20})`
const UNIT = String.raw`\s{0,2}(万|亿)?元`
/** What may stand between a key word and its amount: no stop, and no verb of another penalty. */
const BETWEEN = '[^0-9；;。，,元罚没]{0,8}?'
/** 元 counted in units of 0.000001, fine enough for 万元 with six places and more. */
export const YUAN_SCALE = 6

const DIGITS: Readonly<Record<string, bigint>> = Object.fromEntries(
  ['零〇', '一壹', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((same, value) =>
    [...same].map((character) => [character, BigInt(value)] as const),
  ),
)
const SMALL: Readonly<Record<string, bigint>> = { 十: 10n, 拾: 10n, 百: 100n, 佰: 100n, 千: 1000n, 仟: 1000n }
const LARGE: Readonly<Record<string, bigint>> = { 万: 10_000n, 亿: 100_000_000n }

/** The value of a Chinese numeral such as `贰万叁仟`; null when it is none. */
export function chineseNumber(text: string): bigint | null {
  let total = 0n
  let section = 0n
  let digit: bigint | null = null
  for (const character of text) {
    const value = DIGITS[character]
    const small = SMALL[character]
    const large = LARGE[character]
    if (value !== undefined) digit = value
    else if (small !== undefined) {
      section += (digit ?? 1n) * small
      digit = null
    } else if (large !== undefined) {
      const units = section + (digit ?? 0n)
      if (units === 0n && total === 0n) return null
      total = large === 100_000_000n ? (total + units) * large : total + units * large
      section = 0n
      digit = null
    } else return null
  }
  return total + section + (digit ?? 0n)
}

/** Finds amounts of money that stand right after or before a key word such as 罚款. */
export interface AmountFinder {
  /** Whether the amount stands right after the key word, as it mostly does; much cheaper than finding all. */
  names(text: string, amount: bigint): boolean
  /** The amounts in millionths of a 元, in the order of the text. */
  find(text: string): readonly bigint[]
}

/** Makes a finder for one key word. The patterns are bounded, so a search is linear in the text. */
export function amountFinder(keyword: string): AmountFinder {
  const behind = `${keyword}${BETWEEN}${NUMBER}${UNIT}`
  const first = new RegExp(behind, 'u')
  const after = new RegExp(behind, 'gu')
  const before = new RegExp(`${NUMBER}${UNIT}整?(?:人民币)?的?${keyword}`, 'gu')

  function amountOf(number: string, unit: string | undefined): bigint | null {
    const plain = number.replace(/[,，]/g, '')
    const units = /^\d/.test(plain) ? toUnits(plain, YUAN_SCALE) : scaled(chineseNumber(plain))
    return units === null ? null : units * (unit === undefined ? 1n : LARGE[unit]!)
  }
  const scaled = (value: bigint | null): bigint | null =>
    value === null ? null : value * 10n ** BigInt(YUAN_SCALE)

  return {
    names(text, amount) {
      const [, number, unit] = first.exec(text) ?? []
      return number !== undefined && amountOf(number, unit) === amount
    },
    find(text) {
      const amounts: bigint[] = []
      for (const pattern of [after, before]) {
        for (const [, number, unit] of text.matchAll(pattern)) {
          const amount = number === undefined ? null : amountOf(number, unit)
          if (amount !== null && amount > 0n && !amounts.includes(amount)) amounts.push(amount)
        }
      }
      return amounts
    },
  }
}

/** Decimal text in the unit of a field that is `factor` times 元 (10,000 for 万元), from millionths of a 元. */
export function inUnitOf(amount: bigint, factor: number): string {
  return fromUnits((amount * 10n ** 6n) / BigInt(factor), YUAN_SCALE + 6)
}

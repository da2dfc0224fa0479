/** Money and quantities as text: never a floating point number. */

const PLAIN = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/
const SIGNED = /^-?\d{1,40}(?:\.\d{1,40})?$/
const AMOUNT_WITH_UNIT = /^(-?\d{1,20}(?:\.\d{1,20})?)\s?(元|万元|亿元)$/
const MAX_INTEGER_DIGITS = 12

export type DecimalFinding = 'malformed' | 'unit' | 'scale' | 'too-large' | 'negative'

/**
 * Looks at decimal text with at most `scale` places and 12 digits before the point. `unit`: the number carries a
 * unit word that normalising did not take off, because it is not the unit of the field.
 */
export function inspectDecimal(text: string, scale: number): DecimalFinding | null {
  const point = text.indexOf('.')
  if (PLAIN.test(text) && (point === -1 || text.length - point - 1 <= scale)) return null
  if (AMOUNT_WITH_UNIT.test(text)) return 'unit'
  if (!SIGNED.test(text)) return 'malformed'
  if (text.startsWith('-')) return 'negative'
  const [integer = '', fraction = ''] = text.split('.')
  if (integer.replace(/^0{1,40}/, '').length > MAX_INTEGER_DIGITS) return 'too-large'
  // What is left has zeros before its first digit.
  return fraction.length > scale ? 'scale' : 'malformed'
}

/** The number of smallest units in sound decimal text; places beyond `scale` are cut off. */
export function toUnits(text: string, scale: number): bigint {
  const [integer = '0', fraction = ''] = text.split('.')
  return BigInt(integer + fraction.slice(0, scale).padEnd(scale, '0'))
}

/** Decimal text of a number of smallest units, without trailing zeros. */
export function fromUnits(units: bigint, scale: number): string {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const fraction = digits.slice(digits.length - scale).replace(/0{1,40}$/, '')
  const integer = digits.slice(0, digits.length - scale)
  return sign + (scale === 0 || fraction === '' ? integer : `${integer}.${fraction}`)
}

const EXPONENT_OF_UNIT: Readonly<Record<string, number>> = { 元: 0, 万元: 4, 亿元: 8 }

/** Moves the point of sound decimal text: `shift` > 0 multiplies by a power of ten. */
export function shiftPoint(text: string, shift: number): string {
  const sign = text.startsWith('-') ? '-' : ''
  const [integer = '0', fraction = ''] = text.replace('-', '').split('.')
  const digits =
    shift >= 0 ? integer + fraction.padEnd(shift, '0') : integer.padStart(1 - shift, '0') + fraction
  const at = shift >= 0 ? integer.length + shift : Math.max(integer.length, 1 - shift) + shift
  return sign + tidyDigits(digits.slice(0, at), digits.slice(at))
}

/** Decimal text without superfluous zeros. */
export function tidyDigits(integer: string, fraction: string): string {
  const whole = integer.replace(/^0{1,400}(?=\d)/, '') || '0'
  const rest = fraction.replace(/0{1,400}$/, '')
  return rest === '' ? whole : `${whole}.${rest}`
}

/** The same money in the unit of a field, e.g. `20000元` as `2` in 万元; null when there is no unit word to go by. */
export function convertUnit(text: string, unit: string): string | null {
  const [, number, word] = AMOUNT_WITH_UNIT.exec(text) ?? []
  const from = word === undefined ? undefined : EXPONENT_OF_UNIT[word]
  const to = EXPONENT_OF_UNIT[unit]
  return number === undefined || from === undefined || to === undefined ? null : shiftPoint(number, from - to)
}

import { shiftPoint, tidyDigits } from '@shared/standard/decimal-text'
import type { CellKind } from '@shared/standard/standard'
import { toHalfWidth } from './half-width'

const CURRENCY = /^(?:¥|￥|RMB|人民币)\s?/iu
const NUMBER = /^([+-]?)(\d{0,40})(?:\.(\d{0,400}))?$/
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3}){1,12}(?:\.\d{1,20})?$/
const SCIENTIFIC = /^([+-]?\d{1,17}(?:\.\d{1,17})?)E([+-]?\d{1,2})$/i
/** A binary number holds this many sure decimal digits, and a workbook shows no more. */
const SURE_DIGITS = 15

/** Rounds half up at 15 significant digits, on text: 0.30000000000000004 of a numeric cell is 0.3. */
function roundToSureDigits(text: string): string {
  const sign = text.startsWith('-') ? '-' : ''
  const [integer = '0', fraction = ''] = text.replace('-', '').split('.')
  const digits = integer + fraction
  const first = digits.search(/[1-9]/)
  if (first === -1 || digits.length - first <= SURE_DIGITS) return text
  const keep = first + SURE_DIGITS
  const rounded = (BigInt(digits.slice(0, keep)) + (digits[keep]! >= '5' ? 1n : 0n)).toString()
  const all = rounded.padStart(keep, '0').padEnd(digits.length + Math.max(0, rounded.length - keep), '0')
  const point = all.length - fraction.length
  return sign + tidyDigits(all.slice(0, point), all.slice(point))
}

/** Plain decimal text: no plus sign, no superfluous zeros, no minus zero. Null when the text is no number. */
function plainNumber(text: string): string | null {
  const [, sign, integer = '', fraction = ''] = NUMBER.exec(text) ?? []
  if (sign === undefined || integer + fraction === '') return null
  const digits = tidyDigits(integer, fraction)
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

function withoutGrouping(text: string): string | null {
  if (!text.includes(',')) return text
  return GROUPED.test(text) ? text.replaceAll(',', '') : null
}

/**
 * Reads an amount into plain decimal text, without floating point: separators of thousands, full-width digits, a
 * currency sign and the unit of the field itself are taken off. Scientific notation is read only from a numeric
 * cell. Null when the text is no amount; another unit than the field's is left for the check to explain.
 */
export function readAmount(raw: string, cell: CellKind, unit: string | undefined): string | null {
  if (raw.length > 400) return null
  let text = toHalfWidth(raw).trim().replace(CURRENCY, '')
  if (unit !== undefined && text.endsWith(unit)) text = text.slice(0, -unit.length).trimEnd()
  const ungrouped = withoutGrouping(text)
  if (ungrouped === null) return null
  if (cell !== 'number') return plainNumber(ungrouped)
  const [, mantissa, exponent] = SCIENTIFIC.exec(ungrouped) ?? []
  const plain = plainNumber(
    mantissa === undefined ? ungrouped : shiftPoint(mantissa.replace('+', ''), Number(exponent)),
  )
  return plain === null ? null : roundToSureDigits(plain)
}

import { shiftPoint } from '@shared/standard/decimal-text'
import { groupedText } from './moment'

const SOUND_DECIMAL = /^\d{1,12}(\.\d{1,6})?$/
const FROM_YUAN = 10_000

/**
 * The same money in the other unit of daily use, e.g. `0.2 万元 = 2,000 元`: clerks think in yuan where the standard
 * wants ten thousands. Null for other units, small sums of yuan and anything but a plain number.
 */
export function amountText(value: string, unit: string | undefined): string | null {
  if (!SOUND_DECIMAL.test(value)) return null
  if (unit === '万元') return `${value} 万元 = ${groupedText(shiftPoint(value, 4))} 元`
  if (unit !== '元' || Number(value) < FROM_YUAN) return null
  return `${groupedText(value)} 元 = ${groupedText(shiftPoint(value, -4))} 万元`
}

/** What one cell of an OpenDocument spreadsheet means: its stored value, not what is shown. */
import { dateOfIso } from './serial-date'
import type { SheetCell } from './sheet-types'
import type { XmlTag } from './xml-tokenizer'

const ERROR = /^(?:#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!)|Err:\d{3})$/
/** No sheet has more rows, and no count of repeats means more. */
export const LAST_ROW = 16_777_216

/** Where a cell of each type stores its value. */
const VALUE_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['float', 'value'],
  ['percentage', 'value'],
  ['currency', 'value'],
  ['date', 'date-value'],
  ['boolean', 'boolean-value'],
  ['string', 'string-value'],
])

/** A cell whose start tag was read. */
export interface OpenCell {
  readonly type: string
  readonly stored: string | null
  readonly isFormula: boolean
  /** Below a merged cell: whatever it holds is out of sight. */
  readonly isCovered: boolean
  readonly isStruck: boolean
  readonly repeated: number
}

/** The cell of a start tag. */
export function openCell(name: string, tag: XmlTag, struckStyles: ReadonlySet<string>): OpenCell {
  const type = tag.attribute('value-type') ?? ''
  const attribute = VALUE_ATTRIBUTES.get(type)
  return {
    type,
    stored: attribute === undefined ? null : tag.attribute(attribute),
    isFormula: tag.attribute('formula') !== null,
    isCovered: name === 'covered-table-cell',
    isStruck: struckStyles.has(tag.attribute('style-name') ?? ''),
    repeated: countOf(tag.attribute('number-columns-repeated')),
  }
}

/** The cell with its text once its end tag was read; null when it holds nothing. */
export function closedCell(cell: OpenCell, text: string): SheetCell | null {
  if (cell.isCovered) return null
  const read = valueOf(cell, text)
  return read !== null && cell.isStruck ? { ...read, struck: true } : read
}

function valueOf({ type, stored, isFormula }: OpenCell, text: string): SheetCell | null {
  switch (type) {
    case 'float':
    case 'percentage':
    case 'currency':
      return stored === null || stored === '' ? null : { text: stored, kind: 'number' }
    case 'date': {
      const date = stored === null ? null : dateOfIso(stored)
      return date === null ? textCell(isFormula, text) : { text: date, kind: 'date' }
    }
    case 'boolean':
      return { text: stored === 'true' ? 'TRUE' : 'FALSE', kind: 'boolean' }
    default:
      // A formula without even a type was never computed; an empty text is a result.
      if (isFormula && type === '' && text === '') return { text, kind: 'formula' }
      return textCell(isFormula, stored === null || stored === '' ? text : stored)
  }
}

function textCell(isFormula: boolean, text: string): SheetCell | null {
  if (text === '') return null
  if (isFormula && ERROR.test(text)) return { text, kind: 'error' }
  return { text, kind: isFormula ? 'formula' : 'text' }
}

/** A count as an attribute gives it; 1 when there is none. */
export function countOf(text: string | null): number {
  const count = Number(text ?? 1)
  return Number.isInteger(count) && count > 0 ? Math.min(count, LAST_ROW) : 1
}

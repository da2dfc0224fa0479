/** Rules for the text of one cell. */
import { refuseUnsafe } from './file-refusals'

/** Where a too long cell stands, as far as it is known. */
export interface CellPlace {
  readonly file: string
  readonly row?: number
  readonly column?: number
}

/** Refuses a text that is longer than a cell can be, with its place. */
export function requireCellLength(text: string, limit: number, place: CellPlace): string {
  if (text.length <= limit) return text
  const { row = 0, column = 0 } = place
  return refuseUnsafe(place.file, 'cell', { row, column, limit })
}

/**
 * Undoes the escapes by which Excel stores characters that XML would change: tab, line feed, carriage return and the
 * underscore itself. Other escapes would only bring control characters in and stay as they are.
 */
export function decodeExcelEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x(0009|000A|000a|000D|000d|005F|005f)_/g, (_, hex: string) => {
    const code = Number.parseInt(hex, 16)
    return code === 13 ? '\n' : String.fromCharCode(code)
  })
}

/**
 * Rows for the way between processes: three million small objects would cost more to clone than the workbook costs to
 * read. All texts of a lot travel as one, and a row is unpacked when somebody asks for its cells: hardly anybody does.
 */
import type { CellKind } from '@shared/standard/standard'
import type { SheetCell, SheetRow } from './sheet-types'

/** A lot of rows as both processes know it. */
export interface WireRows {
  /** The texts of all cells, one behind the other. */
  readonly text: string
  /** For each row its number (negative: hidden), and where its cells begin in `cells` and in `text`. */
  readonly rows: Int32Array
  /**
   * A mark for each cell: 0 where nothing is stored, else one more than the length of its text, kind and flags in bits;
   * behind a mark with a format, the length of that, which follows the text.
   */
  readonly cells: Int32Array
}

const KINDS: readonly CellKind[] = ['text', 'number', 'date', 'boolean', 'error', 'formula']
const numberOfKind: Readonly<Record<CellKind, number>> = {
  text: 0,
  number: 1,
  date: 2,
  boolean: 3,
  error: 4,
  formula: 5,
}
const STRUCK = 1
const FORMATTED = 2
const LOOSE_QUOTE = 4
const KIND_SHIFT = 3
const KIND_MASK = 7
const LENGTH_SHIFT = 6
const PER_ROW = 3

/** Packs rows for the wire. */
export function encodeRows(rows: readonly SheetRow[]): WireRows {
  const marks: number[] = []
  const places = new Int32Array(rows.length * PER_ROW)
  let text = ''
  for (const [index, { row, cells, hidden }] of rows.entries()) {
    places[index * PER_ROW] = hidden === true ? -row : row
    places[index * PER_ROW + 1] = marks.length
    places[index * PER_ROW + 2] = text.length
    for (const cell of cells) {
      if (cell === null) {
        marks.push(0)
        continue
      }
      const { text: own, kind, format, struck, looseQuote } = cell
      const flags =
        (struck === true ? STRUCK : 0) |
        (format === undefined ? 0 : FORMATTED) |
        (looseQuote === true ? LOOSE_QUOTE : 0)
      marks.push(1 + ((own.length << LENGTH_SHIFT) | (numberOfKind[kind] << KIND_SHIFT) | flags))
      text += own
      if (format === undefined) continue
      marks.push(format.length)
      text += format
    }
  }
  return { text, rows: places, cells: Int32Array.from(marks) }
}

/** How many rows were packed. */
export const countOf = ({ rows }: WireRows): number => rows.length / PER_ROW

/** The row at a place, without its cells. */
export const rowAt = ({ rows }: WireRows, place: number): Omit<SheetRow, 'cells'> => {
  const number = rows[place * PER_ROW]!
  return number < 0 ? { row: -number, hidden: true } : { row: number }
}

/** The cells of the row at a place. */
export function cellsAt({ text, rows, cells: marks }: WireRows, place: number): (SheetCell | null)[] {
  const cells: (SheetCell | null)[] = []
  let from = rows[place * PER_ROW + 2]!
  const take = (length: number): string => text.slice(from, (from += length))
  const end = rows[(place + 1) * PER_ROW + 1] ?? marks.length
  for (let at = rows[place * PER_ROW + 1]!; at < end; at++) {
    const mark = marks[at]!
    if (mark === 0) {
      cells.push(null)
      continue
    }
    const bits = mark - 1
    const own = take(bits >> LENGTH_SHIFT)
    cells.push(cellOf(own, bits, (bits & FORMATTED) === 0 ? undefined : take(marks[++at]!)))
  }
  return cells
}

/** The rows packed by `encodeRows`. */
export const decodeRows = (wire: WireRows): SheetRow[] =>
  Array.from({ length: countOf(wire) }, (_, place) => ({
    ...rowAt(wire, place),
    cells: cellsAt(wire, place),
  }))

function cellOf(text: string, bits: number, format: string | undefined): SheetCell {
  const cell: SheetCell = { text, kind: KINDS[(bits >> KIND_SHIFT) & KIND_MASK] ?? 'text' }
  if (format === undefined && (bits & (STRUCK | LOOSE_QUOTE)) === 0) return cell
  return {
    ...cell,
    ...(format === undefined ? {} : { format }),
    ...((bits & STRUCK) === 0 ? {} : { struck: true }),
    ...((bits & LOOSE_QUOTE) === 0 ? {} : { looseQuote: true }),
  }
}

/**
 * Rows for the way between processes: three million small objects would cost more to clone than the workbook costs to
 * read. Columns repeat themselves, so each text of a lot travels once, and equal cells arrive as one shared object.
 */
import type { CellKind } from '@shared/standard/standard'
import type { SheetCell, SheetRow } from './sheet-types'

/** A lot of rows as both processes know it. */
export interface WireRows {
  /** Each text once. */
  readonly texts: readonly string[]
  /**
   * For each row its number (negative: hidden), how many cells it has, and a mark for each: 0 where nothing is stored,
   * else one more than the place of the text, kind and flags in bits; behind a mark with a format, its place.
   */
  readonly marks: Int32Array
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
const TEXT_SHIFT = 6

/** Packs rows for the wire. */
export function encodeRows(rows: readonly SheetRow[]): WireRows {
  const texts: string[] = []
  const marks: number[] = []
  const places = new Map<string, number>()
  const placeOf = (text: string): number => {
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, texts.length)
    return texts.push(text) - 1
  }
  for (const { row, cells, hidden } of rows) {
    marks.push(hidden === true ? -row : row, cells.length)
    for (const cell of cells) {
      if (cell === null) {
        marks.push(0)
        continue
      }
      const { text, kind, format, struck, looseQuote } = cell
      const flags =
        (struck === true ? STRUCK : 0) |
        (format === undefined ? 0 : FORMATTED) |
        (looseQuote === true ? LOOSE_QUOTE : 0)
      marks.push(1 + ((placeOf(text) << TEXT_SHIFT) | (numberOfKind[kind] << KIND_SHIFT) | flags))
      if (format !== undefined) marks.push(placeOf(format))
    }
  }
  return { texts, marks: Int32Array.from(marks) }
}

/** The rows packed by `encodeRows`. */
export function decodeRows({ texts, marks }: WireRows): SheetRow[] {
  const rows: SheetRow[] = []
  const shared = new Map<number, SheetCell>()
  for (let at = 0; at < marks.length;) {
    const number = marks[at++]!
    const count = marks[at++]!
    const cells: (SheetCell | null)[] = []
    for (let column = 0; column < count; column++) {
      const mark = marks[at++]!
      if (mark === 0) cells.push(null)
      else if (((mark - 1) & FORMATTED) !== 0) cells.push(cellOf(texts, mark - 1, texts[marks[at++]!]))
      else {
        const known = shared.get(mark)
        const cell = known ?? cellOf(texts, mark - 1)
        if (known === undefined) shared.set(mark, cell)
        cells.push(cell)
      }
    }
    rows.push(number < 0 ? { row: -number, cells, hidden: true } : { row: number, cells })
  }
  return rows
}

function cellOf(texts: readonly string[], bits: number, format?: string): SheetCell {
  const cell: SheetCell = {
    text: texts[bits >> TEXT_SHIFT] ?? '',
    kind: KINDS[(bits >> KIND_SHIFT) & KIND_MASK] ?? 'text',
  }
  if (format === undefined && (bits & (STRUCK | LOOSE_QUOTE)) === 0) return cell
  return {
    ...cell,
    ...(format === undefined ? {} : { format }),
    ...((bits & STRUCK) === 0 ? {} : { struck: true }),
    ...((bits & LOOSE_QUOTE) === 0 ? {} : { looseQuote: true }),
  }
}

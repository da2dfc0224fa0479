/**
 * Rows as one string for the way between processes: three million small objects would cost more to clone than the
 * workbook costs to read. Cells are told apart by control characters that neither XML nor our CSV lets into a text.
 */
import type { CellKind } from '@shared/standard/standard'
import type { SheetCell, SheetRow } from './sheet-types'

const ROW = '\u001e'
const CELL = '\u001f'
const FORMAT = '\u001d'
/** Stands for the kind of a CSV cell with a loose quotation mark. */
const LOOSE = 'q'

const letterOfKind: Readonly<Record<CellKind, string>> = {
  text: 't',
  number: 'n',
  date: 'd',
  boolean: 'b',
  error: 'e',
  formula: 'f',
}
const kindOfLetter: ReadonlyMap<string, CellKind> = new Map(
  Object.entries(letterOfKind).map(([kind, letter]) => [letter, kind as CellKind]),
)

/** One string for any number of rows. Struck-through cells have their letter in upper case. */
export function encodeRows(rows: readonly SheetRow[]): string {
  let wire = ''
  for (const { row, cells, hidden } of rows) {
    wire += hidden === true ? `${ROW}-${row}` : `${ROW}${row}`
    for (const cell of cells) wire += cell === null ? CELL : CELL + encodeCell(cell)
  }
  return wire
}

/** The rows of a string made by `encodeRows`. */
export function decodeRows(wire: string): SheetRow[] {
  return wire
    .split(ROW)
    .slice(1)
    .map((text) => {
      const parts = text.split(CELL)
      const number = Number(parts[0])
      const cells: (SheetCell | null)[] = []
      for (let i = 1; i < parts.length; i++) cells.push(decodeCell(parts[i]!))
      return number < 0 ? { row: -number, cells, hidden: true } : { row: number, cells }
    })
}

function encodeCell({ text, kind, format, struck, looseQuote }: SheetCell): string {
  if (looseQuote === true) return LOOSE + text
  const letter = letterOfKind[kind]
  const head = struck === true ? letter.toUpperCase() + text : letter + text
  return format === undefined ? head : head + FORMAT + format
}

function decodeCell(wire: string): SheetCell | null {
  if (wire === '') return null
  const letter = wire[0]!
  if (letter === LOOSE) return { text: wire.slice(1), kind: 'text', looseQuote: true }
  const kind = kindOfLetter.get(letter.toLowerCase()) ?? 'text'
  const cut = wire.indexOf(FORMAT)
  const text = cut < 0 ? wire.slice(1) : wire.slice(1, cut)
  const cell: SheetCell = cut < 0 ? { text, kind } : { text, kind, format: wire.slice(cut + 1) }
  return letter === letter.toLowerCase() ? cell : { ...cell, struck: true }
}

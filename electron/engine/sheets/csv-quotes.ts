/** Quotation marks that do not hold a whole field together: found, and mended so that a parser reads on behind them. */

/** Zero-based columns of the fields with such marks, by record number. */
export type LooseQuotes = ReadonlyMap<number, readonly number[]>

/** A text that a parser takes whole; its records are those of the source. */
export interface MendedText {
  readonly text: string
  readonly loose: LooseQuotes
}

const NONE: LooseQuotes = new Map()
/** With fewer columns, lines of a quoted text look too much like records. */
const LEAST_COLUMNS = 3

/**
 * Looks through a whole text whose lines end in `\n`.
 *
 * A mark in the middle of a field is text for a parser; whoever wrote the file may have meant it to hold the field
 * together, and then separators tore it apart: told, not changed. A field that begins with a mark and does not end with
 * one is read as it stands, marks and all: with words behind the closing mark up to the next separator; with no closing
 * mark on its own line, or one that would take whole records into the field, as if the mark were a letter.
 */
export function mendQuotes(source: string, separator: string): MendedText {
  if (!source.includes('"')) return { text: source, loose: NONE }
  // Blanks behind the last mark of a file would be words behind it.
  const text = source.replace(/" +$/, '"')
  const loose = new Map<number, number[]>()
  const mended: string[] = []
  let copied = 0
  let record = 1
  let column = 0
  let width = 0
  let at = 0
  /** Counts lines and fields of what is not quoted. */
  const passTo = (end: number): void => {
    for (; at < end; at++) {
      const character = text[at]
      if (character === '\n') {
        width = Math.max(width, column + 1)
        record++
        column = 0
      } else if (character === separator) column++
    }
  }
  const note = (): void => {
    const known = loose.get(record)
    if (known === undefined) loose.set(record, [column])
    else if (known.at(-1) !== column) known.push(column)
  }
  for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', at)) {
    passTo(quote)
    const before = text[quote - 1] ?? '\n'
    if (before !== '\n' && before !== separator) {
      note()
      at = quote + 1
      continue
    }
    const close = closingMark(text, quote + 1)
    const field = { from: quote + 1, to: close, column }
    if (endsField(text, close, separator) && !holdsRecords(text, field, separator, width)) {
      at = close + 1
      continue
    }
    const isOnOneLine = close >= 0 && !text.slice(quote, close).includes('\n')
    const end = fieldEnd(text, isOnOneLine ? close + 1 : quote + 1, separator)
    note()
    mended.push(text.slice(copied, quote), `"${text.slice(quote, end).replaceAll('"', '""')}"`)
    copied = at = end
  }
  return { text: copied === 0 ? text : mended.join('') + text.slice(copied), loose }
}

/** Where the mark stands that closes a quoted field; -1 when there is none. */
function closingMark(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

/** Whether nothing but blanks stands between a closing mark and the end of its field. */
function endsField(text: string, close: number, separator: string): boolean {
  if (close < 0) return false
  let next = close + 1
  while (text[next] === ' ') next++
  const behind = text[next]
  return behind === undefined || behind === separator || behind === '\n'
}

/** Where the field ends in which `from` stands, taking marks for letters. */
function fieldEnd(text: string, from: number, separator: string): number {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at++
  return at
}

/** A quoted field without its marks; `column` is where it begins. */
interface QuotedField {
  readonly from: number
  readonly to: number
  readonly column: number
}

/** Whether each line that a quoted field runs over is a record of its own: somebody forgot to close it. */
function holdsRecords(
  text: string,
  { from, to, column }: QuotedField,
  separator: string,
  width: number,
): boolean {
  const firstEnd = text.indexOf('\n', from)
  if (width < LEAST_COLUMNS || firstEnd < 0 || firstEnd >= to) return false
  const lastEnd = text.indexOf('\n', to)
  const lines = text.slice(from, lastEnd < 0 ? text.length : lastEnd).split('\n')
  return lines.every((line, index) => {
    const columns = line.split(separator).length + (index === 0 ? column : 0)
    return columns === width
  })
}

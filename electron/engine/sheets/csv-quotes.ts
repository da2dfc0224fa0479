/** Quotation marks that do not hold a whole field together: found, and mended so that a parser reads on behind them. */
import { quotedFieldAt } from './quoted-field'

/** Zero-based columns of the fields with such marks, by record number. */
export type LooseQuotes = ReadonlyMap<number, readonly number[]>

/** Whole records that a parser takes; they are those of the source. */
export interface MendedText {
  readonly text: string
  readonly loose: LooseQuotes
}

const NOTHING: MendedText = { text: '', loose: new Map() }
const LINE_FEED = 10

/**
 * Looks through a text whose lines end in `\n`, piece by piece; wherever the pieces part, what comes out is the same.
 *
 * A mark in the middle of a field is text for a parser; whoever wrote the file may have meant it to hold the field
 * together, and then separators tore it apart: told, not changed. A field that begins with a mark and does not end with
 * one is read as it stands, marks and all.
 */
export class QuoteMender {
  /** Begins with a record. */
  private held = ''
  /** So much has to be held before another look is worth it. */
  private enough = 0
  private record = 1
  private width = 0

  /** A field with more than `longest` characters between its marks is taken for one that nobody closed. */
  constructor(
    private readonly separator: string,
    private readonly longest: number,
  ) {}

  /** The records that are certain by now; their text ends in `\n` or is empty. */
  take(piece: string): MendedText {
    this.held += piece
    if (this.held.length < this.enough) return NOTHING
    const before = this.held.length
    const mended = this.mend(this.held, false)
    this.enough = this.held.length === before ? before * 2 : 0
    return mended
  }

  /** The records that are left, when no piece follows. */
  end(): MendedText {
    // Blanks behind the last mark of a file would be words behind it.
    return this.mend(this.held.replace(/" +$/, '"'), true)
  }

  /** Characters that wait for those behind them. */
  get heldChars(): number {
    return this.held.length
  }

  /** Number of the record that comes next. */
  get nextRecord(): number {
    return this.record
  }

  private mend(text: string, isLast: boolean): MendedText {
    const { separator, longest } = this
    const stretch = { text, separator, isLast }
    const separatorCode = separator.charCodeAt(0)
    const loose = new Map<number, number[]>()
    const mended: string[] = []
    let copied = 0
    let column = 0
    let at = 0
    /** What stood when the present record began: should it remain undecided, it is taken back to here. */
    let certain = { at: 0, copied: 0, mended: 0 }
    /** Counts lines and fields of what is not quoted. */
    const passTo = (end: number): void => {
      let start = -1
      for (; at < end; at++) {
        const code = text.charCodeAt(at)
        if (code === LINE_FEED) {
          this.width = Math.max(this.width, column + 1)
          this.record++
          column = 0
          start = at + 1
        } else if (code === separatorCode) column++
      }
      if (start >= 0) certain = { at: start, copied, mended: mended.length }
    }
    const note = (): void => {
      const known = loose.get(this.record)
      if (known === undefined) loose.set(this.record, [column])
      else if (known.at(-1) !== column) known.push(column)
    }
    let quote = text.indexOf('"')
    for (; quote >= 0; quote = text.indexOf('"', at)) {
      passTo(quote)
      const before = text[quote - 1] ?? '\n'
      if (before !== '\n' && before !== separator) {
        note()
        at = quote + 1
        continue
      }
      const field = quotedFieldAt(stretch, { quote, column, width: this.width, longest })
      if (field === null) break
      if (!field.isSound) {
        note()
        mended.push(text.slice(copied, quote), `"${text.slice(quote, field.end).replaceAll('"', '""')}"`)
        copied = field.end
      }
      at = field.end
    }
    if (quote < 0) passTo(text.length)
    if (isLast) return { text: mended.join('') + text.slice(copied), loose }
    this.held = text.slice(certain.at)
    loose.delete(this.record)
    mended.length = certain.mended
    return { text: mended.join('') + text.slice(certain.copied, certain.at), loose }
  }
}

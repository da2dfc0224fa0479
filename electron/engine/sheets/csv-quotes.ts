/** Finds quotation marks that stand inside fields which are not quoted as a whole. */

/** Zero-based column of the first such field, by record number. */
export type LooseQuotes = ReadonlyMap<number, number>

const NONE: LooseQuotes = new Map()

/**
 * Looks through a whole text whose lines end in `\n`. A parser takes such marks for text; whoever wrote the file may
 * have meant them to hold a field together, and then its separators tore it apart. Stops at a mark that is never closed:
 * the parser refuses that.
 */
export function looseQuotesOf(text: string, separator: string): LooseQuotes {
  if (!text.includes('"')) return NONE
  const found = new Map<number, number>()
  let record = 1
  let column = 0
  let at = 0
  /** Counts lines and fields of what is not quoted. */
  const passTo = (end: number): void => {
    for (; at < end; at++) {
      const character = text[at]
      if (character === '\n') {
        record++
        column = 0
      } else if (character === separator) column++
    }
  }
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return found
    passTo(quote)
    const before = text[quote - 1] ?? '\n'
    if (before === '\n' || before === separator) {
      const end = endOfQuoted(text, quote + 1)
      if (end < 0) return found
      at = end + 1
    } else {
      if (!found.has(record)) found.set(record, column)
      at = quote + 1
    }
  }
}

/** Where the mark stands that closes a quoted field; -1 when there is none. */
function endOfQuoted(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

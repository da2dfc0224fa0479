/** A field that begins with a quotation mark, seen in a stretch of the text that may end in the middle of it. */

/** Records from the first character on; when it is not the last stretch of its text, more may follow at any point. */
export interface Stretch {
  readonly text: string
  readonly separator: string
  readonly isLast: boolean
}

/** What is known of the table around a field. */
export interface FieldPlace {
  /** Where its opening mark stands. */
  readonly quote: number
  /** Zero-based. */
  readonly column: number
  /** Most columns of a record before it. */
  readonly width: number
  /** A field of more characters cannot be one that somebody closed. */
  readonly longest: number
}

/** `end` is behind the closing mark of a sound field, at the end of the field that is loose. */
export interface QuotedField {
  readonly isSound: boolean
  readonly end: number
}

/** With fewer columns, lines of a quoted text look too much like records. */
const LEAST_COLUMNS = 3

/**
 * Whether the marks hold the field together. Not so with words behind the closing mark: it reaches to the next separator.
 * Not so with no closing mark on its own line, or one that would take whole records into the field: it is as if the mark
 * were a letter. Null: what follows the stretch decides.
 */
export function quotedFieldAt(stretch: Stretch, place: FieldPlace): QuotedField | null {
  const { text } = stretch
  const { quote } = place
  const close = closingMark(stretch, quote + 1, quote + place.longest)
  if (close === null) return null
  const ends = endsField(stretch, close)
  const isSound = ends === true ? holdsNoRecords(stretch, place, close) : ends
  if (isSound === null) return null
  if (isSound) return { isSound, end: close + 1 }
  const isOnOneLine = close >= 0 && !text.slice(quote, close).includes('\n')
  const end = fieldEnd(stretch, isOnOneLine ? close + 1 : quote + 1)
  return end === null ? null : { isSound, end }
}

/** Where the mark stands that closes a quoted field; -1 when there is none before `limit`. */
function closingMark({ text, isLast }: Stretch, from: number, limit: number): number | null {
  let at = text.indexOf('"', from)
  while (at >= 0 && at < limit) {
    if (at + 1 === text.length && !isLast) return null
    if (text[at + 1] !== '"') return at
    at = text.indexOf('"', at + 2)
  }
  return at < 0 && text.length < limit && !isLast ? null : -1
}

/** Whether nothing but blanks stands between a closing mark and the end of its field. */
function endsField({ text, separator, isLast }: Stretch, close: number): boolean | null {
  if (close < 0) return false
  let next = close + 1
  while (text[next] === ' ') next++
  const behind = text[next]
  if (behind === undefined) return isLast ? true : null
  return behind === separator || behind === '\n'
}

/** False when each line that a quoted field runs over is a record of its own: somebody forgot to close it. */
function holdsNoRecords(
  { text, separator, isLast }: Stretch,
  { quote, column, width }: FieldPlace,
  close: number,
): boolean | null {
  const from = quote + 1
  const firstEnd = text.indexOf('\n', from)
  if (width < LEAST_COLUMNS || firstEnd < 0 || firstEnd >= close) return true
  const lastEnd = text.indexOf('\n', close)
  if (lastEnd < 0 && !isLast) return null
  const lines = text.slice(from, lastEnd < 0 ? text.length : lastEnd).split('\n')
  return !lines.every((line, index) => {
    const columns = line.split(separator).length + (index === 0 ? column : 0)
    return columns === width
  })
}

/** Where the field ends in which `from` stands, taking marks for letters. */
function fieldEnd({ text, separator, isLast }: Stretch, from: number): number | null {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at++
  return at === text.length && !isLast ? null : at
}

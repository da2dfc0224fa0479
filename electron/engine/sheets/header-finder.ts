/**
 * Finds the header among the first rows of a sheet. Above it there may be a title and notes; it may itself be a row of
 * codes with a row of labels, or two rows of labels with groups above.
 */
import type { RecordTypeSpec } from '@shared/standard/pack'
import { HeaderDictionary, type HeaderMatch } from './header-matching'
import type { SheetRow } from './sheet-types'

/** The header of a sheet. */
export interface HeaderFinding {
  /** Number of the last header row, as Excel shows it: data begins below. */
  readonly headerRow: number
  /** Header text by column; `''` where there is none. */
  readonly headers: readonly string[]
  /** What each column was recognised as. */
  readonly matches: readonly (HeaderMatch | null)[]
  /** Different fields that were recognised. */
  readonly matched: number
}

interface RowReading {
  readonly row: SheetRow
  readonly matches: readonly (HeaderMatch | null)[]
  readonly matched: number
  readonly filled: number
}

/** Fewer recognised columns than this are a coincidence. */
const LEAST_MATCHES = 2

/**
 * The header for a record type; null when no row names at least two of its fields. With `headerRow` only that row
 * (and a row of groups directly above it) is looked at.
 */
export function findHeader(
  rows: readonly SheetRow[],
  spec: RecordTypeSpec,
  headerRow?: number,
): HeaderFinding | null {
  const dictionary = new HeaderDictionary(spec)
  const readings = rows.map((row) => readingOf(row, dictionary))
  if (headerRow !== undefined) {
    const at = readings.findIndex(({ row }) => row.row === headerRow)
    return at < 0 ? null : joined(readings, at, at, dictionary)
  }
  let best = 0
  for (let i = 1; i < readings.length; i++) if (readings[i]!.matched > readings[best]!.matched) best = i
  const reading = readings[best]
  if (reading === undefined || reading.matched < LEAST_MATCHES) return null
  const single = joined(readings, best, best, dictionary)
  const below = readings[best + 1]
  if (below === undefined || below.row.row !== reading.row.row + 1) return single
  const double = joined(readings, best, best + 1, dictionary)
  return continuesHeader(below) || double.matched > single.matched ? double : single
}

/** A second header row names fields in most of its cells; a data row names none. */
function continuesHeader({ matched, filled }: RowReading): boolean {
  return matched > 0 && matched * 2 >= filled
}

function joined(
  readings: readonly RowReading[],
  first: number,
  last: number,
  dictionary: HeaderDictionary,
): HeaderFinding {
  const lower = readings[last]!
  const above = readings[last - 1]
  const isAboveNear = above !== undefined && above.row.row === lower.row.row - 1
  const upper = last > first || isAboveNear ? above : undefined
  const width = Math.max(lower.row.cells.length, upper?.row.cells.length ?? 0)
  const headers: string[] = []
  const matches: (HeaderMatch | null)[] = []
  let group = ''
  for (let column = 0; column < width; column++) {
    const lowerText = textAt(lower.row, column)
    const upperText = upper === undefined ? '' : textAt(upper.row, column)
    if (upperText !== '') group = upperText
    const candidates = [
      lower.matches[column],
      upper?.matches[column],
      lowerText === '' ? null : dictionary.match(group + lowerText),
    ]
    const match = strongest(candidates)
    headers.push(lowerText === '' && (last > first || match !== null) ? upperText : lowerText)
    matches.push(match)
  }
  const matched = new Set(matches.flatMap((match) => (match === null ? [] : [match.field]))).size
  return { headerRow: lower.row.row, headers, matches, matched }
}

function strongest(candidates: readonly (HeaderMatch | null | undefined)[]): HeaderMatch | null {
  let best: HeaderMatch | null = null
  for (const candidate of candidates) {
    if (candidate != null && (best === null || candidate.confidence > best.confidence)) best = candidate
  }
  return best
}

function readingOf(row: SheetRow, dictionary: HeaderDictionary): RowReading {
  const matches = row.cells.map((cell) => (cell === null ? null : dictionary.match(cell.text)))
  const matched = new Set(matches.flatMap((match) => (match === null ? [] : [match.field]))).size
  const filled = row.cells.filter((cell) => cell !== null && cell.text.trim() !== '').length
  return { row, matches, matched, filled }
}

function textAt(row: SheetRow, column: number): string {
  return row.cells[column]?.text.trim() ?? ''
}

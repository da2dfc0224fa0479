/**
 * Finds the header among the first rows of a sheet. Above it there may be a title and notes; it may itself be a row of
 * codes with a row of labels, or two rows of labels with groups above.
 */
import type { RecordTypeSpec } from '@shared/standard/pack'
import { cellsOf, type ContentJudge } from './column-content'
import { HeaderDictionary, type HeaderMatch } from './header-matching'
import type { MergedRange, SheetRow } from './sheet-types'

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

/** What is known of the sheet besides its first rows. */
export interface HeaderHints {
  /** Header row that the clerk chose: only it and a row of groups directly above it are looked at. */
  readonly headerRow?: number
  /** A group reaches as far as its merged cell. */
  readonly merged?: readonly MergedRange[]
  /** Finds a header of unknown words by the values below it. */
  readonly judge?: ContentJudge
}

interface RowReading {
  readonly row: SheetRow
  readonly matches: readonly (HeaderMatch | null)[]
  readonly matched: number
  readonly filled: number
}

/** Fewer recognised columns than this are a coincidence. */
const LEAST_MATCHES = 2

/** The header for a record type; null when no row names at least two of its fields or stands above telling values. */
export function findHeader(
  rows: readonly SheetRow[],
  spec: RecordTypeSpec,
  hints: HeaderHints = {},
): HeaderFinding | null {
  const { headerRow, merged = [], judge } = hints
  const finder = new Finder(rows, new HeaderDictionary(spec), merged)
  if (headerRow !== undefined) return finder.chosen(headerRow)
  return finder.byNames() ?? (judge === undefined ? null : finder.byContent(judge))
}

class Finder {
  private readonly readings: readonly RowReading[]

  constructor(
    rows: readonly SheetRow[],
    private readonly dictionary: HeaderDictionary,
    private readonly merged: readonly MergedRange[],
  ) {
    this.readings = rows.map((row) => this.read(row))
  }

  chosen(headerRow: number): HeaderFinding | null {
    const at = this.readings.findIndex(({ row }) => row.row === headerRow)
    return at < 0 ? null : this.joined(at, at)
  }

  byNames(): HeaderFinding | null {
    const { readings } = this
    let best = 0
    for (let i = 1; i < readings.length; i++) if (readings[i]!.matched > readings[best]!.matched) best = i
    const reading = readings[best]
    if (reading === undefined || reading.matched < LEAST_MATCHES) return this.byPairs()
    const single = this.joined(best, best)
    const below = readings[best + 1]
    if (below === undefined || below.row.row !== reading.row.row + 1) return single
    const double = this.joined(best, best + 1)
    const isHeader = continuesHeader(below) || this.reachesDown(reading.row.row)
    return isHeader || double.matched > single.matched ? double : single
  }

  /** Two rows that only together name fields: groups above, parts below. */
  private byPairs(): HeaderFinding | null {
    const { readings } = this
    let best: HeaderFinding | null = null
    for (let at = 0; at + 1 < readings.length; at++) {
      const upper = readings[at]!
      const lower = readings[at + 1]!
      if (upper.matched + lower.matched === 0 || lower.row.row !== upper.row.row + 1) continue
      const pair = this.joined(at, at + 1)
      if (pair.matched >= LEAST_MATCHES && pair.matched > (best?.matched ?? 0)) best = pair
    }
    return best
  }

  /** The last row of words above values that are beyond doubt in two columns. */
  byContent(judge: ContentJudge): HeaderFinding | null {
    for (let at = 0; at < this.readings.length - 2; at++) {
      const telling = this.tellingBelow(at, judge)
      if (telling === null) return null
      if (telling >= LEAST_MATCHES && this.continuesData(at)) return this.joined(at, at)
    }
    return null
  }

  /** Columns with a word in this row and telling values below; null when the row itself holds such values. */
  private tellingBelow(at: number, judge: ContentJudge): number | null {
    const [row, ...data] = this.readings.slice(at).map((reading) => reading.row)
    const width = Math.max(...data.map(({ cells }) => cells.length))
    let telling = 0
    for (let column = 0; column < width; column++) {
      const word = row?.cells[column]
      const fit = word == null || word.text.trim() === '' ? null : judge.tellingKind(cellsOf(data, column))
      if (fit === null || word == null) continue
      // A value of the same kind is data, so that the header stands higher up or nowhere.
      if (judge.looksLike(fit.kind, word)) return null
      telling++
    }
    return telling
  }

  /** The row right below is filled about as well: a title above a header is not. */
  private continuesData(at: number): boolean {
    const here = this.readings[at]!.filled
    return here * 2 >= this.readings[at + 1]!.filled
  }

  /** A cell of this row is merged with the one below. */
  private reachesDown(row: number): boolean {
    return this.merged.some(({ top, bottom }) => top <= row && bottom === row + 1)
  }

  private joined(first: number, last: number): HeaderFinding {
    const lower = this.readings[last]!
    const above = this.readings[last - 1]
    const isAboveNear = above !== undefined && above.row.row === lower.row.row - 1
    const upper = last > first || isAboveNear ? above : undefined
    const width = Math.max(lower.row.cells.length, upper?.row.cells.length ?? 0)
    const groups = upper === undefined ? [] : this.groupsOf(upper.row, width)
    const headers: string[] = []
    const matches: (HeaderMatch | null)[] = []
    for (let column = 0; column < width; column++) {
      const lowerText = textAt(lower.row, column)
      const upperText = upper === undefined ? '' : textAt(upper.row, column)
      const candidates = [
        lower.matches[column],
        upper?.matches[column],
        lowerText === '' ? null : this.dictionary.match((groups[column] ?? '') + lowerText),
      ]
      const match = strongest(candidates)
      headers.push(lowerText === '' && (last > first || match !== null) ? upperText : lowerText)
      matches.push(match)
    }
    const matched = new Set(matches.flatMap((match) => (match === null ? [] : [match.field]))).size
    return { headerRow: lower.row.row, headers, matches, matched }
  }

  /** The group above each column: to the end of its merged cell, or to the next one where nothing is merged. */
  private groupsOf(row: SheetRow, width: number): readonly string[] {
    const here = this.merged.filter(({ top, bottom }) => top <= row.row && bottom >= row.row)
    const groups: string[] = []
    let group = ''
    let until = 0
    for (let column = 0; column < width; column++) {
      const text = textAt(row, column)
      if (text !== '') {
        group = text
        const range = here.find(({ left }) => left === column + 1)
        until = range?.right ?? (here.length > 0 ? column + 1 : width)
      }
      groups.push(column < until ? group : '')
    }
    return groups
  }

  private read(row: SheetRow): RowReading {
    const matches = row.cells.map((cell) => (cell === null ? null : this.dictionary.match(cell.text)))
    const matched = new Set(matches.flatMap((match) => (match === null ? [] : [match.field]))).size
    const filled = row.cells.filter((cell) => cell !== null && cell.text.trim() !== '').length
    return { row, matches, matched, filled }
  }
}

/** A second header row names fields in most of its cells; a data row names none. */
function continuesHeader({ matched, filled }: RowReading): boolean {
  return matched > 0 && matched * 2 >= filled
}

function strongest(candidates: readonly (HeaderMatch | null | undefined)[]): HeaderMatch | null {
  let best: HeaderMatch | null = null
  for (const candidate of candidates) {
    if (candidate != null && (best === null || candidate.confidence > best.confidence)) best = candidate
  }
  return best
}

function textAt(row: SheetRow, column: number): string {
  return row.cells[column]?.text.trim() ?? ''
}

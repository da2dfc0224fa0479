/** Which record type a sheet holds, when the clerk has not said so. */
import { foldForKey } from '@shared/kernel/text'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { findHeader } from './header-finder'
import { mappingOf } from './column-mapping'
import type { MergedRange, SheetRow } from './sheet-types'

/** A record type that fits, from 0 (not at all) to 1. */
export interface RecordTypeGuess {
  readonly recordType: string
  readonly score: number
}

/** What decides between types that fit equally well: what the sheet calls itself, then how complete it is. */
interface Ranked extends RecordTypeGuess {
  readonly isNamed: boolean
  /** Share of all fields of the type that were found. */
  readonly completeness: number
}

/**
 * All record types that a sheet could hold, the best first; empty when none has a header there. The score weighs how
 * much of the header the type explains and how much of what it requires is there.
 */
export function guessRecordType(
  rows: readonly SheetRow[],
  specs: readonly RecordTypeSpec[],
  sheetName = '',
  merged: readonly MergedRange[] = [],
): readonly RecordTypeGuess[] {
  const guesses = specs.flatMap((spec): Ranked[] => {
    const header = findHeader(rows, spec, { merged })
    if (header === null) return []
    // Names only: judging the values of every column for every type would cost more than it tells.
    const mapping = mappingOf(header, [], spec)
    const headed = mapping.columns.filter((column) => column.header !== '').length
    const explained = Math.min(1, mapping.matched / Math.max(1, headed))
    const sum = explained + mapping.coverage
    const score = sum === 0 ? 0 : (2 * explained * mapping.coverage) / sum
    const completeness = mapping.matched / Math.max(1, mapping.matched + mapping.missing.length)
    const titles = rows.filter(({ row }) => row < header.headerRow)
    return [{ recordType: spec.code, score, isNamed: isNamed(spec, sheetName, titles), completeness }]
  })
  return guesses
    .sort(
      (a, b) => b.score - a.score || Number(b.isNamed) - Number(a.isNamed) || b.completeness - a.completeness,
    )
    .map(({ recordType, score }) => ({ recordType, score }))
}

/** Whether the sheet, or a title above its header, bears the name of the type. */
function isNamed(
  { title, shortTitle }: RecordTypeSpec,
  sheetName: string,
  above: readonly SheetRow[],
): boolean {
  if (sheetName === title || sheetName === shortTitle) return true
  const name = foldForKey(title)
  const says = (text: string): boolean => foldForKey(text).includes(name)
  return says(sheetName) || above.some(({ cells }) => cells.some((cell) => cell !== null && says(cell.text)))
}

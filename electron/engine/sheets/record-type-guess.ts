/** Which record type a sheet holds, when the clerk has not said so. */
import type { RecordTypeSpec } from '@shared/standard/pack'
import { findHeader } from './header-finder'
import { mappingOf } from './column-mapping'
import type { SheetRow } from './sheet-types'

/** A record type that fits, from 0 (not at all) to 1. */
export interface RecordTypeGuess {
  readonly recordType: string
  readonly score: number
}

/**
 * All record types that a sheet could hold, the best first; empty when none has a header there. The score weighs how
 * much of the header the type explains and how much of what it requires is there; a sheet name that is the type's
 * title decides between equals.
 */
export function guessRecordType(
  rows: readonly SheetRow[],
  specs: readonly RecordTypeSpec[],
  sheetName = '',
): readonly RecordTypeGuess[] {
  const guesses = specs.flatMap((spec): (RecordTypeGuess & { isNamed: boolean })[] => {
    const header = findHeader(rows, spec)
    if (header === null) return []
    const mapping = mappingOf(header, rows, spec)
    const headed = mapping.columns.filter((column) => column.header !== '').length
    const explained = Math.min(1, mapping.matched / Math.max(1, headed))
    const sum = explained + mapping.coverage
    const score = sum === 0 ? 0 : (2 * explained * mapping.coverage) / sum
    const isNamed = sheetName !== '' && (spec.title === sheetName || spec.shortTitle === sheetName)
    return [{ recordType: spec.code, score, isNamed }]
  })
  return guesses
    .sort((a, b) => b.score - a.score || Number(b.isNamed) - Number(a.isNamed))
    .map(({ recordType, score }) => ({ recordType, score }))
}

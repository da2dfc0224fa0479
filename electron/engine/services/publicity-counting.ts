import { addDays, isCalendarDate } from '@shared/kernel/calendar-date'

import type { PublicityDisplay, PublicityTable } from '@shared/publicity/publicity-schema'
import { LONG_TERM, noChoice, penaltyTerm, repairableFrom } from '@shared/publicity/publicity-term'
import type { PenaltyFacts } from '@shared/publicity/publicity-term'
import type { PublicityEntry } from '@engine/repos/publicity-repo'
import type { RecordEntity } from '@engine/repos/repo-types'

/** Several kinds stand in one field; free text fields use either semicolon. */
const SEPARATORS = /[;；]/u

type Values = Readonly<Record<string, string>>

/** How records of a type are displayed; null for types that the table leaves out. */
export const displayOf = (table: PublicityTable, recordType: string): PublicityDisplay | null =>
  table.displays.find(({ types }) => types.includes(recordType)) ?? null

/** An entry of which nothing is known yet. */
export const emptyEntry = (recordId: string): PublicityEntry => ({
  recordId,
  revision: null,
  display: 'other',
  tableVersion: null,
  ruleId: null,
  severity: null,
  sector: '',
  isPublished: true,
  startsOn: null,
  minimumUntil: null,
  maximumUntil: null,
  endsOn: null,
  endBasis: null,
  doubts: [],
  orderedOn: null,
  offFrom: null,
  publishedOn: null,
  takenDownOn: null,
  confirmedBy: null,
  choice: null,
  chosenBy: null,
  chosenReason: null,
})

/** What a penalty says about its term; null for what is no penalty. */
export function penaltyFacts(
  record: Pick<RecordEntity, 'recordType' | 'legalDate'>,
  values: Values,
  table: PublicityTable,
): PenaltyFacts | null {
  const display = displayOf(table, record.recordType)
  if (display?.rule !== 'penalty') return null
  const kinds = (values[display.kinds] ?? '')
    .split(SEPARATORS)
    .map((kind) => kind.trim())
    .filter((kind) => kind !== '')
  return {
    decidedOn: record.legalDate,
    kinds,
    words: display.sectorsIn.map((field) => values[field] ?? '').join('\n'),
    statedEnd: display.statedEnd === undefined ? '' : (values[display.statedEnd] ?? ''),
  }
}

/**
 * First day on which a record must not be displayed: the day of an order, or the day after the last day of a penalty. A
 * licence ends by itself with its validity, nobody has to take it down.
 */
export function offFrom(entry: Pick<PublicityEntry, 'display' | 'endsOn' | 'orderedOn'>): string | null {
  const after = entry.display === 'penalty' && entry.endsOn !== null ? addDays(entry.endsOn, 1) : null
  const days = [after, entry.orderedOn].filter((day) => day !== null)
  return days.length === 0 ? null : days.reduce((least, day) => (day < least ? day : least))
}

/** The entry of a record counted anew from accepted content; null when its type is not displayed. */
export function countTerm(
  record: RecordEntity,
  values: Values,
  table: PublicityTable,
  before: PublicityEntry,
): PublicityEntry | null {
  const display = displayOf(table, record.recordType)
  if (display === null) return null
  const counted = { ...before, revision: record.acceptedRevision, tableVersion: table.version }
  if (display.rule === 'licence') {
    const until = values[display.until] ?? ''
    const entry: PublicityEntry = {
      ...counted,
      display: 'licence',
      startsOn: isCalendarDate(record.legalDate) ? record.legalDate : null,
      endsOn: isCalendarDate(until) && until < LONG_TERM ? until : null,
      endBasis: 'licence',
    }
    return { ...entry, offFrom: offFrom(entry) }
  }
  const term = penaltyTerm(penaltyFacts(record, values, table)!, table, before.choice ?? noChoice)
  const entry: PublicityEntry =
    term === null
      ? { ...counted, display: 'penalty', ruleId: null, severity: null, endsOn: null, endBasis: null }
      : { ...counted, display: 'penalty', ...term }
  return { ...entry, offFrom: offFrom(entry) }
}

/** First day on which repair of a displayed penalty may be handed in; null when shut out or without a term. */
export function repairableOn(entry: PublicityEntry, table: PublicityTable): string | null {
  const { ruleId, severity, sector, startsOn, minimumUntil, isPublished } = entry
  if (ruleId === null || severity === null || startsOn === null || minimumUntil === null) return null
  return repairableFrom({ ruleId, severity, sector, startsOn, minimumUntil, isPublished }, table)
}

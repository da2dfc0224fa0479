/**
 * How long a decision stays on public display. Terms come from a dated table (`resources/publicity`); every result names
 * the rule and the source it came from. Days are inclusive: display lasts through the anniversary and ends the day
 * after (the sources leave open whether the last day counts).
 */
import { addDays, addMonths, isCalendarDate } from '@shared/kernel/calendar-date'
import { severities } from './publicity-schema'
import type { PublicityRule, PublicitySeverity, PublicityTable } from './publicity-schema'

/** Exchanged for "long-term" (domain facts: `长期` is 2099/12/31). */
export const LONG_TERM = '2099-12-31'

/** What the record says that matters for its term. */
export interface PenaltyFacts {
  /** The clock of display starts here: decision date, or date of the document, which is the same field. */
  readonly decidedOn: string
  /** Every kind of penalty of the decision. */
  readonly kinds: readonly string[]
  /** Words in which a sector may be named. */
  readonly words: string
  /** Last day as the bureau itself states it; blank or absent when it does not. */
  readonly statedEnd: string
}

/** What a person decided in the place of what the table gives. */
export interface TermChoice {
  readonly ruleId: string | null
  readonly severity: PublicitySeverity | null
  /** Empty text: no sector, whatever the words say. */
  readonly sector: string | null
  readonly endsOn: string | null
}

export const noChoice: TermChoice = { ruleId: null, severity: null, sector: null, endsOn: null }

/** Where the last day comes from. */
export type EndBasis = 'maximum' | 'stated' | 'chosen' | 'licence'

/** What a person should look at. */
export type TermDoubt =
  'severity-assumed' | 'sector-guessed' | 'stated-beyond-maximum' | 'stated-before-minimum' | 'not-published'

export interface PublicityTerm {
  readonly ruleId: string
  readonly severity: PublicitySeverity
  /** Sector with a longer minimum; blank when none. */
  readonly sector: string
  /** False: in principle not displayed. */
  readonly isPublished: boolean
  readonly startsOn: string
  /** Last day of the shortest and of the longest display. */
  readonly minimumUntil: string
  readonly maximumUntil: string
  /** Last day of display. */
  readonly endsOn: string
  readonly endBasis: EndBasis
  readonly doubts: readonly TermDoubt[]
}

/** The rule of a decision date; null before the first rule. */
export const ruleOn = (table: PublicityTable, decidedOn: string): PublicityRule | null =>
  table.rules.find(({ from, to }) => decidedOn >= from && (to === null || decidedOn <= to)) ?? null

/** A rule by its id; null when the table has none. */
export const ruleOf = (table: PublicityTable, ruleId: string): PublicityRule | null =>
  table.rules.find(({ id }) => id === ruleId) ?? null

/** How heavy one kind weighs; kinds that no line lists count as ordinary. */
export function severityOfKind(
  table: PublicityTable,
  kind: string,
): { readonly severity: PublicitySeverity; readonly isListed: boolean } {
  const line = table.severityOfKinds.find(({ kinds }) => kinds.includes(kind))
  return { severity: line?.severity ?? 'ordinary', isListed: line !== undefined && line.confidence === 'A' }
}

const heaviest = (found: readonly PublicitySeverity[]): PublicitySeverity =>
  severities[Math.max(...found.map((one) => severities.indexOf(one)))] ?? 'ordinary'

/** The first sector of a rule that the words name; blank when none. */
export const sectorIn = (rule: PublicityRule, words: string): string =>
  [...rule.sectors.flatMap(({ names }) => names), ...rule.repair.excludedSectors].find((name) =>
    words.includes(name),
  ) ?? ''

/**
 * The term of a penalty. Several kinds take the longest minimum and the longest maximum (NDRC58: several penalty types
 * -> the longest). A class that the rule does not know counts as ordinary. Null when no rule covers the date and nobody
 * chose one.
 */
export function penaltyTerm(
  facts: PenaltyFacts,
  table: PublicityTable,
  choice: TermChoice = noChoice,
): PublicityTerm | null {
  const { decidedOn } = facts
  if (!isCalendarDate(decidedOn)) return null
  const rule = choice.ruleId === null ? ruleOn(table, decidedOn) : ruleOf(table, choice.ruleId)
  if (rule === null) return null
  const weighed = facts.kinds.length === 0 ? [''] : facts.kinds
  const judged = weighed.map((kind) => severityOfKind(table, kind))
  const found = choice.severity === null ? judged.map(({ severity }) => severity) : [choice.severity]
  const terms = found.map((severity) => rule.terms[severity] ?? rule.terms.ordinary)
  const guessed = sectorIn(rule, facts.words)
  const sector = choice.sector ?? guessed
  const sectorMonths = rule.sectors.find(({ names }) => names.includes(sector))?.minMonths ?? 0
  const maxMonths = Math.max(...terms.map((term) => term.maxMonths))
  const minMonths = Math.min(maxMonths, Math.max(sectorMonths, ...terms.map((term) => term.minMonths)))
  const isPublished = terms.some((term) => term.isPublished)
  const minimumUntil = addMonths(decidedOn, minMonths)
  const maximumUntil = addMonths(decidedOn, maxMonths)
  const stated = isCalendarDate(facts.statedEnd) && facts.statedEnd >= decidedOn ? facts.statedEnd : null
  // A bureau may state an earlier day; past the maximum display stops by itself.
  const isStated = stated !== null && stated < maximumUntil
  const chosen = choice.endsOn
  const doubts: TermDoubt[] = []
  const isWeighed = rule.terms.minor !== undefined || rule.terms.serious !== undefined
  if (isWeighed && choice.severity === null && judged.some(({ isListed }) => !isListed))
    doubts.push('severity-assumed')
  if (choice.sector === null && guessed !== '') doubts.push('sector-guessed')
  if (chosen === null && stated !== null && stated > maximumUntil) doubts.push('stated-beyond-maximum')
  if (chosen === null && stated !== null && stated < minimumUntil) doubts.push('stated-before-minimum')
  if (!isPublished) doubts.push('not-published')
  return {
    ruleId: rule.id,
    severity: heaviest(found),
    sector,
    isPublished,
    startsOn: decidedOn,
    minimumUntil,
    maximumUntil,
    endsOn: chosen ?? (isStated ? stated : maximumUntil),
    endBasis: chosen !== null ? 'chosen' : isStated ? 'stated' : 'maximum',
    doubts,
  }
}

/** The first day on which repair may be applied for; null when the rule shuts the case out. */
export function repairableFrom(
  term: Pick<PublicityTerm, 'ruleId' | 'severity' | 'sector' | 'startsOn' | 'minimumUntil' | 'isPublished'>,
  table: PublicityTable,
): string | null {
  const rule = ruleOf(table, term.ruleId)
  if (rule === null) return null
  if (term.severity === 'serious' && rule.repair.excludedSectors.includes(term.sector)) return null
  // A light matter that was displayed may be repaired as soon as the penalty is performed (NDRC36).
  if (!rule.repair.isAfterMinimum || !term.isPublished) return term.startsOn
  return addDays(term.minimumUntil, 1)
}

import type { RuleOption, TermView } from '@shared/contract/views/publicity-views'
import type { PublicityTable } from '@shared/publicity/publicity-schema'
import { noChoice, penaltyTerm, ruleOf } from '@shared/publicity/publicity-term'
import type { PenaltyFacts, TermChoice } from '@shared/publicity/publicity-term'
import type { PublicityEntry } from '@engine/repos/publicity-repo'

/** How the term of a penalty was found; null for licences and where no rule covers the date. */
export function termView(entry: PublicityEntry, table: PublicityTable): TermView | null {
  const rule = entry.ruleId === null ? null : ruleOf(table, entry.ruleId)
  const { severity, startsOn, minimumUntil, maximumUntil, endBasis } = entry
  if (rule === null || severity === null || startsOn === null) return null
  if (minimumUntil === null || maximumUntil === null || endBasis === null) return null
  return {
    rule: { id: rule.id, title: rule.title, source: rule.source, note: rule.note },
    ...{ severity, startsOn, minimumUntil, maximumUntil, endBasis },
    sector: entry.sector,
    isPublished: entry.isPublished,
    doubts: entry.doubts,
    chosen: entry.chosenBy === null ? null : { by: entry.chosenBy, reason: entry.chosenReason ?? '' },
  }
}

/** What each rule of the table would give for the same penalty, for a person to choose from. */
export function ruleOptions(
  facts: PenaltyFacts,
  table: PublicityTable,
  choice: TermChoice | null,
): readonly RuleOption[] {
  return table.rules.flatMap(({ id, title, source }) => {
    const term = penaltyTerm(facts, table, { ...(choice ?? noChoice), ruleId: id, endsOn: null })
    return term === null ? [] : [{ ruleId: id, title, source, endsOn: term.endsOn }]
  })
}

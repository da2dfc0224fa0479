import type { Publicity } from '@shared/domain/record-status'
import type { LegalEventKind, PublicitySeverity } from '@shared/publicity/publicity-schema'
import type { EndBasis, TermDoubt } from '@shared/publicity/publicity-term'
import type { RepairState } from '@shared/publicity/repair-case'

/**
 * Parts of the list: `due` must come down, `requested` waits for the platform, `expiring` ends within 60 days, `shown`
 * is on display, `repair` has an open case, `gone` is not on display any more.
 */
export const publicityFilters = ['due', 'requested', 'expiring', 'shown', 'repair', 'gone'] as const
export type PublicityFilter = (typeof publicityFilters)[number]

/** One record on public display. Personal values are masked. */
export interface PublicityRow {
  readonly recordId: string
  readonly type: string
  readonly docNo: string
  readonly subjectName: string
  readonly legalDate: string
  readonly display: 'penalty' | 'licence' | 'other'
  readonly standing: Publicity
  /** The rule of the term, in a few characters; null for licences and without a term. */
  readonly rule: string | null
  /** Last day of display; null while unknown. */
  readonly endsOn: string | null
  /** First day on which it must not be displayed; null when nobody has to see to it. */
  readonly offFrom: string | null
  readonly publishedOn: string | null
  readonly takenDownOn: string | null
  /** Somebody should look at how the term was found. */
  readonly hasDoubts: boolean
}

/** A rule as it would apply to one record. */
export interface RuleOption {
  readonly ruleId: string
  readonly title: string
  readonly source: string
  /** Last day under this rule. */
  readonly endsOn: string
}

export interface TermView {
  readonly rule: {
    readonly id: string
    readonly title: string
    readonly source: string
    readonly note: string
  }
  readonly severity: PublicitySeverity
  readonly sector: string
  readonly isPublished: boolean
  readonly startsOn: string
  readonly minimumUntil: string
  readonly maximumUntil: string
  readonly endBasis: EndBasis
  readonly doubts: readonly TermDoubt[]
  /** What a person put in the place of the counted term. */
  readonly chosen: { readonly by: string; readonly reason: string } | null
}

export interface MaterialView {
  readonly id: string
  readonly title: string
  readonly hint: string
  readonly state: 'missing' | 'received' | 'not-needed'
  readonly note: string
}

/** A case of credit repair with its clocks. */
export interface RepairView {
  readonly caseId: string
  readonly recordId: string
  readonly docNo: string
  readonly subjectName: string
  readonly state: RepairState
  /** First day on which it may be handed in. */
  readonly earliestOn: string
  readonly isTooEarly: boolean
  readonly ruleSource: string
  readonly needsSuperior: boolean
  readonly materials: readonly MaterialView[]
  readonly missing: number
  readonly letterAt: string | null
  readonly approvedBy: string | null
  readonly approvedOn: string | null
  readonly appliedOn: string | null
  /** Last working day for the decision; null before it is handed in. */
  readonly decideBy: string | null
  readonly decidedOn: string | null
  readonly effect: 'takeDown' | 'mark' | null
  /** Last working day for sharing the decision; null before it. */
  readonly shareBy: string | null
  /** One of the two clocks has run out. */
  readonly isLate: boolean
  readonly note: string
  readonly openedBy: string
  readonly openedAt: string
}

/** What is done about a record because its decision changed. */
export type LegalAnswer = 'correct' | 'withdraw' | 'takeDown' | 'discard'

/** A record that a change of the decision touches. */
export interface LegalEventRecordView {
  readonly recordId: string
  readonly type: string
  readonly docNo: string
  readonly subjectName: string
  readonly answer: LegalAnswer
  /** `open`: nothing prepared; `prepared`: waits to be sent; `done`: the platform has it, or it is put away. */
  readonly state: 'open' | 'prepared' | 'done'
  /** The correction needs new content, which a person enters. */
  readonly needsContent: boolean
  /** What a correction puts in by itself, by field. */
  readonly sets: Readonly<Record<string, string>>
}

export interface LegalEventView {
  readonly eventId: string
  readonly kind: LegalEventKind
  readonly document: string
  readonly decidedOn: string
  readonly reason: string
  readonly dueOn: string
  readonly isLate: boolean
  readonly notedBy: string
  readonly notedAt: string
  readonly records: readonly LegalEventRecordView[]
}

export interface PublicityDetail extends PublicityRow {
  readonly platformRef: string | null
  readonly kinds: readonly string[]
  readonly term: TermView | null
  /** What each rule would give. */
  readonly rules: readonly RuleOption[]
  /** First day of repair; null when it is shut out or there is no term. */
  readonly repairableFrom: string | null
  readonly repairEffect: 'takeDown' | 'mark' | null
  readonly orderedOn: string | null
  readonly confirmedBy: string | null
  /** Whether the desk can ask the platform to take it down now. */
  readonly canRequest: boolean
  readonly repairs: readonly RepairView[]
}

/** Displays that end in one month. */
export interface MonthEnds {
  readonly month: string
  readonly penalties: number
  readonly licences: number
}

export interface PublicityOverview {
  readonly today: string
  readonly counts: Readonly<Record<PublicityFilter, number>>
  /** Ends within so many days, cumulative. */
  readonly endsWithin: readonly { readonly days: number; readonly count: number }[]
  /** This month and the eleven after it. */
  readonly months: readonly MonthEnds[]
  readonly tableVersion: string
  readonly openEvents: number
}

/** What the letter to the penalised party says; names are whole, asking for it is written to the trail. */
export interface RepairLetter {
  readonly bureauName: string
  readonly subjectName: string
  readonly docNo: string
  readonly decidedOn: string
  readonly kinds: readonly string[]
  readonly endsOn: string
  readonly earliestOn: string | null
  readonly ruleSource: string
  readonly effect: 'takeDown' | 'mark'
  readonly materials: readonly { readonly title: string; readonly hint: string }[]
  readonly decisionDays: number
  readonly today: string
}

import type { Severity } from '@shared/standard/issue'

/** What one rule finds in some records, for dealing with all of them at once. */
export interface ProblemGroup {
  /** Id of the rule, or `import.*`. */
  readonly code: string
  readonly severity: Severity
  /** Labels of the fields it is about; the same thing has several names in several record types. */
  readonly fieldLabels: readonly string[]
  /** Records in which it is open. */
  readonly records: number
  /** Records in which a proved value can be put in by one click. */
  readonly fixable: number
  /** What that click does, when all do the same. */
  readonly fixNote: string | null
  /** The sentence of one of them. */
  readonly message: string
  /** Document number of that one. */
  readonly docNo: string
}

/** Numbers of one series of document numbers for which the desk has no record. */
export interface SeriesGap {
  /** What the numbers of the series have in common, e.g. `萍市监许〔2026〕`. */
  readonly series: string
  /** The missing numbers, ends included; equal when only one is missing. */
  readonly from: number
  readonly to: number
  /** Document numbers of the records on either side. */
  readonly before: string
  readonly after: string
  /** Legal date of the record behind the gap, YYYY-MM-DD or blank. */
  readonly afterDate: string
  /** Why there is no record, once a person has said so. */
  readonly explained: { readonly by: string; readonly reason: string; readonly at: string } | null
}

/** Gaps in the numbers of one year, the most recent first. */
export interface SeriesGaps {
  readonly year: number
  /** Series with at least two numbers. */
  readonly series: number
  /** Numbers missing without explanation, in all gaps, also those left out of the list. */
  readonly missing: number
  readonly gaps: readonly SeriesGap[]
}

/** How much an issue weighs: an error blocks sealing, a warning must be confirmed, a hint is only shown. */
export type Severity = 'error' | 'warning' | 'hint'

/** A value the form can put in by one click, with the reason why it is right. */
export interface Fix {
  readonly value: string
  /** Key of a sentence in the pack texts that says what was proved, e.g. `fix.date-spelling`. */
  readonly proof: string
}

/**
 * One thing that is wrong with the data of one record. `code` is the rule id of the pack (`field.required`,
 * `uscc.check-digit`), `import.*` for what the file reader saw, or `platform.NNNN` for a verdict of the platform.
 */
export interface Issue {
  readonly code: string
  readonly severity: Severity
  /** Field code, or null when the issue is about the whole record. */
  readonly field: string | null
  /** The value as the check saw it; null when absent. */
  readonly value: string | null
  /** What the sentence needs: limits, other fields, the platform's own words (`serverText`). */
  readonly params: Readonly<Record<string, string | number>>
  readonly fix?: Fix
}

/** Params that tell of another record; it may move on without the matter becoming another one. */
const OF_NEIGHBOURS: ReadonlySet<string> = new Set([
  'otherRecordId',
  'otherDelivery',
  'otherRow',
  'otherFile',
])

/**
 * What a confirmation is about: the rule, the field, its value, and everything else the sentence says. Two issues with
 * one key are the same question, so an answer to one holds for the other; any changed value asks again.
 */
export function confirmationKey({ code, field, value, params }: Omit<Issue, 'severity' | 'fix'>): string {
  const said = Object.entries(params)
    .filter(([name]) => !OF_NEIGHBOURS.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([code, field, value, said])
}

/** Data quality of a revision: `blocked` by an error, `warned` by an unconfirmed warning, or `clean`. */
export type Quality = 'blocked' | 'warned' | 'clean'

/** The quality that a set of issues amounts to; hints do not count. */
export function qualityOf(issues: readonly Pick<Issue, 'severity'>[]): Quality {
  if (issues.some((issue) => issue.severity === 'error')) return 'blocked'
  return issues.some((issue) => issue.severity === 'warning') ? 'warned' : 'clean'
}

import type { ImportSummary, RowIssue } from '@shared/contract/views/import-views'
import type { Severity } from '@shared/standard/issue'

/** Issues of one cause (same code, same field), as the preview lists them. */
export interface IssueGroup {
  readonly key: string
  readonly code: string
  readonly severity: Severity
  readonly fieldLabel: string | null
  /** The sentence of the first issue: meaning and remedy. */
  readonly message: string
  /** Issues of this cause in the file; a lower bound when `isExact` is false because the list was capped. */
  readonly count: number
  readonly isExact: boolean
  readonly issues: readonly RowIssue[]
}

const weight: Record<Severity, number> = { error: 0, warning: 1, hint: 2 }

/** Groups the issues of a summary by cause: errors first, then the most frequent. */
export function groupIssues(summary: Pick<ImportSummary, 'issues' | 'issueCounts'>): readonly IssueGroup[] {
  const groups = new Map<string, RowIssue[]>()
  const listedByCode = new Map<string, number>()
  for (const issue of summary.issues) {
    const key = `${issue.code} ${issue.field ?? ''}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [issue])
    else group.push(issue)
    listedByCode.set(issue.code, (listedByCode.get(issue.code) ?? 0) + 1)
  }
  return [...groups]
    .map(([key, issues]) => toGroup(key, issues, listedByCode, summary.issueCounts))
    .sort((a, b) => weight[a.severity] - weight[b.severity] || b.count - a.count)
}

function toGroup(
  key: string,
  issues: readonly RowIssue[],
  listedByCode: ReadonlyMap<string, number>,
  issueCounts: Readonly<Record<string, number>>,
): IssueGroup {
  const first = issues[0]!
  const listed = listedByCode.get(first.code) ?? issues.length
  const total = issueCounts[first.code] ?? listed
  const isOnlyGroup = listed === issues.length
  return {
    key,
    code: first.code,
    severity: first.severity,
    fieldLabel: first.fieldLabel,
    message: first.message,
    count: isOnlyGroup ? total : issues.length,
    isExact: isOnlyGroup || total === listed,
    issues,
  }
}

/** All issues of a file, those beyond the capped list included. */
export const issueTotal = (summary: Pick<ImportSummary, 'issueCounts'>): number =>
  Object.values(summary.issueCounts).reduce((sum, count) => sum + count, 0)

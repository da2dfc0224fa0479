import type { ImportSummary, RowChange, RowIssue } from '@shared/contract/views/import-views'
import type { Quality } from '@shared/standard/issue'

/** Longest list that a summary carries; counters go on counting. */
const LONGEST_LIST = 1_000

/** What became of one data row. */
export type RowOutcome = 'imported' | 'updated' | 'same'

type Skip = ImportSummary['skippedRows'][number]

/** Counts an import as it goes. */
export class ImportTally {
  private rows = 0
  private readonly outcomes = { imported: 0, updated: 0 }
  private skipped = 0
  private readonly qualities: Record<Quality, number> = { clean: 0, warned: 0, blocked: 0 }
  private readonly issues: RowIssue[] = []
  private readonly issueCounts: Record<string, number> = {}
  private readonly changes: RowChange[] = []
  private changeCount = 0
  private readonly skippedRows: Skip[] = []

  /** Rows stored so far, by insertion or update. */
  get stored(): number {
    return this.outcomes.imported + this.outcomes.updated
  }

  get dataRows(): number {
    return this.rows
  }

  addRow(
    row: number,
    outcome: RowOutcome,
    quality: Quality,
    issues: readonly RowIssue[],
    changes: readonly RowChange[],
  ): void {
    this.rows++
    if (outcome === 'same') {
      this.skipped++
      this.addSkip({ row, reason: 'same' })
      return
    }
    this.outcomes[outcome]++
    this.qualities[quality]++
    for (const issue of issues) {
      this.issueCounts[issue.code] = (this.issueCounts[issue.code] ?? 0) + 1
      if (this.issues.length < LONGEST_LIST) this.issues.push(issue)
    }
    this.changeCount += changes.length
    if (this.changes.length < LONGEST_LIST)
      this.changes.push(...changes.slice(0, LONGEST_LIST - this.changes.length))
  }

  /** A row to be listed as left out. Only data rows are counted as skipped, and blank rows interest nobody. */
  addSkip(skip: Skip): void {
    if (skip.reason === 'blank') return
    if (this.skippedRows.length < LONGEST_LIST) this.skippedRows.push(skip)
  }

  summary(
    file: Pick<ImportSummary, 'importId' | 'fileName' | 'sha256' | 'recordType' | 'durationMs'>,
  ): ImportSummary {
    return {
      ...file,
      rows: this.rows,
      ...this.outcomes,
      skipped: this.skipped,
      ...this.qualities,
      issues: [...this.issues],
      issueCounts: { ...this.issueCounts },
      changes: [...this.changes],
      changeCount: this.changeCount,
      skippedRows: [...this.skippedRows],
    }
  }
}

import type {
  ImportSummary,
  RowChange,
  RowIssue,
  SkippedRowView,
  SkipReason,
} from '@shared/contract/views/import-views'
import type { Normalisation, NormalisationKind } from '@shared/standard/standard'
import type { Quality } from '@shared/standard/issue'

/** Longest list that a summary carries; counters go on counting. */
const LONGEST_LIST = 1_000

/** What became of one data row. */
export type RowOutcome = 'imported' | 'updated' | 'same'

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
  private readonly changeCounts: Partial<Record<NormalisationKind, number>> = {}
  private readonly skippedRows: SkippedRowView[] = []
  private readonly skipCounts: Partial<Record<SkipReason, number>> = {}
  private hiddenRows = 0

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
    changes: readonly Normalisation[],
    shown: (change: Normalisation) => RowChange,
  ): void {
    this.rows++
    if (outcome === 'same') {
      this.skipped++
      this.addSkip({ row, reason: 'same', text: '' })
      return
    }
    this.outcomes[outcome]++
    this.qualities[quality]++
    for (const issue of issues) {
      this.issueCounts[issue.code] = (this.issueCounts[issue.code] ?? 0) + 1
      if (this.issues.length < LONGEST_LIST) this.issues.push(issue)
    }
    this.changeCount += changes.length
    for (const change of changes) {
      for (const kind of change.kinds) this.changeCounts[kind] = (this.changeCounts[kind] ?? 0) + 1
      if (this.changes.length < LONGEST_LIST) this.changes.push(shown(change))
    }
  }

  /** A row, or a gap of blank ones, to be listed as left out. */
  addSkip(skip: SkippedRowView): void {
    const { row, lastRow = row, reason } = skip
    this.skipCounts[reason] = (this.skipCounts[reason] ?? 0) + lastRow - row + 1
    if (reason === 'hidden') this.hiddenRows++
    if (this.skippedRows.length < LONGEST_LIST) this.skippedRows.push(skip)
  }

  /** A hidden row that was read all the same. */
  addHidden(): void {
    this.hiddenRows++
  }

  summary(
    file: Pick<ImportSummary, 'importId' | 'fileName' | 'sha256' | 'recordType' | 'notices' | 'durationMs'>,
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
      changeCounts: { ...this.changeCounts },
      skippedRows: [...this.skippedRows],
      skipCounts: { ...this.skipCounts },
      hiddenRows: this.hiddenRows,
    }
  }
}

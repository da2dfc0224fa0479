import type { Normalisation } from '@shared/standard/standard'
import type { Severity } from '@shared/standard/issue'

export interface ColumnMatch {
  /** Zero-based column of the sheet. */
  readonly column: number
  readonly letter: string
  readonly header: string
  /** Field code, or null for a pass-through column. */
  readonly field: string | null
  readonly by: 'code' | 'label' | 'alias' | 'content' | 'person' | 'remembered' | 'none'
  /** 0..1 */
  readonly confidence: number
  readonly samples: readonly string[]
}

export interface SheetView {
  readonly name: string
  readonly hidden: boolean
  readonly rows: number | null
}

/** What was found in a file before anything is stored. */
export interface ImportInspection {
  readonly fileName: string
  readonly sha256: string
  readonly fileType: 'xlsx' | 'csv'
  readonly encoding: string | null
  readonly sheets: readonly SheetView[]
  readonly sheet: string
  /** Row number of the header as Excel shows it. */
  readonly headerRow: number
  readonly recordType: string
  readonly columns: readonly ColumnMatch[]
  readonly missingFields: readonly {
    readonly field: string
    readonly label: string
    readonly required: boolean
  }[]
  /** First data rows, by column, as they stand in the file. */
  readonly preview: readonly { readonly row: number; readonly cells: readonly string[] }[]
  /** Times this very file (by hash) was imported before. */
  readonly importedBefore: number
}

export interface RowIssue {
  readonly row: number
  /** Column letter, or null for the whole row. */
  readonly column: string | null
  readonly field: string | null
  readonly fieldLabel: string | null
  readonly code: string
  readonly severity: Severity
  readonly value: string | null
  readonly message: string
}

export interface RowChange extends Normalisation {
  readonly row: number
  readonly fieldLabel: string
}

/** Outcome of an import; counters are true, the lists are capped at 1,000. */
export interface ImportSummary {
  readonly importId: string | null
  readonly fileName: string
  readonly sha256: string
  readonly recordType: string
  /** Data rows seen (skipped and blank rows not counted). */
  readonly rows: number
  readonly imported: number
  readonly updated: number
  readonly skipped: number
  readonly clean: number
  readonly warned: number
  readonly blocked: number
  readonly issues: readonly RowIssue[]
  readonly issueCounts: Readonly<Record<string, number>>
  readonly changes: readonly RowChange[]
  readonly changeCount: number
  readonly skippedRows: readonly {
    readonly row: number
    readonly reason: 'blank' | 'total' | 'signature' | 'sample' | 'same'
  }[]
  readonly durationMs: number
}

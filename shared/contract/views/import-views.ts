import type { Normalisation, NormalisationKind } from '@shared/standard/standard'
import type { Fix, Severity } from '@shared/standard/issue'
import type { RepairProof } from '@shared/standard/repair-proof'

export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le' | 'utf-16be'
export type CsvSeparator = ',' | ';' | '\t'

/** What values of a column can be recognised as. */
export type ContentKind = 'uscc' | 'residentId' | 'orgCode' | 'regNo15' | 'docNo' | 'date' | 'code'

/**
 * Why a person should decide about a column. `duplicate`: another column names the same field. `ambiguous`: it could be
 * one of several fields. `contradicted`: its values are not what its header says. `unit`: it is in another unit.
 */
export type ColumnQuestion = 'duplicate' | 'ambiguous' | 'contradicted' | 'unit'

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
  /** First different values, at most five. */
  readonly samples: readonly string[]
  readonly question: ColumnQuestion | null
  /** Fields that the question is about, the likeliest first. */
  readonly candidates: readonly string[]
  /** What the values were found to be, of how many that were looked at. */
  readonly proof: { readonly kind: ContentKind; readonly fitting: number; readonly values: number } | null
  /** Unit in which the column is, when it is not that of its field: amounts are converted. */
  readonly unit: string | null
  readonly hidden: boolean
}

/** Something a clerk should know about a file as a whole; nothing is refused for it. */
export interface ImportNotice {
  readonly code: string
  readonly message: string
}

export interface SheetView {
  readonly name: string
  readonly hidden: boolean
  /** Rows below the header, formatted blank ones among them; null where they were not counted. */
  readonly rows: number | null
  /** Rows of it are hidden by a filter. */
  readonly filtered: boolean
}

/** What was found in a file before anything is stored. */
export interface ImportInspection {
  readonly fileName: string
  readonly sha256: string
  readonly fileType: 'xlsx' | 'csv' | 'xls' | 'ods'
  /** Of a text file; null for workbooks. */
  readonly encoding: TextEncoding | null
  readonly separator: CsvSeparator | null
  readonly sheets: readonly SheetView[]
  readonly sheet: string
  /** Row number of the header as Excel shows it. */
  readonly headerRow: number
  readonly recordType: string
  /** Type that the file looks like, when it is clearly another one than the chosen. */
  readonly looksLike: string | null
  readonly columns: readonly ColumnMatch[]
  readonly missingFields: readonly {
    readonly field: string
    readonly label: string
    readonly required: boolean
  }[]
  /** Texts that every row was given before, by field, for files with this header. */
  readonly fills: Readonly<Record<string, string>>
  /** First data rows, by column, as they stand in the file. */
  readonly preview: readonly { readonly row: number; readonly cells: readonly string[] }[]
  /** Times this very file (by hash) was imported before. */
  readonly importedBefore: number
  /** Hidden sheets, links, a template of another version: what to know before going on. */
  readonly notices: readonly ImportNotice[]
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
  /** A value that is proved to be right; never for a personal field. */
  readonly fix?: Fix
}

/** What normalising changed in one field, for people. */
export interface RepairView extends Normalisation {
  readonly fieldLabel: string
  /** Why the value is the same thing as what stood there; null when there is nothing but the change to show. */
  readonly proof: RepairProof | null
}

export interface RowChange extends RepairView {
  readonly row: number
}

/** A cell of a column that no field takes. */
export interface PassedCellView {
  readonly letter: string
  readonly header: string
  /** Identity and mobile numbers masked. */
  readonly value: string
}

/** Why rows were left out: no data, hidden and not wanted, or the same as what is stored. */
export type SkipReason = 'blank' | 'total' | 'signature' | 'sample' | 'hidden' | 'same'

/** A row that was left out; of blank rows a whole gap. */
export interface SkippedRowView {
  readonly row: number
  /** Last row of a gap. */
  readonly lastRow?: number
  readonly reason: SkipReason
  /** Its first words; `''` when there is nothing to show. */
  readonly text: string
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
  /** Changes by what was done; one change may have several kinds. */
  readonly changeCounts: Readonly<Partial<Record<NormalisationKind, number>>>
  readonly skippedRows: readonly SkippedRowView[]
  /** Rows left out by reason. */
  readonly skipCounts: Readonly<Partial<Record<SkipReason, number>>>
  /** Data rows that are hidden in the file, read or not. */
  readonly hiddenRows: number
  /** As in the inspection. */
  readonly notices: readonly ImportNotice[]
  readonly durationMs: number
}

/** What the sheet readers give out: cells with their raw text, rows, previews and findings. */
import type { CsvSeparator, TextEncoding } from '@shared/contract/views/import-views'
import type { CellKind } from '@shared/standard/standard'

/**
 * One cell that holds something. `text` is the raw text of the file: a number stands exactly as it was stored, so
 * `4.40106E+17` and eighteen digits stay visible. Dates (kind `date`) are YYYY-MM-DD, time of day dropped; booleans
 * are `TRUE`/`FALSE`; a formula shows its cached value, as what it is (kind `formula`: a text), `''` when the file holds
 * none.
 */
export interface SheetCell {
  readonly text: string
  readonly kind: CellKind
  /** Number format code of a number or date, when it is not `General`. */
  readonly format?: string
  /** The text, or a part of it, is struck through. */
  readonly struck?: true
  /** CSV: a quotation mark stands inside the text, yet the field is not quoted as a whole. */
  readonly looseQuote?: true
}

/** One row with at least one cell that holds something; wholly blank rows are not given out. */
export interface SheetRow {
  /** 1-based, as Excel shows it (CSV: number of the record). */
  readonly row: number
  /** By column, A first; null where nothing is stored. CSV keeps trailing blanks, so its length is the field count. */
  readonly cells: readonly (SheetCell | null)[]
  /** Hidden by hand or by a filter. */
  readonly hidden?: true
}

/** A merged range, all 1-based and inclusive. Only the top left cell holds a value. */
export interface MergedRange {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** One sheet as the workbook lists it. */
export interface SheetInfo {
  readonly name: string
  /** Hidden or very hidden. */
  readonly hidden: boolean
  /** Number of row elements (CSV: records); formatted blank rows count, so it is for display only. */
  readonly rows?: number
}

/** One sheet with its first rows and all its merged ranges. */
export interface SheetPreview extends SheetInfo {
  readonly firstRows: readonly SheetRow[]
  readonly merged: readonly MergedRange[]
  /** Zero-based, in order. */
  readonly hiddenColumns: readonly number[]
  /** A filter is set, so that rows may be out of sight. */
  readonly isFiltered: boolean
}

/** Things a clerk should know that do not stop the reading. */
export type SheetWarningCode =
  | 'hidden-sheet'
  | 'date-1904'
  | 'external-links'
  | 'embedded-objects'
  | 'extension-differs'
  | 'private-use-mapped'

/** One warning about a file. */
export interface SheetWarning {
  readonly code: SheetWarningCode
  readonly params: Readonly<Record<string, string | number>>
}

/** `xls` is the binary workbook of Excel 97 to 2003, which WPS calls `.et`. */
export type SheetFileType = 'xlsx' | 'csv' | 'xls' | 'ods'

/** What is known of a file before its rows are read. */
export interface FileFacts {
  /** Base name, without the folder. */
  readonly file: string
  readonly fileType: SheetFileType
  readonly bytes: number
  /** Lower-case hex, over the file as it was read. */
  readonly sha256: string
  /** CSV only. */
  readonly encoding?: TextEncoding
  /** CSV only. */
  readonly separator?: CsvSeparator
}

/** Answer of `inspect`. */
export interface FileInspection extends FileFacts {
  readonly sheets: readonly SheetPreview[]
  readonly warnings: readonly SheetWarning[]
}

/** What is known only when the last row of a sheet was read. */
export interface SheetEnd {
  /** Rows given out. */
  readonly rows: number
  readonly merged: readonly MergedRange[]
  readonly warnings: readonly SheetWarning[]
}

/** How a child process ended. */
export interface ChildExit {
  readonly code: number | null
  readonly signal: string | null
}

/** The killable process that reads one file. Messages are structured clones in order; `onExit` comes once, last. */
export interface SheetChild {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: (exit: ChildExit) => void): void
  /** Ends the process at once; harmless when it has ended. */
  kill(): void
}

/** Starts a child with at most `memoryMb` of heap; each host has its own way. */
export type LaunchSheetChild = (options: { readonly memoryMb: number }) => SheetChild

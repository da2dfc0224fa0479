/** How the rows of one sheet are to be read into records: what the engine has decided, in terms of data alone. */
import type { SkippedRowView } from '@shared/contract/views/import-views'
import type { StandardPack } from '@shared/standard/pack'
import type { MappedColumn } from './column-mapping'
import type { MergedRange } from './sheet-types'

/** How many fields the header of a text file has. */
export interface TextWidth {
  /** Up to the last column with a name: fewer fields than this are too few. */
  readonly named: number
  /** With the blank ones at the end: more fields than this are too many. */
  readonly all: number
}

/** Which column of a sheet is what, and how its cells are to be taken. */
export interface SheetLayout {
  readonly headerRow: number
  readonly columns: readonly Pick<MappedColumn, 'column' | 'field'>[]
  /** Zero-based column of each mapped field. */
  readonly columnOf: ReadonlyMap<string, number>
  /** Texts for fields that no column gives: every data row gets them. */
  readonly fills: ReadonlyMap<string, string>
  /** Units of the fields whose columns are in another unit. */
  readonly units: ReadonlyMap<string, string>
  /** Further columns under a header of the same field; empty once somebody has chosen the columns. */
  readonly rivals: readonly { readonly field: string; readonly columns: readonly number[] }[]
  /** Day numbers of the workbook count from 1904. */
  readonly is1904: boolean
  /** Column in which an error workbook of ours names the record of each row, or null. */
  readonly markColumn: number | null
  readonly hiddenRows: 'include' | 'skip' | null
  /** Fields that a row of a text file has to have; null for workbooks, whose cells have places of their own. */
  readonly textWidth: TextWidth | null
}

/** The order to read a sheet: its layout, and the standard by which its rows are normalised and checked. */
export interface ReadingOrder {
  readonly layout: SheetLayout
  readonly merged: readonly MergedRange[]
  /** Code of the layout's record type, which may be one of an older standard. */
  readonly recordType: string
  readonly standard: StandardPack
  /** The older standards that are converted. */
  readonly older: readonly StandardPack[]
  /** Business date, YYYY-MM-DD. */
  readonly today: string
}

/** What a row of an older layout has become. */
export interface RowForm {
  readonly recordType: string
  /** Zero-based column of each field. */
  readonly columnOf: ReadonlyMap<string, number>
}

/** What was read of the data rows of a lot, beside their cells. */
export interface ReadRows {
  /** Rows around the data, in order; a hidden one with what stands in its headline as it is. */
  readonly skipped: readonly SkippedRowView[]
  /** So many texts for each row as `reading/row-texts` says. */
  readonly texts: readonly string[]
  /** What the rows have become, where that is not what the layout says; then for each row the place in this list. */
  readonly forms: readonly RowForm[]
  readonly formOfRow: readonly number[]
}

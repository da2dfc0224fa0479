/** What every reader of a kind of file offers, whatever the kind. */
import type { FileInspection, SheetEnd, SheetRow } from './sheet-types'

/** An opened file: it can be previewed, and one sheet can be read through. */
export interface SheetSource {
  /** The sheets with their first rows. */
  inspect(): Promise<FileInspection>
  /** All rows of a sheet in handy lots, then what is known at the end. `null` takes the first visible sheet. */
  rows(sheet: string | null): AsyncGenerator<readonly SheetRow[], SheetEnd>
}

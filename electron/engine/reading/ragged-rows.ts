/** Rows of a text file whose fields are more or fewer than the columns: a separator too many shifts all that follows. */
import { headlineField } from '@shared/standard/headline-field'
import type { Issue } from '@shared/standard/issue'
import type { TextWidth } from '@engine/sheets/reading-order'
import type { SheetPreview, SheetRow } from '@engine/sheets/sheet-types'
import type { ReadingPlan } from './reading-plan'

/** The width that the header of a text file gives to its rows. */
export function textWidthOf({ firstRows }: SheetPreview, headerRow: number): TextWidth {
  const rows = firstRows.filter(({ row }) => row <= headerRow)
  const header = rows.find(({ row }) => row === headerRow)?.cells ?? []
  const named = header.findLastIndex((cell) => cell !== null && cell.text.trim() !== '') + 1
  return { named, all: Math.max(...rows.map(({ cells }) => cells.length), 0) }
}

/** The error of a row that does not fit its header; none for workbooks. */
export function raggedIssues({ textWidth, type }: ReadingPlan, { cells }: SheetRow): readonly Issue[] {
  if (textWidth === null) return []
  // A blank field too many is as telling: the last column of a shifted row may be a blank one.
  if (cells.length >= textWidth.named && cells.length <= textWidth.all) return []
  const params = { cells: cells.length, columns: textWidth.named }
  return [
    { code: 'import.ragged-row', severity: 'error', field: headlineField(type.spec), value: null, params },
  ]
}

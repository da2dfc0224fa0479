import type { RowChange, RowIssue, SkippedRowView } from '@shared/contract/views/import-views'
import { headlineField } from '@shared/standard/headline-field'
import type { Issue } from '@shared/standard/issue'
import { isSensitive } from '@shared/standard/mask'
import type { FieldValues } from '@shared/standard/pack'
import type { RevisionTexts } from '@shared/standard/revision-texts'
import type { CompiledStandard, Normalisation } from '@shared/standard/standard'
import type { Assessment } from '@engine/reading/assessment'
import { readRowTexts, TEXTS_PER_ROW } from '@engine/reading/row-texts'
import type { ImportCell } from '@engine/repos/import-repo'
import { columnLetters } from '@engine/sheets/cell-address'
import type { RowForm } from '@engine/sheets/reading-order'
import { cellsAt, countOf, rowAt } from '@engine/sheets/row-wire'
import { readOrderedSheet, type OrderedLot, type ReadingOptions } from '@engine/sheets/sheet-process'
import type { LaunchSheetChild, SheetCell } from '@engine/sheets/sheet-types'
import { typeOf } from '@engine/standards/installed-standard'
import { fieldOf, shownValue } from './checking-issue-view'
import { readingOrder, type ImportPlan } from './intake-plan'
import { repairView } from './repair-view'

/** One data row of a file, read and checked by itself. */
export interface AssessedRow {
  readonly row: number
  /** The plan of the import under the record type that this row has become. */
  readonly plan: ImportPlan
  readonly isHidden: boolean
  readonly assessment: Assessment
  /** Its content as it is stored. */
  readonly content: RevisionTexts
  /** Record that the row names as its own, from an error workbook of ours. */
  readonly mark: string | null
  /** Every cell as it stood in the file. */
  cells(): readonly (SheetCell | null)[]
  /** Raw texts by field. */
  raw(): FieldValues
}

/** Rows that travelled together. */
export interface DataLot {
  readonly rows: readonly AssessedRow[]
  readonly skipped: readonly SkippedRowView[]
}

/** The cells of a row as the error workbook repeats them. */
export const importCells = ({ plan, cells }: AssessedRow): readonly ImportCell[] =>
  cells().map((cell) => importCell(cell, plan.is1904))

function importCell(cell: SheetCell | null, is1904: boolean): ImportCell {
  if (cell === null) return { text: '', kind: 'text' }
  const { text, kind, struck } = cell
  return {
    ...{ text, kind },
    ...(struck === undefined ? {} : { struck }),
    ...(is1904 && kind === 'number' ? { is1904 } : {}),
  }
}

/** A row that was left out, as people may see it. */
function skippedView({ type }: ImportPlan, skip: SkippedRowView): SkippedRowView {
  if (skip.reason !== 'hidden') return skip
  return { ...skip, text: shownValue(fieldOf(type, headlineField(type.spec)), skip.text) ?? '' }
}

/** The data rows below the header, normalised and checked where they are read. Throws the refusals of `readSheet`. */
export async function* dataRows(
  launch: LaunchSheetChild,
  plan: ImportPlan,
  standard: CompiledStandard,
  path: string,
  today: string,
  reading: ReadingOptions,
): AsyncGenerator<DataLot, void> {
  const plans = new Map<string, ImportPlan>()
  const planUnder = ({ recordType, columnOf }: RowForm): ImportPlan => {
    const known = plans.get(recordType)
    if (known !== undefined) return known
    const made = { ...plan, type: typeOf(standard, recordType), columnOf }
    plans.set(recordType, made)
    return made
  }

  const rowAtPlace = ({ rows, read }: OrderedLot, place: number, own: ImportPlan): AssessedRow => {
    const { row, hidden } = rowAt(rows, place)
    return {
      row,
      plan: own,
      isHidden: hidden === true,
      cells: () => cellsAt(rows, place),
      ...readRowTexts(read.texts, place * TEXTS_PER_ROW),
    }
  }

  const request = { path, sheet: plan.sheet.name, expectedSha256: plan.sha256 }
  const order = readingOrder(plan, standard, today)
  for await (const event of readOrderedSheet(launch, request, order, { ...reading, name: plan.file })) {
    if (event.kind === 'end') return
    const { forms, formOfRow, skipped } = event.read
    const rows = Array.from({ length: countOf(event.rows) }, (_, place) => {
      const form = forms[formOfRow[place] ?? -1]
      return rowAtPlace(event, place, form === undefined ? plan : planUnder(form))
    })
    yield { rows, skipped: skipped.map((skip) => skippedView(plan, skip)) }
  }
}

/** An issue of a row for people: where it stands in the file, its sentence; personal values masked. */
export function rowIssue(plan: ImportPlan, row: number, issue: Issue): RowIssue {
  const field = fieldOf(plan.type, issue.field)
  const column = issue.field === null ? undefined : plan.columnOf.get(issue.field)
  return {
    row,
    column: column === undefined ? null : columnLetters(column + 1),
    field: issue.field,
    fieldLabel: field?.label ?? null,
    code: issue.code,
    severity: issue.severity,
    value: shownValue(field, issue.value),
    message: plan.type.message(issue),
    // The fix of a personal field would show what is masked.
    ...(issue.fix === undefined || (field !== null && isSensitive(field)) ? {} : { fix: issue.fix }),
  }
}

/** What normalising changed in a row, for people. */
export const rowChange = (plan: ImportPlan, row: number, change: Normalisation): RowChange => ({
  ...repairView(plan.type, change),
  row,
})

import type { RowChange, RowIssue, SkippedRowView } from '@shared/contract/views/import-views'
import { headlineField } from '@shared/standard/headline-field'
import type { Issue } from '@shared/standard/issue'
import type { Normalisation } from '@shared/standard/standard'
import { isSensitive } from '@shared/standard/mask'
import type { ImportCell } from '@engine/repos/import-repo'
import { columnLetters } from '@engine/sheets/cell-address'
import { RowSifter } from '@engine/sheets/row-sifter'
import { readSheet, type ReadingOptions } from '@engine/sheets/sheet-process'
import type { LaunchSheetChild, MergedRange, SheetCell, SheetRow } from '@engine/sheets/sheet-types'
import { withoutEchoes, type Assessment } from './checking-assessment'
import { fieldOf, shownValue } from './checking-issue-view'
import { rowReader } from './intake-conversion'
import type { ImportPlan } from './intake-plan'
import { raggedIssues } from './intake-ragged-rows'
import { rawOf } from './intake-raw'
import { repairView } from './repair-view'

/** One data row of a file, read and checked by itself. */
export interface AssessedRow {
  readonly row: number
  /** The plan of the import under the record type that this row has become. */
  readonly plan: ImportPlan
  /** Every cell as it stood in the file. */
  readonly cells: readonly (SheetCell | null)[]
  /** Raw texts by field. */
  readonly raw: Readonly<Record<string, string>>
  readonly isHidden: boolean
  readonly assessment: Assessment
  /** Record that the row names as its own, from an error workbook of ours. */
  readonly mark: string | null
}

/** One data row whose turn has not come: what reading it makes is large, and is best used and forgotten at once. */
export interface UnreadRow {
  readonly row: SheetRow
  /** Normalises and checks it. */
  read(): AssessedRow
}

/** Rows that travelled together. */
export interface DataLot {
  readonly rows: readonly UnreadRow[]
  readonly skipped: readonly SkippedRowView[]
}

const warning = (code: string, field: string, value: string | null): Issue => ({
  code,
  severity: 'warning',
  field,
  value,
  params: {},
})

const error = (code: string, field: string, value: string | null): Issue => ({
  ...warning(code, field, value),
  severity: 'error',
})

/** Two columns for one field that disagree in a row: nobody but the clerk knows which is right. */
function rivalIssues(plan: ImportPlan, row: SheetRow): readonly Issue[] {
  if (plan.rivals.length === 0) return []
  const textAt = (column: number): string => row.cells[column]?.text.trim() ?? ''
  return plan.rivals.flatMap(({ field, columns }) => {
    const used = textAt(plan.columnOf.get(field) ?? -1)
    const other = columns.map(textAt).find((text) => text !== '' && text !== used)
    return other === undefined
      ? []
      : [{ ...warning('import.duplicate-column', field, other), severity: 'error' }]
  })
}

/** Columns whose blank cell at a row is covered by a merged cell above: its value is never copied down unasked. */
function coveredColumns(merged: readonly MergedRange[]): (row: number) => ReadonlySet<number> {
  const tall = merged.filter(({ top, bottom }) => bottom > top)
  const none: ReadonlySet<number> = new Set()
  if (tall.length === 0) return () => none
  const byRow = new Map<number, Set<number>>()
  for (const { top, bottom, left, right } of tall) {
    for (let row = top + 1; row <= Math.min(bottom, top + 10_000); row++) {
      const columns = byRow.get(row) ?? new Set()
      for (let column = left; column <= right; column++) columns.add(column - 1)
      byRow.set(row, columns)
    }
  }
  return (row) => byRow.get(row) ?? none
}

/** What only the look of a row can show: told twice, torn, a formula without its result, covered by a merged cell, struck through, hidden. */
function lookIssues(plan: ImportPlan, row: SheetRow, covered: ReadonlySet<number>): readonly Issue[] {
  const issues: Issue[] = [...rivalIssues(plan, row), ...raggedIssues(plan, row)]
  for (const [field, column] of plan.columnOf) {
    const cell = row.cells[column] ?? null
    if (cell?.struck === true) issues.push(warning('import.struck-text', field, cell.text))
    if (cell?.looseQuote === true) issues.push(error('import.loose-quote', field, cell.text))
    if (cell?.kind === 'formula' && cell.text === '')
      issues.push(error('import.unsaved-formula', field, null))
    if (covered.has(column) && (cell === null || cell.text === ''))
      issues.push(warning('import.merged-cell', field, null))
  }
  // Whoever was asked about hidden rows need not be asked again row by row.
  if (row.hidden === true && plan.hiddenRows === null)
    issues.push(warning('import.hidden-row', headlineField(plan.type.spec), null))
  return issues
}

/** The cells of a row as the error workbook repeats them. */
export const importCells = ({ plan, cells }: AssessedRow): readonly ImportCell[] =>
  cells.map((cell) => importCell(cell, plan.is1904))

function importCell(cell: SheetCell | null, is1904: boolean): ImportCell {
  if (cell === null) return { text: '', kind: 'text' }
  const { text, kind, struck } = cell
  return {
    ...{ text, kind },
    ...(struck === undefined ? {} : { struck }),
    ...(is1904 && kind === 'number' ? { is1904 } : {}),
  }
}

/** A hidden row that the clerk does not want, under the number of its document. */
function hiddenSkip(plan: ImportPlan, row: SheetRow): SkippedRowView {
  const field = headlineField(plan.type.spec)
  const text = row.cells[plan.columnOf.get(field) ?? -1]?.text.trim() ?? ''
  return { row: row.row, reason: 'hidden', text: shownValue(fieldOf(plan.type, field), text) ?? '' }
}

/** The data rows below the header, each to be normalised and checked. Throws the refusals of `readSheet`. */
export async function* dataRows(
  launch: LaunchSheetChild,
  plan: ImportPlan,
  path: string,
  today: string,
  reading: ReadingOptions,
): AsyncGenerator<DataLot, void> {
  const sifter = new RowSifter(plan.type.spec, plan.columns, plan.headerRow)
  const coveredAt = coveredColumns(plan.sheet.merged)

  const read = rowReader(plan, today)

  const assess = (row: SheetRow): AssessedRow => {
    const { plan: own, raw, assessment } = read(rawOf(plan, row, today))
    const look = lookIssues(own, row, coveredAt(row.row))
    return {
      row: row.row,
      plan: own,
      cells: row.cells,
      raw,
      assessment: { ...assessment, issues: withoutEchoes(look, assessment.issues) },
      isHidden: row.hidden === true,
      mark: plan.markColumn === null ? null : row.cells[plan.markColumn]?.text.trim() || null,
    }
  }

  const request = { path, sheet: plan.sheet.name, expectedSha256: plan.sha256 }
  for await (const event of readSheet(launch, request, { ...reading, name: plan.file })) {
    if (event.kind === 'end') return
    const rows: UnreadRow[] = []
    const skipped: SkippedRowView[] = []
    for (const row of event.rows) {
      if (row.row <= plan.headerRow) continue
      const sifted = sifter.sift(row)
      skipped.push(...sifted.skipped)
      if (!sifted.isData) continue
      if (row.hidden === true && plan.hiddenRows === 'skip') skipped.push(hiddenSkip(plan, row))
      else rows.push({ row, read: () => assess(row) })
    }
    yield { rows, skipped }
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

import type { RowChange, RowIssue } from '@shared/contract/views/import-views'
import type { Issue } from '@shared/standard/issue'
import type { Normalisation, RawValue } from '@shared/standard/standard'
import { maskValue } from '@shared/standard/mask'
import { columnLetters } from '@engine/sheets/cell-address'
import { RowSifter } from '@engine/sheets/row-sifter'
import type { SkippedRow } from '@engine/sheets/row-sifter'
import { readSheet } from '@engine/sheets/sheet-process'
import type { LaunchSheetChild, MergedRange, SheetRow } from '@engine/sheets/sheet-types'
import { assessRaw } from './checking-assessment'
import type { Assessment } from './checking-assessment'
import { fieldOf, shownValue } from './checking-issue-view'
import { rawOf } from './intake-plan'
import type { ImportPlan } from './intake-plan'

/** One data row of a file, read and checked by itself. */
export interface AssessedRow {
  readonly row: number
  /** The row as it stood in the file. */
  readonly source: SheetRow
  /** Raw texts by field. */
  readonly raw: Readonly<Record<string, string>>
  readonly assessment: Assessment
  /** Record that the row names as its own, from an error workbook of ours. */
  readonly mark: string | null
}

/** Rows that travelled together. */
export interface AssessedLot {
  readonly rows: readonly AssessedRow[]
  readonly skipped: readonly SkippedRow[]
}

const warning = (code: string, field: string, value: string | null): Issue => ({
  code,
  severity: 'warning',
  field,
  value,
  params: {},
})

/** Two columns for one field that disagree in a row: nobody but the clerk knows which is right. */
function rivalIssues(plan: ImportPlan, row: SheetRow): readonly Issue[] {
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

/** What only the look of a row can show: told twice, covered by a merged cell, struck through, hidden. */
function lookIssues(plan: ImportPlan, row: SheetRow, covered: ReadonlySet<number>): readonly Issue[] {
  const issues: Issue[] = [...rivalIssues(plan, row)]
  for (const [field, column] of plan.columnOf) {
    const cell = row.cells[column] ?? null
    if (cell?.struck === true) issues.push(warning('import.struck-text', field, cell.text))
    if (covered.has(column) && (cell === null || cell.text === ''))
      issues.push(warning('import.merged-cell', field, null))
  }
  if (row.hidden === true) issues.push(warning('import.hidden-row', plan.type.spec.search.docNo, null))
  return issues
}

function textsOf(raw: Readonly<Record<string, RawValue>>): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const field in raw) texts[field] = raw[field]!.text
  return texts
}

/** Reads the data rows below the header, normalises and checks each. Throws the refusals of `readSheet`. */
export async function* assessedRows(
  launch: LaunchSheetChild,
  plan: ImportPlan,
  path: string,
  today: string,
  signal: AbortSignal,
): AsyncGenerator<AssessedLot, void> {
  const sifter = new RowSifter(
    plan.type.spec,
    plan.columns.map((column) => ({ ...column, by: 'none' as const })),
    plan.headerRow,
  )
  const coveredAt = coveredColumns(plan.sheet.merged)

  const assess = (row: SheetRow): AssessedRow => {
    const raw = rawOf(plan, row)
    const assessment = assessRaw(plan.type, raw, today)
    const look = lookIssues(plan, row, coveredAt(row.row))
    return {
      row: row.row,
      source: row,
      raw: textsOf(raw),
      assessment: look.length === 0 ? assessment : { ...assessment, issues: [...look, ...assessment.issues] },
      mark: plan.markColumn === null ? null : row.cells[plan.markColumn]?.text.trim() || null,
    }
  }

  const request = { path, sheet: plan.sheet.name, expectedSha256: plan.sha256 }
  for await (const event of readSheet(launch, request, { signal, name: plan.file })) {
    if (event.kind === 'end') return
    const rows: AssessedRow[] = []
    const skipped: SkippedRow[] = []
    for (const row of event.rows) {
      if (row.row <= plan.headerRow) continue
      const sifted = sifter.sift(row)
      skipped.push(...sifted.skipped)
      if (sifted.isData) rows.push(assess(row))
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
  }
}

/** What normalising changed in a row, for people. */
export function rowChange(plan: ImportPlan, row: number, change: Normalisation): RowChange {
  const field = fieldOf(plan.type, change.field)
  const shown = (text: string): string => (field === null ? text : maskValue(field, text))
  return {
    ...change,
    raw: shown(change.raw),
    value: shown(change.value),
    row,
    fieldLabel: field?.label ?? change.field,
  }
}

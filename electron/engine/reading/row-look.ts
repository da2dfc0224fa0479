/** What only the look of a row can show, so that no check of its values finds it. */
import { headlineField } from '@shared/standard/headline-field'
import type { Issue } from '@shared/standard/issue'
import type { MergedRange, SheetRow } from '@engine/sheets/sheet-types'
import { raggedIssues } from './ragged-rows'
import type { ReadingPlan } from './reading-plan'

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
function rivalIssues(plan: ReadingPlan, row: SheetRow): readonly Issue[] {
  if (plan.rivals.length === 0) return []
  const textAt = (column: number): string => row.cells[column]?.text.trim() ?? ''
  return plan.rivals.flatMap(({ field, columns }) => {
    const used = textAt(plan.columnOf.get(field) ?? -1)
    const other = columns.map(textAt).find((text) => text !== '' && text !== used)
    return other === undefined ? [] : [error('import.duplicate-column', field, other)]
  })
}

/** Columns whose blank cell at a row is covered by a merged cell above: its value is never copied down unasked. */
export function coveredColumns(merged: readonly MergedRange[]): (row: number) => ReadonlySet<number> {
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

/**
 * The issues of how a row looks: told twice, torn, a formula without its result, covered by a merged
 * cell, struck through, hidden.
 */
export function lookIssues(plan: ReadingPlan, row: SheetRow, covered: ReadonlySet<number>): readonly Issue[] {
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

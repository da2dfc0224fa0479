import { headlineField } from '@shared/standard/headline-field'
import type { SkippedRowView } from '@shared/contract/views/import-views'
import type { ReadingOrder, ReadRows, RowForm } from '@engine/sheets/reading-order'
import { RowSifter } from '@engine/sheets/row-sifter'
import type { SheetRow } from '@engine/sheets/sheet-types'
import { withoutEchoes } from './assessment'
import { rawReader } from './raw-values'
import { planOf, type ReadingPlan } from './reading-plan'
import { rowReader } from './row-conversion'
import { coveredColumns, lookIssues } from './row-look'
import { pushRowTexts } from './row-texts'

/** The data rows of a lot, and what was read of them. */
export interface ReadLot {
  readonly rows: readonly SheetRow[]
  readonly read: ReadRows
}

/** Reads the next lot of rows of a sheet. */
export type SheetReading = (rows: readonly SheetRow[]) => ReadLot

/** What was left out by the clerk's wish, under what stands in its headline. */
function hiddenSkip(plan: ReadingPlan, row: SheetRow): SkippedRowView {
  const column = plan.columnOf.get(headlineField(plan.type.spec)) ?? -1
  return { row: row.row, reason: 'hidden', text: row.cells[column]?.text.trim() ?? '' }
}

/** Reads a sheet as an order says: tells data rows from others, normalises and checks each by itself. */
export function createSheetReading(order: ReadingOrder): SheetReading {
  const { today } = order
  const plan = planOf(order)
  const sifter = new RowSifter(plan.type.spec, plan.columns, plan.headerRow)
  const coveredAt = coveredColumns(order.merged)
  const rawOf = rawReader(plan, today)
  const read = rowReader(plan, today)

  return (lot) => {
    const rows: SheetRow[] = []
    const skipped: SkippedRowView[] = []
    const texts: string[] = []
    const forms: RowForm[] = []
    const formOfRow: number[] = []
    const placeOf = new Map<ReadingPlan, number>()

    const noteForm = (form: ReadingPlan): void => {
      let place = placeOf.get(form)
      if (place === undefined) {
        place = forms.push({ recordType: form.type.spec.code, columnOf: form.columnOf }) - 1
        placeOf.set(form, place)
      }
      formOfRow.push(place)
    }

    const take = (row: SheetRow): void => {
      const { plan: own, differing, assessment } = read(rawOf(row))
      const look = lookIssues(own, row, coveredAt(row.row))
      const issues = withoutEchoes(look, assessment.issues)
      const mark = plan.markColumn === null ? null : row.cells[plan.markColumn]?.text.trim() || null
      pushRowTexts(texts, assessment, { issues, differing, mark })
      if (own !== plan) noteForm(own)
      rows.push(row)
    }

    for (const row of lot) {
      if (row.row <= plan.headerRow) continue
      const sifted = sifter.sift(row)
      skipped.push(...sifted.skipped)
      if (!sifted.isData) continue
      if (row.hidden === true && plan.hiddenRows === 'skip') skipped.push(hiddenSkip(plan, row))
      else take(row)
    }
    return { rows, read: { skipped, texts, forms, formOfRow } }
  }
}

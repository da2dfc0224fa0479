import type { ImportInspection } from '@shared/contract/views/import-views'
import type { FileInspection } from '@engine/sheets/sheet-types'
import { columnMask } from './intake-column-choice'
import type { ImportPlan } from './intake-plan'
import { dataRowsOf } from './intake-sheet-choice'

const PREVIEW_ROWS = 20

/** What a page is shown of a file before it is imported: its sheets, its columns and first rows, personal values masked. */
export function inspectionView(
  plan: ImportPlan,
  inspection: FileInspection,
  name: string,
  importedBefore: number,
): ImportInspection {
  const masks = new Map(plan.columns.map((column) => [column.column, columnMask(plan, column)]))
  const mask = (column: number, text: string): string => masks.get(column)?.(text) ?? text
  return {
    fileName: name,
    sha256: plan.sha256,
    fileType: inspection.fileType,
    encoding: inspection.encoding ?? null,
    separator: inspection.separator ?? null,
    sheets: inspection.sheets.map((sheet) => ({
      name: sheet.name,
      hidden: sheet.hidden,
      rows: dataRowsOf(sheet, plan.type.spec, sheet === plan.sheet ? plan.headerRow : undefined),
      filtered: sheet.isFiltered,
    })),
    sheet: plan.sheet.name,
    headerRow: plan.headerRow,
    recordType: plan.type.spec.code,
    looksLike: plan.looksLike?.spec.code ?? null,
    columns: plan.columns.map((column) => ({
      ...column,
      unit: column.field === null ? column.unit : (plan.units.get(column.field) ?? null),
      hidden: plan.sheet.hiddenColumns.includes(column.column),
      samples: column.samples.map((sample) => mask(column.column, sample)),
    })),
    missingFields: plan.missing,
    fills: Object.fromEntries(plan.fills),
    preview: plan.sheet.firstRows
      .filter(({ row }) => row > plan.headerRow)
      .slice(0, PREVIEW_ROWS)
      .map(({ row, cells }) => ({
        row,
        cells: Array.from(cells, (cell, column) => mask(column, cell?.text ?? '')),
      })),
    importedBefore,
    notices: plan.notices,
  }
}

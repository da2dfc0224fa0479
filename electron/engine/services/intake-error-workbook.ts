import { refuse } from '@shared/kernel/failure'
import type { CompiledStandard } from '@shared/standard/standard'
import { recordMarkHeader } from '@shared/texts/zh-CN/import-texts'
import { columnOf } from '@engine/sheets/cell-address'
import { writeErrorWorkbook } from '@engine/sheets/error-workbook-writer'
import type { FaultyRow } from '@engine/sheets/error-workbook-writer'
import type { ImportRepo, ImportRow } from '@engine/repos/import-repo'

/**
 * Writes the rows of an import that had issues, laid out as in their file, with one more column that names the record
 * of each row: the mended workbook finds back to its drafts. Returns the number of rows; refuses `record.not-found`,
 * `output.not-writable`.
 */
export function writeImportErrors(
  imports: ImportRepo,
  standard: CompiledStandard,
  importId: string,
  target: string,
): Promise<number> {
  const run = imports.run(importId) ?? refuse('record.not-found', { importId })
  const header = run.header.filter((text) => text !== recordMarkHeader)
  const width = header.length
  const faulty = ({ row, recordId, cells, issues }: ImportRow): FaultyRow => ({
    row,
    cells: [...Array.from({ length: width }, (_, column) => cells[column] ?? ''), recordId ?? ''],
    problems: issues.map((issue) => ({
      column: issue.column === null ? null : columnOf(issue.column),
      field: issue.fieldLabel ?? '',
      value: issue.value ?? '',
      message: issue.message,
      remedy: '',
    })),
  })
  function* rows(): Generator<FaultyRow> {
    for (const row of imports.rows(importId)) yield faulty(row)
  }
  const title = standard.types.get(run.recordType)?.spec.title ?? run.recordType
  return writeErrorWorkbook({ title, headers: [...header, recordMarkHeader], rows: rows() }, target)
}

import type { PassedCellView } from '@shared/contract/views/import-views'
import { isSensitive, maskValue } from '@shared/standard/mask'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { columnLetters } from '@engine/sheets/cell-address'
import { HeaderDictionary } from '@engine/sheets/header-matching'
import type { ImportRepo } from '@engine/repos/import-repo'
import type { PassedCells, PassedCellsRepo } from '@engine/repos/passed-cells-repo'
import type { RecordEntity } from '@engine/repos/repo-types'
import { maskPersonalNumber } from './intake-column-choice'
import type { ImportPlan } from './intake-plan'
import type { AssessedRow } from './intake-rows'

/** The cells of some rows in the columns that no field takes. */
export function passedCellsOf(
  { passedThrough: columns }: ImportPlan,
  rows: readonly Pick<AssessedRow, 'row' | 'cells'>[],
): PassedCells {
  const kept: Record<string, readonly string[]> = {}
  if (columns.length === 0) return { columns, rows: kept }
  for (const { row, cells } of rows) {
    const own = cells()
    const texts = columns.map((column) => own[column]?.text ?? '')
    if (texts.some((text) => text !== '')) kept[String(row)] = texts
  }
  return { columns, rows: kept }
}

/** A second column for a personal field, which nobody wanted, is as personal as the first. */
function maskByHeader({ spec, fields }: CompiledType): (header: string) => (text: string) => string {
  const dictionary = new HeaderDictionary(spec)
  return (header) => {
    const code = dictionary.match(header)?.field
    const field = fields.find((candidate) => candidate.code === code)
    return field !== undefined && isSensitive(field) ? (text) => maskValue(field, text) : maskPersonalNumber
  }
}

/** Gives what stood beside the fields in the row that a record came from; empty for typed records. */
export type PassedCellsOf = (record: RecordEntity) => readonly PassedCellView[]

/** The passed-through cells of records, under their headers. */
export function createPassedCellsView(deps: {
  readonly imports: Pick<ImportRepo, 'run'>
  readonly passedCells: PassedCellsRepo
  readonly standard: () => CompiledStandard
}): PassedCellsOf {
  return ({ importId, originRow, recordType }) => {
    if (importId === null || originRow === null) return []
    const cells = deps.passedCells.ofRow(importId, originRow)
    if (cells.size === 0) return []
    const header = deps.imports.run(importId)?.header ?? []
    const type = deps.standard().types.get(recordType)
    const mask = type === undefined ? () => maskPersonalNumber : maskByHeader(type)
    return [...cells].map(([column, text]) => ({
      letter: columnLetters(column + 1),
      header: header[column] ?? '',
      value: mask(header[column] ?? '')(text),
    }))
  }
}

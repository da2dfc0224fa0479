import { shapedRecords } from '@shared/kernel/shaped-record'
import { readDate } from '@shared/standard/normalise/read-date'
import type { RawValue } from '@shared/standard/standard'
import type { SheetRow } from '@engine/sheets/sheet-types'
import type { ReadingPlan } from './reading-plan'

/**
 * Gives the raw values of a row by field, with what its column and workbook say of them, and what is filled in for all
 * rows; columns that are mapped to nothing are left out.
 */
export function rawReader(
  plan: ReadingPlan,
  today: string,
): (row: SheetRow) => Readonly<Record<string, RawValue>> {
  const columns = [...plan.columnOf].map(([field, column]) => ({ field, column }))
  const fills = [...plan.fills].map(([field, text]) => ({ field, value: { text, kind: 'text' } as const }))
  const filled = fills.map(({ value }) => value)
  const rawOf = shapedRecords<RawValue>([...columns, ...fills].map(({ field }) => field))
  return (row) => {
    const is1904 = plan.is1904 && countsFrom1904(plan, row, today)
    const isPlain = plan.units.size === 0 && !is1904
    const read: (RawValue | undefined)[] = columns.map(({ field, column }) => {
      const cell = row.cells[column] ?? undefined
      if (cell === undefined || isPlain) return cell
      return inItsColumn(plan, field, { text: cell.text, kind: cell.kind }, is1904)
    })
    return rawOf(filled.length === 0 ? read : [...read, ...filled])
  }
}

function inItsColumn({ units }: ReadingPlan, field: string, value: RawValue, is1904: boolean): RawValue {
  const unit = units.get(field)
  return { ...value, ...(unit === undefined ? {} : { unit }), ...(is1904 ? { is1904 } : {}) }
}

/**
 * Whether the unformatted day numbers of a row count from 1904 as its workbook does. Rows pasted from another workbook
 * keep that one's numbers: a decision of the future, four years off, gives them away.
 */
function countsFrom1904({ type, columnOf }: ReadingPlan, row: SheetRow, today: string): boolean {
  const cell = row.cells[columnOf.get(type.spec.legalDate) ?? -1]
  if (cell?.kind !== 'number') return true
  const own = readDate(cell.text, true)?.value ?? ''
  const other = readDate(cell.text)?.value ?? ''
  return own <= today || other === '' || other > today
}

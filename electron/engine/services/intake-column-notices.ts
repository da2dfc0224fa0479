import type { ImportNotice } from '@shared/contract/views/import-views'
import type { CompiledType } from '@shared/standard/standard'
import type { ColumnMapping } from '@engine/sheets/column-mapping'
import { HeaderDictionary } from '@engine/sheets/header-matching'
import type { PlannedColumn } from './intake-column-choice'
import { list, nameOf, notice } from './intake-plan-notices'

/** The unknown column whose header resembles the names of a field most; null when none does at all. */
function nearest(
  dictionary: HeaderDictionary,
  field: string,
  unknown: readonly PlannedColumn[],
): PlannedColumn | null {
  let best: PlannedColumn | null = null
  let most = 0
  for (const column of unknown) {
    const likeness = dictionary.likeness(column.header, field)
    if (likeness <= most) continue
    best = column
    most = likeness
  }
  return best
}

/**
 * What a clerk should know of the columns that found no field, and of required fields that found no column; a column
 * that may be what is missing is named beside it.
 */
export function columnNotices(
  { spec }: CompiledType,
  columns: readonly PlannedColumn[],
  missing: ColumnMapping['missing'],
  markColumn: number,
): readonly ImportNotice[] {
  const dictionary = new HeaderDictionary(spec)
  const unknown = columns.filter(
    ({ column, field, question, by }) =>
      field === null && question === null && by !== 'person' && column !== markColumn,
  )
  const asked = new Set(columns.flatMap(({ candidates }) => candidates))
  const required = missing.filter((field) => field.required && !asked.has(field.field))
  const found = required.map((field) => ({ ...field, near: nearest(dictionary, field.field, unknown) }))
  const near = new Set(found.map((field) => field.near))
  const extra = unknown.filter((column) => !near.has(column))
  const lost = found.filter(({ near }) => near === null)
  return [
    ...found.flatMap(({ label, near }) =>
      near === null ? [] : [notice('columns.missing-like', { field: label, column: nameOf(near) })],
    ),
    ...(lost.length === 0
      ? []
      : [notice('columns.missing', { fields: list(lost.map(({ label }) => `“${label}”`)) })]),
    ...(extra.length === 0 ? [] : [notice('columns.unknown', { columns: list(extra.map(nameOf)) })]),
  ]
}

/** Says what every row gets because no column gives it; nothing is filled in silently. */
export const fillNotice = (type: CompiledType, fills: ReadonlyMap<string, string>): ImportNotice =>
  notice('columns.filled', {
    fields: type.fields
      .flatMap(({ code, label }) => {
        const text = fills.get(code)
        return text === undefined ? [] : [`${label}“${text}”`]
      })
      .join('，'),
  })

import type { ColumnMatch, ImportInspection } from '@shared/contract/views/import-views'
import type { FieldSpec } from '@shared/standard/pack'

/** Field code (or null for "not imported") by zero-based column, as the calls `import.preview` and `import.run` take it. */
export type ColumnMapping = Readonly<Record<string, string | null>>

/** Below this a match is shown as one to look at. */
const SURE = 0.8

/** Whether a match was guessed so weakly that a person should look at it. */
export const isUnsure = (column: ColumnMatch): boolean =>
  column.field !== null && column.by !== 'person' && column.confidence < SURE

/** The mapping that the reader found. */
export const foundMapping = (inspection: ImportInspection): ColumnMapping =>
  Object.fromEntries(inspection.columns.map((column) => [String(column.column), column.field]))

/** A field that was given to more than one column, with the letters of these columns. */
export interface FieldClash {
  readonly field: string
  readonly letters: readonly string[]
}

/** Fields that more than one column is mapped to. */
export function clashes(columns: readonly ColumnMatch[], mapping: ColumnMapping): readonly FieldClash[] {
  const byField = new Map<string, string[]>()
  for (const column of columns) {
    const field = mapping[String(column.column)]
    if (field) byField.set(field, [...(byField.get(field) ?? []), column.letter])
  }
  return [...byField]
    .filter(([, letters]) => letters.length > 1)
    .map(([field, letters]) => ({ field, letters }))
}

/** Fields of the record type that no column gives, split by whether every record needs them. */
export function unmappedFields(
  fields: readonly FieldSpec[],
  mapping: ColumnMapping,
): { readonly required: readonly FieldSpec[]; readonly optional: readonly FieldSpec[] } {
  const given = new Set(Object.values(mapping))
  const missing = fields.filter((field) => field.envelope !== true && !given.has(field.code))
  return {
    required: missing.filter((field) => field.required === 'always'),
    optional: missing.filter((field) => field.required !== 'always'),
  }
}

import { foldForKey } from '@shared/kernel/text'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import type { TextTable } from '@renderer/clipboard/table-clipboard'
import { shortLabel } from '@renderer/components/field-label'

/** What a row copied in Excel says of the fields of a form. */
export interface PastedValues {
  /** Text by field code; empty cells say nothing. */
  readonly values: ReadonlyMap<string, string>
  /** Heads that are no field of this type. */
  readonly unknown: readonly string[]
  /** Whether a line of heads names the fields; else the cells go by the order of the standard. */
  readonly isNamed: boolean
  /** Rows that were copied beyond the one that is taken. */
  readonly otherRows: number
}

/** A line of heads has at least so many cells that name a field, for every cell that does not. */
const NAMED_FOR_OTHER = 1

const namesOf = (field: FieldSpec): readonly string[] =>
  [field.code, field.label, shortLabel(field.label), ...field.aliases].map(foldForKey)

/** The fields by the names that a table may give them; a name that two fields have names neither. */
function fieldsByName(fields: readonly FieldSpec[]): ReadonlyMap<string, FieldSpec | null> {
  const named = new Map<string, FieldSpec | null>()
  for (const field of fields)
    for (const name of new Set(namesOf(field))) named.set(name, named.has(name) ? null : field)
  return named
}

/** Reads one row of values, in the order of the standard or under a line of heads. */
export function pastedValues(spec: RecordTypeSpec, table: TextTable): PastedValues {
  const fields = spec.fields.filter((field) => field.envelope !== true)
  const named = fieldsByName(fields)
  const first = table[0] ?? []
  const fieldOf = (head: string): FieldSpec | null => named.get(foldForKey(head)) ?? null
  const heads = first.filter((cell) => cell.trim() !== '')
  const known = heads.filter((head) => fieldOf(head) !== null).length
  const isNamed = table.length > 1 && known > 0 && known >= (heads.length - known) * NAMED_FOR_OTHER
  const row = (isNamed ? table[1] : first) ?? []
  const values = new Map<string, string>()
  for (const [column, cell] of row.entries()) {
    const field = isNamed ? fieldOf(first[column] ?? '') : (fields[column] ?? null)
    const text = cell.trim()
    if (field !== null && text !== '' && !values.has(field.code)) values.set(field.code, text)
  }
  return {
    values,
    unknown: isNamed ? heads.filter((head) => fieldOf(head) === null) : [],
    isNamed,
    otherRows: Math.max(0, table.length - (isNamed ? 2 : 1)),
  }
}

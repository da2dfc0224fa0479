import { refuse } from '@shared/kernel/failure'
import { isSensitive, maskIssueValue, maskListValue, maskValue } from '@shared/standard/mask'
import type { CompiledType } from '@shared/standard/standard'
import { columnLetters } from '@engine/sheets/cell-address'
import type { MappedColumn } from '@engine/sheets/column-mapping'
import { HeaderDictionary } from '@engine/sheets/header-matching'

/** Field code by zero-based column, written as text; null passes a column through. */
export type MappingChoice = Readonly<Record<string, string | null>>

/** A column with the word of whoever mapped it. */
export type PlannedColumn = Omit<MappedColumn, 'by'> & {
  readonly by: MappedColumn['by'] | 'person' | 'remembered'
}

/** An identity number, old or new, or a mobile number. */
const PERSONAL_NUMBER = /^(?:\d{15}|\d{17}[\dXx]|1[3-9]\d{9})$/

/**
 * The columns of a sheet with what somebody chose put over what was found. Whoever chose a field for a column, or none,
 * has answered the question about it.
 */
export function chosenColumns(
  columns: readonly MappedColumn[],
  choice: MappingChoice,
  by: 'person' | 'remembered',
): readonly PlannedColumn[] {
  const taken = new Set(Object.values(choice))
  const planned: PlannedColumn[] = columns.map((column) => {
    const field = choice[String(column.column)]
    if (field === undefined)
      return taken.has(column.field) ? { ...column, field: null, by: 'none', confidence: 0 } : column
    const answered = { ...column, question: null, candidates: [] }
    // What the file says by itself keeps its word: only a choice that differs, or that answers, is somebody's.
    if (field === column.field && column.question === null) return answered
    return { ...answered, field, by, confidence: field === null ? 0 : 1 }
  })
  const present = new Set(columns.map(({ column }) => column))
  for (const [text, field] of Object.entries(choice)) {
    const column = Number(text)
    if (field !== null && !present.has(column)) planned.push(beyondSheet(column, field, by))
  }
  return planned.sort((left, right) => left.column - right.column)
}

/** A column that has neither header nor values among the first rows. */
const beyondSheet = (column: number, field: string, by: 'person' | 'remembered'): PlannedColumn => ({
  column,
  letter: columnLetters(column + 1),
  header: '',
  field,
  by,
  confidence: 1,
  samples: [],
  question: null,
  candidates: [],
  proof: null,
  unit: null,
})

/** Refuses `record.unknown-field` for a field that the type has not, `usage.invalid` for one given to two columns. */
export function assertChoice(choice: MappingChoice, type: CompiledType): void {
  const known = new Set(type.fields.map((field) => field.code))
  const seen = new Set<string>()
  for (const field of Object.values(choice)) {
    if (field === null) continue
    if (!known.has(field)) refuse('record.unknown-field', { field })
    if (seen.has(field)) refuse('usage.invalid', { detail: field })
    seen.add(field)
  }
}

/**
 * The unit of each field whose column names another than the field's. Such a column is nobody's until a person gives it
 * to the field; then its amounts are converted.
 */
export function foreignUnits(
  columns: readonly PlannedColumn[],
  type: CompiledType,
): ReadonlyMap<string, string> {
  const dictionary = new HeaderDictionary(type.spec)
  return new Map(
    columns.flatMap(({ field, header }) => {
      const conflict = field === null ? null : dictionary.conflictOf(field, header)
      return conflict === null ? [] : [[conflict.field, conflict.unit] as const]
    }),
  )
}

/**
 * How the values of a column are shown before they are anybody's: by the field it has or might have, numbers of persons
 * masked in public ones too; where it has none, whatever looks like an identity number is masked.
 */
export function columnMask(
  { type }: { readonly type: CompiledType },
  { field, candidates, proof }: PlannedColumn,
): (text: string) => string {
  const possible = field === null ? candidates : [field]
  const fields = type.fields.filter(({ code }) => possible.includes(code))
  const sensitive = fields.find(isSensitive)
  if (sensitive !== undefined) return (text) => maskValue(sensitive, text)
  const [open] = fields
  if (open !== undefined && proof?.kind !== 'residentId')
    return (text) => maskListValue(open, maskIssueValue(open, text))
  return maskPersonalNumber
}

/** Masks a text that is nothing but an identity or mobile number; everything else stays. */
export function maskPersonalNumber(text: string): string {
  const number = text.trim()
  return PERSONAL_NUMBER.test(number)
    ? maskValue({ sensitivity: 'personal', format: 'residentId' }, number)
    : text
}

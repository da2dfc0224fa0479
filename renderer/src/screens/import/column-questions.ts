import type { ColumnMatch, ColumnQuestion, ImportInspection } from '@shared/contract/views/import-views'
import type { ColumnMapping } from './column-mapping'

/** One thing that a person has to decide about columns; a doubled field is one question about several columns. */
export interface OpenQuestion {
  readonly key: string
  readonly kind: ColumnQuestion
  readonly columns: readonly ColumnMatch[]
  /** Fields to choose from; of a doubled field only that one. */
  readonly candidates: readonly string[]
}

/** The questions of a file, in the order of its columns. */
export function questionsOf(inspection: Pick<ImportInspection, 'columns'>): readonly OpenQuestion[] {
  const questions: OpenQuestion[] = []
  for (const column of inspection.columns) {
    const { question, candidates } = column
    if (question === null) continue
    const key = question === 'duplicate' ? `duplicate ${candidates[0] ?? ''}` : `column ${column.column}`
    const at = questions.findIndex((one) => one.key === key)
    const known = questions[at]
    if (known === undefined) questions.push({ key, kind: question, columns: [column], candidates })
    else questions[at] = { ...known, columns: [...known.columns, column] }
  }
  return questions
}

/** Whether every column of a question has been decided about. */
export const isAnswered = (question: OpenQuestion, answered: ReadonlySet<number>): boolean =>
  question.columns.every(({ column }) => answered.has(column))

/** The mapping once a question is answered: the column gets the field, the other columns of the question get none. */
export function answeredMapping(
  mapping: ColumnMapping,
  question: OpenQuestion,
  column: number | null,
  field: string | null,
): ColumnMapping {
  const next: Record<string, string | null> = { ...mapping }
  for (const each of question.columns) next[String(each.column)] = null
  if (column !== null && field !== null) {
    // A field can have one column only; whoever had it before gives it up.
    for (const key of Object.keys(next)) if (next[key] === field) next[key] = null
    next[String(column)] = field
  }
  return next
}

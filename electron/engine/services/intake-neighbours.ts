import { foldForKey } from '@shared/kernel/text'
import type { Issue } from '@shared/standard/issue'
import type { CompiledType } from '@shared/standard/standard'
import type { Assessment } from '@engine/reading/assessment'

/** The document numbers of the rows of one file as they go by: row and subject of the first of each. */
export type SeenDocuments = Map<string, { readonly row: number; readonly subject: string }>

/**
 * The issues of a row with what its file alone shows: an earlier row has the same document number for another subject.
 * The desk asks the same once the earlier row is stored, so a preview says what the import will say.
 */
export function withSharedNumber(
  type: CompiledType,
  row: number,
  { values, columns }: Pick<Assessment, 'values' | 'columns'>,
  issues: readonly Issue[],
  seen: SeenDocuments,
): readonly Issue[] {
  const rule = type.crossRecordRules.find((one) => one.function === 'sameDocNoOtherSubject')
  const subject = foldForKey(columns.subjectCode || columns.subjectName)
  if (rule === undefined || columns.docKey === '' || subject === '') return issues
  const first = seen.get(columns.docKey)
  if (first === undefined) seen.set(columns.docKey, { row, subject })
  if (first === undefined || first.subject === subject || issues.some(({ code }) => code === rule.id))
    return issues
  const { id: code, severity, field } = rule
  return [...issues, { code, severity, field, value: values[field] ?? null, params: { otherRow: first.row } }]
}

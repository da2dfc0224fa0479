import type { Issue } from '@shared/standard/issue'
import type { CompiledType } from '@shared/standard/standard'
import type { Assessment } from '@engine/reading/assessment'

interface Subject {
  readonly code: string
  readonly name: string
}

/** The document numbers of the rows of one file as they go by: row and subject of the first of each. */
export type SeenDocuments = Map<string, Subject & { readonly row: number }>

/** Whether two subjects are others, as the store compares them: by their codes, or where one has none by their names. */
const areOthers = (one: Subject, other: Subject): boolean =>
  one.code !== '' && other.code !== '' ? one.code !== other.code : one.name !== other.name

/**
 * The issues of a row with what its file alone shows: an earlier row has the same document number for another subject.
 * The desk asks the same once the earlier row is stored, so a preview, which stores nothing, says what the import will
 * say.
 */
export function withSharedNumber(
  type: CompiledType,
  row: number,
  assessment: Pick<Assessment, 'values' | 'columns'>,
  issues: readonly Issue[],
  seen: SeenDocuments,
): readonly Issue[] {
  const { docKey, subjectCode, subjectName } = assessment.columns
  const rule = type.crossRecordRules.find((one) => one.function === 'sameDocNoOtherSubject')
  const subject = { code: subjectCode, name: subjectName }
  if (rule === undefined || docKey === '' || subject.code + subject.name === '') return issues
  const first = seen.get(docKey)
  if (first === undefined) seen.set(docKey, { row, ...subject })
  if (first === undefined || !areOthers(first, subject) || issues.some(({ code }) => code === rule.id))
    return issues
  const { id: code, severity, field } = rule
  const value = assessment.values[field] ?? null
  return [...issues, { code, severity, field, value, params: { otherRow: first.row } }]
}

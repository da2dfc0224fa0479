import { maskIssueValue } from '@shared/standard/mask'
import type { CompiledStandard } from '@shared/standard/standard'
import type { RecordEntity } from '@engine/repos/repo-types'

/** By what clerks know a record; the name of a natural person is masked where its field says so. */
export interface RecordName {
  readonly docNo: string
  readonly subjectName: string
}

/** The name of one record. */
export function nameOf(
  standard: CompiledStandard,
  { recordType, docNo, subjectName }: RecordEntity,
): RecordName {
  const type = standard.types.get(recordType)
  const field = type?.fields.find(({ code }) => code === type.spec.search.subjectName)
  return { docNo, subjectName: field === undefined ? subjectName : maskIssueValue(field, subjectName) }
}

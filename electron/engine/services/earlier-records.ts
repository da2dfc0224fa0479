import type { EarlierOfSubject } from '@shared/contract/views/record-views'
import { isSensitive } from '@shared/standard/mask'
import type { RecordTypeSpec } from '@shared/standard/pack'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import type { CheckingService } from './checking-service'

/** What the desk knows of a subject from its earlier records, to be offered and never put in by itself. */
export interface EarlierRecords {
  /** `recordId` is the record being written, which does not count; null for a new one. */
  of(asked: {
    readonly recordType: string
    readonly recordId: string | null
    readonly subjectCode: string
    readonly subjectName: string
  }): EarlierOfSubject
}

/** Fields that every decision has of its own: what identifies it, its days, and what is personal. */
function copiedFields(spec: RecordTypeSpec): ReadonlySet<string> {
  const own = new Set([
    ...spec.naturalKey.flatMap((element) => element.split('|')),
    spec.legalDate,
    spec.search.docNo,
    spec.search.subjectCode,
  ])
  return new Set(
    spec.fields
      .filter(
        (field) =>
          !own.has(field.code) &&
          field.type !== 'date' &&
          field.format !== 'docNo' &&
          field.envelope !== true &&
          !isSensitive(field),
      )
      .map((field) => field.code),
  )
}

/** The earlier records of one desk. */
export function createEarlierRecords(deps: {
  readonly records: Pick<RecordRepo, 'revision'>
  readonly lookup: Pick<RecordLookup, 'otherNameOf' | 'latestOfSubject'>
  readonly checking: Pick<CheckingService, 'type'>
}): EarlierRecords {
  const previousOf = (spec: RecordTypeSpec, record: RecordEntity | null): EarlierOfSubject['previous'] => {
    const head = record === null ? null : deps.records.revision(record.recordId, record.headRevision)
    if (record === null || head === null) return null
    const copied = copiedFields(spec)
    const values = Object.entries(head.values).filter(([field, value]) => copied.has(field) && value !== '')
    const { recordId, docNo, legalDate } = record
    return { recordId, docNo, legalDate, values: Object.fromEntries(values) }
  }

  return {
    of({ recordType, recordId, subjectCode, subjectName }) {
      const { spec } = deps.checking.type(recordType)
      const nameField = spec.fields.find(({ code }) => code === spec.search.subjectName)
      // A name that is personal leaves only against a reason.
      const isPublic = nameField !== undefined && !isSensitive(nameField)
      const code = subjectCode.trim().toUpperCase()
      if (code === '') return { name: null, previous: null }
      return {
        name: isPublic ? deps.lookup.otherNameOf(code, subjectName.trim(), recordId) : null,
        previous: previousOf(spec, deps.lookup.latestOfSubject(recordType, code, recordId)),
      }
    },
  }
}

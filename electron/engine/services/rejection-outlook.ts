/**
 * What this desk has learnt from refusals: whether a record that passes every local check may come back all the same,
 * and why. It goes by what platforms have told this desk, never by a guess about their rules.
 */
import { fill } from '@shared/texts/fill'
import { likelyRejectedTexts } from '@shared/texts/zh-CN/not-sent'
import { platformCodeText } from '@shared/texts/zh-CN/platform-codes'
import type { CompiledType } from '@shared/standard/standard'
import type { RefusalQuery } from '@engine/repos/refusal-query'
import type { RecordEntity, RecordRepo } from '@engine/repos/repo-types'

/** A look at records one by one; what was asked of the store once is remembered, so it lives only for one call. */
export interface RejectionOutlook {
  /** The reason in words why the platform will probably refuse the head; null when nothing speaks against it. */
  reasonOf(record: RecordEntity): string | null
}

const meaning = (code: string): string => platformCodeText(code).meaning.replace(/。$/, '')

/** Begins a look; `isRefusedBefore` spares the reading of records that never came back. */
export function createRejectionOutlook(deps: {
  readonly records: Pick<RecordRepo, 'revision' | 'issues'>
  readonly refusals: Pick<RefusalQuery, 'valuesOf' | 'isSubjectKnown'>
  readonly typeOf: (code: string) => CompiledType
  readonly isRefusedBefore: (recordId: string) => boolean
}): RejectionOutlook {
  const { records, refusals } = deps

  /** A refused value that still stands in the answer to the refusal will be refused again. */
  const unchanged = (record: RecordEntity): string | null => {
    const head = records.revision(record.recordId, record.headRevision)
    if (head === null || head.inReplyTo === null) return null
    const refused = records.revision(record.recordId, head.inReplyTo)
    if (refused === null) return null
    const still = records
      .issues(record.recordId, head.inReplyTo)
      .filter((issue) => issue.source === 'platform' && issue.severity === 'error')
      .find(({ field }) => field !== null && refused.values[field] === head.values[field])
    return still === undefined ? null : fill(likelyRejectedTexts.unchanged, { meaning: meaning(still.code) })
  }

  const known = new Map<string, ReadonlyMap<string, string>>()
  /** The platform's code by refused subject, without those that it has accepted since. */
  const refusedSubjects = (type: string, field: string, column: 'name' | 'code') => {
    const key = `${type} ${field}`
    const found = known.get(key)
    if (found !== undefined) return found
    const read = refusals
      .valuesOf(type, field)
      .filter(({ value }) => !refusals.isSubjectKnown(type, column, value))
    const made = new Map(read.map(({ value, code }) => [value, code]))
    known.set(key, made)
    return made
  }

  const subject = ({ recordType, subjectName, subjectCode }: RecordEntity): string | null => {
    const { search } = deps.typeOf(recordType).spec
    const code =
      refusedSubjects(recordType, search.subjectName, 'name').get(subjectName) ??
      (search.subjectCode === null
        ? undefined
        : refusedSubjects(recordType, search.subjectCode, 'code').get(subjectCode))
    return code === undefined ? null : fill(likelyRejectedTexts.subject, { meaning: meaning(code) })
  }

  return {
    reasonOf: (record) =>
      (deps.isRefusedBefore(record.recordId) ? unchanged(record) : null) ?? subject(record),
  }
}

import type { IssueView, RecordDetail, RecordRow, TimelineEntry } from '@shared/contract/views/record-views'
import { inFlight } from '@shared/domain/record-status'
import { refuse } from '@shared/kernel/failure'
import { isSensitive, maskListValue, maskValue } from '@shared/standard/mask'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { actorText } from '@shared/texts/zh-CN/acts'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RefusalQuery } from '@engine/repos/refusal-query'
import type { AuditRepo, RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import { typeOf } from '@engine/standards/installed-standard'
import { createAuditNaming } from './audit-naming'
import { fieldOf, issueView } from './checking-issue-view'
import type { DeadlinesService } from './deadlines-service'
import { isCancellable, mayOperate } from './editing-purpose'
import type { PassedCellsOf } from './intake-passed-cells'
import { createRejectionOutlook } from './rejection-outlook'
import { repairView } from './repair-view'

/** Entries of a timeline that are shown. */
const TIMELINE = 200

/** Records as pages see them: personal values masked, the clock computed. */
export interface RecordViews {
  row(record: RecordEntity): RecordRow
  /** Everything about one record; refuses `record.not-found`. */
  detail(recordId: string): RecordDetail
  issues(recordId: string, revision: number): readonly IssueView[]
  /** What happened to a record, newest first; so many entries at most. */
  timeline(recordId: string, limit: number): readonly TimelineEntry[]
}

/** The views of one desk. */
export function createRecordViews(deps: {
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly audit: AuditRepo
  readonly batches: Pick<BatchRepo, 'find' | 'ofRecord'>
  readonly standard: () => CompiledStandard
  readonly deadlines: DeadlinesService
  readonly passedCellsOf: PassedCellsOf
  readonly refusals: RefusalQuery
}): RecordViews {
  const { records, lookup, audit, deadlines } = deps

  const compiled = (code: string): CompiledType => typeOf(deps.standard(), code)

  const masked = (type: CompiledType, code: string | null, value: string): string => {
    const field = fieldOf(type, code)
    return field === null ? value : maskValue(field, value)
  }

  const inList = (type: CompiledType, code: string | null, value: string): string => {
    const field = fieldOf(type, code)
    return field === null ? value : maskListValue(field, value)
  }

  const row = (record: RecordEntity): RecordRow => {
    const type = compiled(record.recordType)
    const { search, deadline } = type.spec
    return {
      recordId: record.recordId,
      revision: record.headRevision,
      type: record.recordType,
      docNo: record.docNo,
      subjectName: masked(type, search.subjectName, record.subjectName),
      subjectCode: inList(type, search.subjectCode, record.subjectCode),
      legalDate: record.legalDate,
      clock: deadlines.clock(record, deadline),
      editorial: record.editorial,
      delivery: record.delivery,
      quality: record.quality,
      issues: record.openIssues,
      headline: record.headline,
      headlineCode: record.headlineCode,
      headlineField: record.headlineField,
      held: record.editorial === 'held' ? { reason: record.heldReason ?? '', until: record.heldUntil } : null,
      excluded: record.excludedBasis,
      updatedAt: record.updatedAt,
    }
  }

  const named = createAuditNaming(deps)

  const timeline: RecordViews['timeline'] = (recordId, limit) =>
    audit
      .ofRef(recordId, limit)
      .map(({ at, actor, act, body }) => ({ at, actor: actorText(actor), act, params: named(body) }))

  const issues = (recordId: string, revision: number): readonly IssueView[] => {
    const record = records.find(recordId)
    if (record === null) return []
    const type = compiled(record.recordType)
    return records.issues(recordId, revision).map((issue) => issueView(type, issue))
  }

  const outlook = (record: RecordEntity): string | null =>
    createRejectionOutlook({
      ...{ records, refusals: deps.refusals, typeOf: compiled },
      isRefusedBefore: () => true,
    }).reasonOf(record)

  return {
    row,
    issues,
    timeline,
    detail(recordId) {
      const record = records.find(recordId) ?? refuse('record.not-found', { recordId })
      const head = records.revision(recordId, record.headRevision)
      if (head === null) throw new Error(`record ${recordId} has no head revision`)
      const type = compiled(record.recordType)
      const sensitive = new Set(type.fields.filter(isSensitive).map((field) => field.code))
      const batch = deps.batches.ofRecord(recordId)
      return {
        ...row(record),
        op: head.op,
        inReplyTo: head.inReplyTo,
        values: Object.fromEntries(
          Object.entries(head.values).map(([field, value]) => [field, masked(type, field, value)]),
        ),
        masked: Object.keys(head.values).filter((field) => sensitive.has(field)),
        normalisations: head.changes.map((change) => repairView(type, change)),
        issueList: issues(recordId, record.headRevision),
        timeline: timeline(recordId, TIMELINE),
        dueDays: deadlines.dueDays(record.legalDate, type.spec.deadline),
        origin:
          record.originFileName === null || record.originRow === null
            ? null
            : { fileName: record.originFileName, row: record.originRow, passed: deps.passedCellsOf(record) },
        platformRef: record.platformRef,
        batch: batch === null ? null : { batchId: batch.batchId, label: batch.label, state: batch.state },
        editable: record.editorial !== 'discarded' && !inFlight.includes(record.delivery),
        mayCancel: isCancellable(record),
        mayOperate: mayOperate(record),
        likelyRejected:
          record.delivery === 'none' && record.editorial !== 'discarded' ? outlook(record) : null,
        earlierName: lookup.otherNameOf(record.subjectCode, record.subjectName),
      }
    },
  }
}

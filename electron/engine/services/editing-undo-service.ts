import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { operationTexts } from '@shared/texts/zh-CN/operations'
import type { EventBus } from '@engine/event-bus'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditRepo, RecordRepo, Store } from '@engine/repos/repo-types'
import { assessValues } from '@engine/reading/assessment'
import type { CheckingService } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import { announceRecords } from './editing-events'
import { isCancellable, operationRefusals } from './editing-purpose'

/** Takes back what was begun about an accepted record. */
export interface EditingUndoService {
  /**
   * Gives up a correction, withdrawal, take-down or mark that is not sealed: the record goes back to the revision that
   * the platform accepted. The revisions in between stay in the history. Refuses `record.operation-refused`.
   */
  cancel(recordId: string): void
}

/** The way back at one desk. */
export function createEditingUndoService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly audit: AuditRepo
  readonly checking: CheckingService
  readonly deadlines: DeadlinesService
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
}): EditingUndoService {
  const { store, records, checking, deadlines } = deps

  const cancelOne = (recordId: string): void => {
    const record = records.find(recordId) ?? refuse('record.not-found', { recordId })
    const accepted =
      record.acceptedRevision === null ? null : records.revision(recordId, record.acceptedRevision)
    if (accepted === null || !isCancellable(record))
      refuse('record.operation-refused', operationRefusals.nothingOpen())
    const type = checking.type(record.recordType)
    const { columns, naturalKey } = assessValues(type, accepted.values, [], [], deadlines.today())
    const owner = naturalKey === null ? null : records.findByNaturalKey(naturalKey)
    records.update(recordId, {
      ...columns,
      naturalKey,
      isDuplicate: owner !== null && owner.recordId !== recordId,
      dueOn: deadlines.dueOn(columns.legalDate, type.spec.deadline),
      ...{ headRevision: accepted.revision, op: accepted.op, delivery: accepted.delivery },
      ...{ quality: accepted.quality, editorial: 'sealed' as const, heldReason: null, heldUntil: null },
      ...{ openIssues: 0, headlineCode: null, headline: null, headlineField: null },
    })
    const body = { revision: record.headRevision, operation: operationTexts[record.op] }
    const entry = { at: deps.clock.now(), actor: deps.actor(), act: 'record.change-cancelled' }
    deps.audit.append({ ...entry, ref: recordId, body })
    if (record.naturalKey === null || record.isDuplicate || record.naturalKey === naturalKey) return
    for (const waiting of deps.lookup.duplicatesOf(record.naturalKey, record.docKey))
      checking.recheck(waiting)
  }

  return {
    cancel(recordId) {
      store.write(() => cancelOne(recordId))
      announceRecords(deps.bus, [recordId])
    },
  }
}

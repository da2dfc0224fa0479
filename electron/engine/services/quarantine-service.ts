/**
 * Quarantine: a revision whose content the platform refuses however often it is sent leaves its batch, so that the
 * others go on. It waits for a person, who changes it (a new revision answers the refused one) or lets it go again.
 */
import type { NotSent, QuarantinedView } from '@shared/contract/views/exchange-views'
import type { RecordRow } from '@shared/contract/views/record-views'
import type { Clock } from '@shared/kernel/clock'
import { failure } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import { cut } from '@shared/kernel/text'
import { withoutPersonalData } from '@shared/standard/personal-data'
import type { EventBus } from '@engine/event-bus'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemEntity } from '@engine/repos/batch-rows'
import type { QuarantineRepo } from '@engine/repos/quarantine-repo'
import type { AuditRepo, BatchEntity, RecordEntity, RecordRepo, Store } from '@engine/repos/repo-types'
import { announceRecords } from './editing-events'
import { notSentView } from './submission-not-sent'
import { headlineOf, ownIssue } from './submission-platform-issues'

export interface QuarantineService {
  /** Sets an item aside whose revision is free again; inside the caller's transaction. */
  put(batch: BatchEntity, item: BatchItemEntity, cause: Failure): void
  list(): readonly QuarantinedView[]
  count(): number
  /** What was taken out of some batches and still waits, as a run tells of what it did not send. */
  takenOutOf(batchIds: readonly string[]): readonly NotSent[]
  /** Gives records back to be changed; returns how many were in quarantine. */
  repair(recordIds: readonly string[]): number
  /** Lets records go again as they are, with the next submission; returns how many. */
  release(recordIds: readonly string[]): number
}

const LISTED = 500
const LONGEST_DETAIL = 200

export function createQuarantineService(deps: {
  readonly store: Store
  readonly quarantine: QuarantineRepo
  readonly records: RecordRepo
  readonly batches: Pick<BatchRepo, 'find'>
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  readonly recheck: (record: RecordEntity) => unknown
  readonly rowOf: (record: RecordEntity) => RecordRow
}): QuarantineService {
  const { store, quarantine, records, audit, clock } = deps
  const issue = ownIssue('platform.not-taken')

  const log = (
    act: 'item.quarantined' | 'item.repair-begun' | 'item.released',
    recordId: string,
    body: Readonly<Record<string, string | number>>,
  ): void => audit.append({ at: clock.now(), actor: deps.actor(), act, ref: recordId, body })

  const leave = (
    recordIds: readonly string[],
    state: 'repair' | 'released',
    free: (record: RecordEntity) => void,
  ): number => {
    const changed = store.write(() =>
      recordIds.filter((recordId) => {
        const record = records.find(recordId)
        const entry = quarantine.openOf(recordId)
        if (record === null || entry === null || record.delivery !== 'quarantined') return false
        quarantine.close(recordId, state)
        free(record)
        const act = state === 'repair' ? 'item.repair-begun' : 'item.released'
        log(act, recordId, { revision: entry.revision })
        return true
      }),
    )
    announceRecords(deps.bus, changed)
    return changed.length
  }

  return {
    put({ batchId, label }, { recordId, revision }, cause) {
      records.moveDelivery(recordId, revision, 'sealed')
      records.moveDelivery(recordId, revision, 'quarantined')
      records.addPlatformIssues(recordId, revision, [issue])
      records.update(recordId, headlineOf([issue]))
      const detail = withoutPersonalData(cut(String(cause.params['detail'] ?? ''), LONGEST_DETAIL))
      const quarantinedAt = clock.now()
      const entry = { recordId, revision, batchId, failure: cause.code, detail, quarantinedAt }
      quarantine.insert({ ...entry, state: 'open' })
      log('item.quarantined', recordId, { batchId, label, revision, failure: cause.code, detail })
    },

    list: () =>
      quarantine.open(LISTED).flatMap(({ recordId, batchId, failure: code, detail, quarantinedAt }) => {
        const record = records.find(recordId)
        if (record === null) return []
        const label = deps.batches.find(batchId)?.label ?? ''
        const cause = failure(code, { detail })
        return [{ row: deps.rowOf(record), cause, batch: { batchId, label }, quarantinedAt }]
      }),

    count: () => quarantine.countOpen(),

    takenOutOf: (batchIds) =>
      batchIds.flatMap((batchId) =>
        quarantine.ofBatch(batchId).flatMap(({ recordId, state }) => {
          const record = state === 'open' ? records.find(recordId) : null
          return record === null ? [] : [notSentView(record)]
        }),
      ),

    repair: (recordIds) =>
      leave(recordIds, 'repair', ({ recordId, headRevision }) => {
        records.moveDelivery(recordId, headRevision, 'rejected')
        records.update(recordId, { editorial: 'draft', ...headlineOf([issue]) })
      }),

    release: (recordIds) =>
      leave(recordIds, 'released', ({ recordId, headRevision }) => {
        records.moveDelivery(recordId, headRevision, 'none')
        records.update(recordId, { editorial: 'draft' })
        const freed = records.find(recordId)
        if (freed !== null) deps.recheck(freed)
      }),
  }
}

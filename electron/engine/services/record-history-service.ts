import type { RecordHistory } from '@shared/contract/views/report-views'
import { refuse } from '@shared/kernel/failure'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { RecordRepo, SettingRepo } from '@engine/repos/repo-types'
import type { DeadlinesService } from './deadlines-service'
import type { RecordViews } from './desk-record-views'

/** Everything that ever happened to a record, oldest first, for a page on paper. */
export interface RecordHistoryService {
  /** Refuses `record.not-found`. */
  of(recordId: string): RecordHistory
}

/** More lines than a life of any record has. */
const ALL = 100_000

export function createRecordHistoryService(deps: {
  readonly records: Pick<RecordRepo, 'find'>
  readonly audit: ChainedAuditRepo
  readonly views: Pick<RecordViews, 'row' | 'timeline'>
  readonly settings: SettingRepo
  readonly deadlines: Pick<DeadlinesService, 'today'>
}): RecordHistoryService {
  return {
    of(recordId) {
      const record = deps.records.find(recordId) ?? refuse('record.not-found', { recordId })
      return {
        record: deps.views.row(record),
        platformRef: record.platformRef,
        entries: deps.views.timeline(recordId, ALL).toReversed(),
        trailHash: deps.audit.head().hash,
        bureauName: deps.settings.get<{ readonly bureauName: string }>('desk')?.bureauName ?? '',
        today: deps.deadlines.today(),
      }
    },
  }
}

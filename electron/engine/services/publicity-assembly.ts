/** Puts public display, credit repair, changes of decisions and reports of one desk together. */
import type { WorkingCalendar } from '@shared/calendar/working-days'
import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import type { PublicityTable } from '@shared/publicity/publicity-schema'
import type { CompiledStandard } from '@shared/standard/standard'
import type { EventBus } from '@engine/event-bus'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { Database } from '@engine/repos/database'
import { createLegalEventRepo } from '@engine/repos/legal-event-repo'
import { createPublicityRepo } from '@engine/repos/publicity-repo'
import { createRepairRepo } from '@engine/repos/repair-repo'
import { createReportQuery } from '@engine/repos/report-query'
import type { RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { CheckingService } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import type { RecordViews } from './desk-record-views'
import type { EditingDecisionsService } from './editing-decisions-service'
import type { EditingService } from './editing-service'
import { createLegalEventsService } from './legal-events-service'
import type { LegalEventsService } from './legal-events-service'
import { createPublicityService } from './publicity-service'
import type { PublicityService } from './publicity-service'
import { createRecordHistoryService } from './record-history-service'
import { createRepairService } from './repair-service'
import type { RepairService } from './repair-service'
import { createReportsService } from './reports-service'
import type { ReportsService } from './reports-service'
import type { SeriesGapsService } from './series-gaps-service'

export interface PublicityDeps {
  readonly database: Database
  readonly store: Store
  readonly records: RecordRepo
  readonly audit: ChainedAuditRepo
  readonly settings: SettingRepo
  readonly checking: CheckingService
  readonly editing: EditingService
  readonly decisions: EditingDecisionsService
  readonly views: RecordViews
  readonly gaps: SeriesGapsService
  readonly deadlines: DeadlinesService
  readonly standard: () => CompiledStandard
  readonly calendar: WorkingCalendar
  readonly table: PublicityTable
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
}

export interface PublicityServices {
  readonly publicity: PublicityService
  readonly repairs: RepairService
  readonly legalEvents: LegalEventsService
  readonly reports: ReportsService
}

export function createPublicity(deps: PublicityDeps): PublicityServices {
  const displays = createPublicityRepo(deps.database)
  const all = { ...deps, displays }
  const repairs = createRepairService({ ...all, cases: createRepairRepo(deps.database) })
  const legalEvents = createLegalEventsService({ ...all, events: createLegalEventRepo(deps.database) })
  const publicity = createPublicityService({ ...all, repairs, openEvents: () => legalEvents.countOpen() })
  const reports = createReportsService({
    ...all,
    query: createReportQuery(deps.database),
    histories: createRecordHistoryService(all),
    bringUpToDate: () => publicity.bringUpToDate(),
  })
  return { publicity, repairs, legalEvents, reports }
}

import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import type { CompiledStandard } from '@shared/standard/standard'
import type { EventBus } from '@engine/event-bus'
import type { Watch } from '@engine/ports'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { Database } from '@engine/repos/database'
import { createImportRepo } from '@engine/repos/import-repo'
import { createPassedCellsRepo } from '@engine/repos/passed-cells-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { LaunchSheetChild } from '@engine/sheets/sheet-types'
import type { CheckingService } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import type { RevisionWriter } from './editing-revisions'
import { createImportLimits } from './intake-limits'
import type { ImportLimitsService } from './intake-limits'
import { createPassedCellsView } from './intake-passed-cells'
import type { PassedCellsOf } from './intake-passed-cells'
import { createIntakeService } from './intake-service'
import type { IntakeService } from './intake-service'
import { createRowStore } from './intake-store'

/** Tables on their way in, and what they leave behind. */
export interface Intake {
  readonly intake: IntakeService
  readonly importLimits: ImportLimitsService
  readonly passedCellsOf: PassedCellsOf
}

export function createIntake(deps: {
  readonly database: Database
  readonly watch: Watch
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: ChainedAuditRepo
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly standard: () => CompiledStandard
  readonly checking: CheckingService
  readonly writer: RevisionWriter
  readonly deadlines: DeadlinesService
  readonly launchSheetChild: LaunchSheetChild
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
}): Intake {
  const imports = deps.watch('imports', createImportRepo(deps.database))
  const passedCells = createPassedCellsRepo(deps.database)
  const importLimits = createImportLimits(deps)
  const rows = createRowStore({ ...deps, imports, passedCells })
  return {
    intake: createIntakeService({ ...deps, imports, rows, importLimits }),
    importLimits,
    passedCellsOf: createPassedCellsView({ ...deps, imports, passedCells }),
  }
}

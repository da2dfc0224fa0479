import type { DeskInfo } from '@shared/contract/views/desk-views'
import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import type { EnginePorts, Log } from '@engine/ports'
import type { AttachmentRepo } from '@engine/repos/attachment-repo'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { BatchRepo } from '@engine/repos/batch-repo'
import { brokenReferences, integrityProblems } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import type { ReceiptRepo } from '@engine/repos/receipt-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import { createDiagnosticsQuery } from '@engine/repos/diagnostics-query'
import { createLineProbeRepo } from '@engine/repos/line-probe-repo'
import { createStoreFactsQuery } from '@engine/repos/store-facts'
import { writeCopy } from '@engine/repos/store-copy'
import { loadUpdateTrust } from '@engine/updates/update-trust'
import { createAuditTrailService } from './audit-trail-service'
import type { AuditTrailService } from './audit-trail-service'
import { createBackupService } from './backup-service'
import type { BackupService } from './backup-service'
import { createStoreVerification } from './backup-verification'
import { createDiagnosticsService } from './diagnostics-service'
import type { DiagnosticsService } from './diagnostics-service'
import type { LogTail } from './log-tail'
import { createRestoreService } from './restore-service'
import type { RestoreService } from './restore-service'
import type { ReceiptCheck } from './submission-receipt-check'
import type { TasksService } from './tasks-service'
import { createUpdatesService } from './updates-service'
import type { UpdatesService } from './updates-service'

/** What keeps a desk in order: copies of it, its soundness, its audit trail, updates of the client. */
export interface Upkeep {
  readonly backup: BackupService
  readonly trail: AuditTrailService
  readonly updates: UpdatesService
  readonly restore: RestoreService
  readonly diagnostics: DiagnosticsService
}

export function createUpkeep(deps: {
  readonly database: Database
  readonly ports: Pick<
    EnginePorts,
    'dataDir' | 'resourceDir' | 'storeKey' | 'appVersion' | 'mode' | 'logFolder'
  >
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: ChainedAuditRepo
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly batches: BatchRepo
  readonly receipts: ReceiptRepo
  readonly receiptCheck: ReceiptCheck
  readonly attachments: Pick<AttachmentRepo, 'contents'>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly logTail: LogTail
  readonly tasks: Pick<TasksService, 'list'>
  readonly info: () => DeskInfo
  readonly actor: () => string
  /** Whether a batch or a task is under way. */
  readonly isBusy: () => boolean
}): Upkeep {
  const { database, ports } = deps
  const { dataDir, resourceDir, storeKey, appVersion, mode } = ports
  const verification = createStoreVerification({
    ...deps,
    pageProblems: () => integrityProblems(database),
    brokenReferences: () => brokenReferences(database),
  })
  return {
    trail: createAuditTrailService(deps),
    updates: createUpdatesService({
      ...{ ...deps, dataDir },
      judge: { trust: loadUpdateTrust(resourceDir), own: appVersion, sm: softwareSmProvider },
    }),
    restore: createRestoreService({
      ...{ ...deps, dataDir, storeKey, mode },
      facts: createStoreFactsQuery(database),
    }),
    diagnostics: createDiagnosticsService({
      ...deps,
      query: createDiagnosticsQuery(database),
      probes: createLineProbeRepo(database),
      problems: verification.problems,
      logLines: deps.logTail.lines,
      logFolder: ports.logFolder ?? null,
    }),
    backup: createBackupService({
      ...deps,
      verification,
      copyTo: (file, password) =>
        writeCopy(database, file, storeKey, password === null ? { key: storeKey } : { password }),
    }),
  }
}

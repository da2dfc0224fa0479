import type { Clock } from '@shared/kernel/clock'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import type { EnginePorts } from '@engine/ports'
import type { AttachmentRepo } from '@engine/repos/attachment-repo'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { BatchRepo } from '@engine/repos/batch-repo'
import { brokenReferences, integrityProblems } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import type { ReceiptRepo } from '@engine/repos/receipt-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo, Store } from '@engine/repos/repo-types'
import { writeCopy } from '@engine/repos/store-copy'
import { loadUpdateTrust } from '@engine/updates/update-trust'
import { createAuditTrailService } from './audit-trail-service'
import type { AuditTrailService } from './audit-trail-service'
import { createBackupService } from './backup-service'
import type { BackupService } from './backup-service'
import { createStoreVerification } from './backup-verification'
import type { ReceiptCheck } from './submission-receipt-check'
import { createUpdatesService } from './updates-service'
import type { UpdatesService } from './updates-service'

/** What keeps a desk in order: copies of it, its soundness, its audit trail, updates of the client. */
export interface Upkeep {
  readonly backup: BackupService
  readonly trail: AuditTrailService
  readonly updates: UpdatesService
}

export function createUpkeep(deps: {
  readonly database: Database
  readonly ports: Pick<EnginePorts, 'dataDir' | 'resourceDir' | 'storeKey' | 'appVersion'>
  readonly store: Store
  readonly audit: ChainedAuditRepo
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly batches: BatchRepo
  readonly receipts: ReceiptRepo
  readonly receiptCheck: ReceiptCheck
  readonly attachments: Pick<AttachmentRepo, 'contents'>
  readonly clock: Clock
  readonly actor: () => string
  /** Whether a batch or a task is under way. */
  readonly isBusy: () => boolean
}): Upkeep {
  const { database, ports } = deps
  const { dataDir, resourceDir, storeKey, appVersion } = ports
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
    backup: createBackupService({
      ...deps,
      verification,
      copyTo: (file, password) =>
        writeCopy(database, file, storeKey, password === null ? { key: storeKey } : { password }),
    }),
  }
}

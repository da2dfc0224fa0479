import type { Clock } from '@shared/kernel/clock'
import type { AttachmentRepo } from '@engine/repos/attachment-repo'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { BatchRepo } from '@engine/repos/batch-repo'
import { brokenReferences, integrityProblems } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import type { ReceiptRepo } from '@engine/repos/receipt-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo, Store } from '@engine/repos/repo-types'
import { writeCopy } from '@engine/repos/store-copy'
import { createAuditTrailService } from './audit-trail-service'
import type { AuditTrailService } from './audit-trail-service'
import { createBackupService } from './backup-service'
import type { BackupService } from './backup-service'
import { createStoreVerification } from './backup-verification'
import type { ReceiptCheck } from './submission-receipt-check'

/** What keeps a desk in order: copies of it, its soundness, its audit trail. */
export interface Upkeep {
  readonly backup: BackupService
  readonly trail: AuditTrailService
}

export function createUpkeep(deps: {
  readonly database: Database
  /** 64 hex digits. */
  readonly storeKey: string
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
}): Upkeep {
  const { database, storeKey } = deps
  const verification = createStoreVerification({
    ...deps,
    pageProblems: () => integrityProblems(database),
    brokenReferences: () => brokenReferences(database),
  })
  return {
    trail: createAuditTrailService(deps),
    backup: createBackupService({
      ...deps,
      verification,
      copyTo: (file, password) =>
        writeCopy(database, file, storeKey, password === null ? { key: storeKey } : { password }),
    }),
  }
}

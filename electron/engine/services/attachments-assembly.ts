/** The supporting documents of one desk: their limits, their evidence pack, their place in the store. */
import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import type { CompiledStandard } from '@shared/standard/standard'
import type { EventBus } from '@engine/event-bus'
import { createAttachmentRepo } from '@engine/repos/attachment-repo'
import type { AttachmentRepo } from '@engine/repos/attachment-repo'
import type { Database } from '@engine/repos/database'
import { createDisputeRepo } from '@engine/repos/dispute-repo'
import type { AuditRepo, RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import { createAttachmentLimits } from './attachment-limits'
import type { AttachmentLimitsService } from './attachment-limits'
import { createAttachmentsService } from './attachments-service'
import type { AttachmentsService } from './attachments-service'
import { createEvidencePack } from './evidence-pack'

export interface Attachments {
  readonly attachments: AttachmentsService
  readonly attachmentLimits: AttachmentLimitsService
  /** What is stored, for those who look whether it still holds. */
  readonly stored: Pick<AttachmentRepo, 'contents'>
}

export function createAttachments(deps: {
  readonly database: Database
  readonly store: Store
  readonly settings: SettingRepo
  readonly records: Pick<RecordRepo, 'find'>
  readonly audit: AuditRepo
  readonly standard: () => CompiledStandard
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
}): Attachments {
  const stored = createAttachmentRepo(deps.database)
  const attachmentLimits = createAttachmentLimits(deps)
  const writePack = createEvidencePack({
    ...{ ...deps, attachments: stored, disputes: createDisputeRepo(deps.database) },
  })
  const attachments = createAttachmentsService({
    ...{ ...deps, attachments: stored, limits: attachmentLimits, writePack },
  })
  return { attachments, attachmentLimits, stored }
}

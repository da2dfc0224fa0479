import { attachmentLimitsSchema, defaultAttachmentLimits } from '@shared/contract/attachment-limits'
import type { AttachmentLimits } from '@shared/contract/attachment-limits'
import { createLimitsSetting } from './limits-setting'
import type { LimitsDeps, LimitsSetting } from './limits-setting'

/** How much a record of one desk may carry in documents. */
export type AttachmentLimitsService = LimitsSetting<AttachmentLimits>

export const createAttachmentLimits = (deps: LimitsDeps): AttachmentLimitsService =>
  createLimitsSetting(deps, 'attachmentLimits', attachmentLimitsSchema, defaultAttachmentLimits)

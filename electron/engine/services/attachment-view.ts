import type { AttachmentView, RemovedAttachmentView } from '@shared/contract/views/attachment-views'
import type { AttachmentEntity } from '@engine/repos/attachment-repo'

/** A document as pages and programs see it. */
export const attachmentView = (attachment: AttachmentEntity): AttachmentView => {
  const { attachmentId, no, name, kind, byteCount, sha256, stripped, isSensitive, addedBy, addedAt } =
    attachment
  return { attachmentId, no, name, kind, bytes: byteCount, sha256, stripped, isSensitive, addedBy, addedAt }
}

/** Those that were not removed. */
export const presentViews = (attachments: readonly AttachmentEntity[]): readonly AttachmentView[] =>
  attachments.filter(({ removedAt }) => removedAt === null).map(attachmentView)

/** The same with who removed it; null for one that was not removed. */
export const removedView = (attachment: AttachmentEntity): RemovedAttachmentView | null => {
  const { removedBy, removedAt } = attachment
  if (removedBy === null || removedAt === null) return null
  return { ...attachmentView(attachment), removedBy, removedAt }
}

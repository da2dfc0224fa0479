import type { AttachmentLimits } from '@shared/contract/attachment-limits'
import type { AttachmentKind, StrippedPart } from '@shared/domain/attachment'

/** One supporting document of a record. */
export interface AttachmentView {
  readonly attachmentId: string
  /** Number in the list of the record, from 1; a removed one keeps its number. */
  readonly no: number
  readonly name: string
  readonly kind: AttachmentKind
  readonly bytes: number
  /** Of the content as it is kept, lower-case hex. */
  readonly sha256: string
  /** What was taken out of the picture before it was kept. */
  readonly stripped: readonly StrippedPart[]
  /** It seems to show an identity card. */
  readonly isSensitive: boolean
  readonly addedBy: string
  readonly addedAt: string
}

/** A removed document that can still be brought back. */
export interface RemovedAttachmentView extends AttachmentView {
  readonly removedBy: string
  readonly removedAt: string
}

/** The documents of a record. */
export interface AttachmentsView {
  readonly attachments: readonly AttachmentView[]
  readonly removed: readonly RemovedAttachmentView[]
  readonly limits: AttachmentLimits
}

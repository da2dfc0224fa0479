import type { AttachmentsView, AttachmentView } from '@shared/contract/views/attachment-views'
import { fill } from '@shared/texts/fill'
import { attachmentKindTexts, attachmentNotes, strippedTexts } from '@shared/texts/zh-CN/attachments'
import { cliTexts } from '@shared/texts/zh-CN/cli'

/** What somebody should know of a document that was just added. */
export const attachmentNotesOf = ({ name, stripped, isSensitive }: AttachmentView): readonly string[] => [
  ...(stripped.length === 0
    ? []
    : [
        fill(attachmentNotes.stripped, {
          name,
          parts: stripped.map((part) => strippedTexts[part]).join('、'),
        }),
      ]),
  ...(isSensitive ? [fill(attachmentNotes.sensitive, { name })] : []),
]

const line = (template: string, { no, name, kind, bytes }: AttachmentView): string =>
  fill(template, { no, name, kind: attachmentKindTexts[kind], bytes })

/** The documents of a record for people. */
export const attachmentsText = ({ attachments, removed }: AttachmentsView): string =>
  attachments.length + removed.length === 0
    ? cliTexts.noAttachments
    : [
        ...attachments.map((one) => line(cliTexts.attachmentLine, one)),
        ...removed.map((one) => line(cliTexts.attachmentRemovedLine, one)),
      ].join('\n')

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { Files } from '@engine/ports'
import type { AttachmentLimitsService } from '@engine/services/attachment-limits'
import type { AttachmentsService } from '@engine/services/attachments-service'
import { writeTarget } from './target-writing'

type Names = Extract<EngineCallName, `attachments.${string}`>

/** Calls about the supporting documents of records. */
export function attachmentsHandlers(deps: {
  readonly files: Files
  readonly attachments: AttachmentsService
  readonly attachmentLimits: AttachmentLimitsService
}): Handlers<Names> {
  const { files, attachments } = deps
  return {
    'attachments.list': ({ recordId }) => attachments.list(recordId),
    'attachments.add': ({ recordId, file }) => attachments.add(recordId, files.source(file)),
    'attachments.remove': ({ recordId, attachmentId }) => {
      attachments.remove(recordId, attachmentId)
      return attachments.list(recordId)
    },
    'attachments.restore': ({ recordId, attachmentId }) => {
      attachments.restore(recordId, attachmentId)
      return attachments.list(recordId)
    },
    'attachments.save': async ({ recordId, attachmentId, target }) => {
      await writeTarget(files, target, (path) => attachments.save(recordId, attachmentId, path))
      return { saved: true }
    },
    'attachments.pack': async ({ recordId, target }) => ({
      files: await writeTarget(files, target, (path) => attachments.pack(recordId, path)),
    }),
    'attachments.limits': () => deps.attachmentLimits.get(),
    'attachments.setLimits': ({ limits }) => deps.attachmentLimits.set(limits),
  }
}

/**
 * Supporting documents of records: scanned decisions, copies of licences, photographs. They are kept in the encrypted
 * store and go with its backups; they are the evidence of a dispute or a repair, and never travel to the platform, whose
 * protocol knows none. What is removed can be brought back for some days, then it is erased.
 */
import { writeFile } from 'node:fs/promises'
import type { AttachmentsView, AttachmentView } from '@shared/contract/views/attachment-views'
import { looksLikeIdentityCard, nameObjection } from '@shared/domain/attachment'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import { withoutPersonalData } from '@shared/standard/personal-data'
import { attachmentNameTexts } from '@shared/texts/zh-CN/attachments'
import { sha256Hex } from '@engine/crypto/digest'
import type { EventBus } from '@engine/event-bus'
import { judgeContent } from '@engine/media/attachment-content'
import { readAttachment } from '@engine/media/attachment-source'
import type { AttachmentEntity, AttachmentRepo } from '@engine/repos/attachment-repo'
import type { AuditRepo, RecordEntity, RecordRepo, Store } from '@engine/repos/repo-types'
import { writeWhole } from '@engine/sheets/output-file'
import type { AttachmentLimitsService } from './attachment-limits'
import { attachmentView, presentViews, removedView } from './attachment-view'
import { announceRecords } from './editing-events'
import type { WriteEvidencePack } from './evidence-pack'

/** A file on this machine, and what the user calls it. */
export interface AttachmentSource {
  readonly path: string
  readonly name: string
}

export interface AttachmentsService {
  /** Refuses `record.not-found`. */
  list(recordId: string): AttachmentsView
  /**
   * Adds a file. Refuses `record.not-found`, `attachment.name-refused`, `attachment.link`, `attachment.too-large`,
   * `attachment.content-refused`, `attachment.too-many`, `attachment.repeated`, `input.*`; nothing is kept then.
   */
  add(recordId: string, source: AttachmentSource): Promise<AttachmentView>
  /** Puts a document away; `restore` brings it back until it is erased. Both refuse `attachment.not-found`. */
  remove(recordId: string, attachmentId: string): void
  restore(recordId: string, attachmentId: string): void
  /** Writes a document as it is kept. Refuses `attachment.not-found`, `output.not-writable`. */
  save(recordId: string, attachmentId: string, path: string): Promise<void>
  /** Writes all documents of a record with a list of them as a ZIP file; returns how many. */
  pack(recordId: string, path: string): Promise<number>
  /** Erases what was removed too long ago; returns how many. */
  eraseRemoved(): number
}

const DAY_MS = 24 * 60 * 60 * 1_000

export function createAttachmentsService(deps: {
  readonly store: Store
  readonly attachments: AttachmentRepo
  readonly records: Pick<RecordRepo, 'find'>
  readonly audit: AuditRepo
  readonly limits: AttachmentLimitsService
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
  readonly writePack: WriteEvidencePack
}): AttachmentsService {
  const { store, attachments, clock } = deps

  const recordOf = (recordId: string): RecordEntity =>
    deps.records.find(recordId) ?? refuse('record.not-found', { recordId })

  const present = (recordId: string): readonly AttachmentEntity[] =>
    attachments.ofRecord(recordId).filter(({ removedAt }) => removedAt === null)

  const log = (act: string, recordId: string, body: Readonly<Record<string, string | number>>): void =>
    deps.audit.append({ at: clock.now(), actor: deps.actor(), act: `record.${act}`, ref: recordId, body })

  /** What the trail says of a document. A name may tell more than the trail may keep. */
  const traced = ({ no, name, sha256 }: Pick<AttachmentEntity, 'no' | 'name' | 'sha256'>) => ({
    ...{ no, sha256 },
    file: withoutPersonalData(name),
  })

  const found = (recordId: string, attachmentId: string, isRemoved: boolean): AttachmentEntity => {
    const attachment = attachments.find(attachmentId)
    if (attachment === null || attachment.recordId !== recordId) return refuse('attachment.not-found')
    return (attachment.removedAt !== null) === isRemoved ? attachment : refuse('attachment.not-found')
  }

  const refuseFull = (recordId: string): void => {
    const { perRecord } = deps.limits.get()
    if (present(recordId).length >= perRecord) refuse('attachment.too-many', { limit: perRecord })
  }

  const insert = (
    attachment: Omit<AttachmentEntity, 'no' | 'removedBy' | 'removedAt'>,
    bytes: Buffer,
  ): AttachmentEntity =>
    store.write(() => {
      const { recordId, attachmentId, sha256, name } = attachment
      recordOf(recordId)
      refuseFull(recordId)
      const same = present(recordId).find((one) => one.sha256 === sha256)
      if (same !== undefined) refuse('attachment.repeated', { file: name, no: same.no })
      attachments.insert(attachment, bytes)
      const kept = found(recordId, attachmentId, false)
      log('attachment-added', recordId, traced(kept))
      return kept
    })

  return {
    list(recordId) {
      recordOf(recordId)
      const all = attachments.ofRecord(recordId)
      return {
        attachments: presentViews(all),
        removed: all.flatMap((one) => removedView(one) ?? []),
        limits: deps.limits.get(),
      }
    },

    async add(recordId, { path, name }) {
      recordOf(recordId)
      const objection = nameObjection(name)
      if (objection !== null)
        refuse('attachment.name-refused', { file: name, detail: attachmentNameTexts[objection] })
      refuseFull(recordId)
      const given = await readAttachment(path, name, deps.limits.get().fileMb)
      const { kind, bytes, size, stripped } = await judgeContent(name, given)
      const kept = insert(
        {
          ...{ attachmentId: deps.ids.next(), recordId, name, kind, stripped },
          ...{ byteCount: bytes.length, sha256: sha256Hex(bytes) },
          isSensitive: looksLikeIdentityCard(name, size),
          ...{ addedBy: deps.actor(), addedAt: clock.now() },
        },
        bytes,
      )
      announceRecords(deps.bus, [recordId])
      return attachmentView(kept)
    },

    remove(recordId, attachmentId) {
      store.write(() => {
        const attachment = found(recordId, attachmentId, false)
        attachments.setRemoved(attachmentId, { by: deps.actor(), at: clock.now() })
        log('attachment-removed', recordId, traced(attachment))
      })
      announceRecords(deps.bus, [recordId])
    },

    restore(recordId, attachmentId) {
      store.write(() => {
        const attachment = found(recordId, attachmentId, true)
        refuseFull(recordId)
        attachments.setRemoved(attachmentId, null)
        log('attachment-restored', recordId, traced(attachment))
      })
      announceRecords(deps.bus, [recordId])
    },

    async save(recordId, attachmentId, path) {
      const attachment = found(recordId, attachmentId, false)
      const bytes = attachments.content(attachment.sha256)
      if (bytes === null) throw new Error(`no content of attachment ${attachmentId}`)
      await writeWhole(path, (part) => writeFile(part, bytes, { mode: 0o600 }))
      store.write(() => log('attachment-saved', recordId, traced(attachment)))
      announceRecords(deps.bus, [recordId])
    },

    async pack(recordId, path) {
      const record = recordOf(recordId)
      const all = present(recordId)
      if (all.length === 0) refuse('attachment.not-found')
      await deps.writePack(record, all, path)
      store.write(() => log('evidence-packed', recordId, { count: all.length }))
      announceRecords(deps.bus, [recordId])
      return all.length
    },

    eraseRemoved() {
      const { undoDays } = deps.limits.get()
      const before = new Date(Date.parse(clock.now()) - undoDays * DAY_MS).toISOString()
      const erased = store.write(() => {
        const old = attachments.removedBefore(before)
        for (const attachment of old) {
          attachments.erase(attachment)
          log('attachment-erased', attachment.recordId, traced(attachment))
        }
        return old.map(({ recordId }) => recordId)
      })
      announceRecords(deps.bus, [...new Set(erased)])
      return erased.length
    },
  }
}

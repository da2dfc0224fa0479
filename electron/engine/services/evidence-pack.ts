/** The documents of a record as one file to hand over: a ZIP with a list that names each with its SHA-256. */
import { writeFile } from 'node:fs/promises'
import type { Clock } from '@shared/kernel/clock'
import type { CompiledStandard } from '@shared/standard/standard'
import { fill } from '@shared/texts/fill'
import { attachmentKindTexts, evidenceListTexts } from '@shared/texts/zh-CN/attachments'
import { writeStoredZip } from '@engine/envelope/stored-zip'
import type { AttachmentEntity, AttachmentRepo } from '@engine/repos/attachment-repo'
import type { DisputeRepo } from '@engine/repos/dispute-repo'
import type { RecordEntity } from '@engine/repos/repo-types'
import { writeWhole } from '@engine/sheets/output-file'

/** Writes the pack of a record whole or not at all. Refuses `output.not-writable`. */
export type WriteEvidencePack = (
  record: RecordEntity,
  attachments: readonly AttachmentEntity[],
  path: string,
) => Promise<void>

/** The member of a document: its number first, so that equal names do not meet. */
const memberName = ({ no, name }: AttachmentEntity): string => `${String(no).padStart(2, '0')}-${name}`

export function createEvidencePack(deps: {
  readonly attachments: Pick<AttachmentRepo, 'content'>
  readonly disputes: Pick<DisputeRepo, 'openAbout'>
  readonly standard: () => CompiledStandard
  readonly clock: Clock
  readonly actor: () => string
}): WriteEvidencePack {
  const listOf = (record: RecordEntity, attachments: readonly AttachmentEntity[]): string => {
    const { recordId, headRevision, recordType, docNo, subjectName: subject, legalDate } = record
    const type = deps.standard().types.get(recordType)?.spec.title ?? recordType
    const dispute = deps.disputes.openAbout(recordId, headRevision)
    const lines = attachments.map((one) =>
      fill(evidenceListTexts.line, {
        ...{ no: one.no, file: memberName(one), kind: attachmentKindTexts[one.kind], bytes: one.byteCount },
        ...{ by: one.addedBy, at: one.addedAt, sha256: one.sha256 },
      }),
    )
    return [
      evidenceListTexts.title,
      '',
      fill(evidenceListTexts.record, { type, docNo, subject, legalDate }),
      ...(dispute === null
        ? []
        : [
            fill(evidenceListTexts.dispute, {
              reason: dispute.reason,
              evidence: dispute.evidence.join('、'),
            }),
          ]),
      '',
      ...lines,
      '',
      fill(evidenceListTexts.made, { by: deps.actor(), at: deps.clock.now() }),
      '',
    ].join('\r\n')
  }

  return async (record, attachments, path) => {
    const members = attachments.map((one) => {
      const bytes = deps.attachments.content(one.sha256)
      if (bytes === null) throw new Error(`no content of attachment ${one.attachmentId}`)
      return { name: memberName(one), bytes }
    })
    // With a byte order mark: Windows' own editor reads it as UTF-8 then.
    const list = Buffer.from(`\ufeff${listOf(record, attachments)}`)
    const zip = await writeStoredZip(
      [{ name: evidenceListTexts.file, bytes: list }, ...members],
      deps.clock.now(),
    )
    await writeWhole(path, (part) => writeFile(part, zip, { mode: 0o600 }))
  }
}

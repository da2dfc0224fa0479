import { isAccepted } from '@shared/domain/record-status'
import type { Operation } from '@shared/domain/record-status'
import { refuse } from '@shared/kernel/failure'
import type { RecordEntity, RevisionEntity } from '@engine/repos/repo-types'

/** What a new revision of a known record is for. */
export interface RevisionPurpose {
  readonly op: Operation
  readonly reason: string | null
  /** The refused revision that it answers. */
  readonly inReplyTo: number | null
}

/** Whether the platform still holds an accepted revision of the record. */
export const isLive = (record: RecordEntity): boolean =>
  record.acceptedRevision !== null && record.platformRef !== null && record.delivery !== 'revoked'

/**
 * The purpose of the revision after the head. An unsent head keeps its purpose; after an accepted one comes a
 * correction; after a refused one another attempt, which is a correction when an earlier revision is live.
 * Refuses `record.operation-refused` when the reference of the accepted item is missing.
 */
export function purposeAfter(
  record: RecordEntity,
  head: RevisionEntity,
  reason: string | null,
): RevisionPurpose {
  if (record.delivery === 'none')
    return { op: head.op, reason: reason ?? head.reason, inReplyTo: head.inReplyTo }
  if (isAccepted(record.delivery)) {
    if (!isLive(record)) refuse('record.operation-refused', { reason: 'no-reference' })
    return { op: 'correct', reason, inReplyTo: null }
  }
  return { op: isLive(record) ? 'correct' : 'create', reason, inReplyTo: head.revision }
}

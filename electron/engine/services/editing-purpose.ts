import { inFlight, isAccepted } from '@shared/domain/record-status'
import type { Operation } from '@shared/domain/record-status'
import { refuse } from '@shared/kernel/failure'
import { operationRefusalTexts, operationTexts } from '@shared/texts/zh-CN/operations'
import type { RecordEntity, RevisionEntity } from '@engine/repos/repo-types'

/** What a new revision of a known record is for. */
export interface RevisionPurpose {
  readonly op: Operation
  readonly reason: string | null
  /** The refused revision that it answers. */
  readonly inReplyTo: number | null
}

/**
 * Whether the platform has taken the record out at the desk's request. What a clerk then writes is submitted as new: a
 * correction would name what is no longer there.
 */
export const isWithdrawn = ({ acceptedRevision, headRevision, op }: RecordEntity): boolean =>
  acceptedRevision !== null &&
  (headRevision === acceptedRevision ? op === 'withdraw' : op === 'create' && headRevision > acceptedRevision)

/** Whether the platform still holds an accepted revision of the record. */
export const isLive = (record: RecordEntity): boolean =>
  record.acceptedRevision !== null &&
  record.platformRef !== null &&
  record.delivery !== 'revoked' &&
  !isWithdrawn(record)

/** Whether a change of what the platform holds is drafted and not sealed: a record has one at most. */
export const hasOpenChange = (record: RecordEntity): boolean =>
  isLive(record) && record.delivery === 'none' && record.headRevision !== record.acceptedRevision

/** Whether a change of an accepted record can be given up: it is drafted or came back, and is not on its way. */
export const isCancellable = (record: RecordEntity): boolean =>
  (isLive(record) || isWithdrawn(record)) &&
  record.headRevision !== record.acceptedRevision &&
  record.editorial !== 'discarded' &&
  !inFlight.includes(record.delivery)

/** Whether the platform can be asked to withdraw, take down or mark a record now. */
export const mayOperate = (record: RecordEntity): boolean =>
  isLive(record) &&
  isAccepted(record.delivery) &&
  record.editorial !== 'discarded' &&
  record.headRevision === record.acceptedRevision

/** What `record.operation-refused` says. */
export const operationRefusals = {
  notAccepted: (op: Operation) => ({
    operation: operationTexts[op],
    detail: operationRefusalTexts.notAccepted,
  }),
  openChange: (op: Operation) => ({
    operation: operationTexts[op],
    detail: operationRefusalTexts.openChange,
  }),
  withdrawn: (op: Operation) => ({
    operation: operationTexts[op],
    detail: operationRefusalTexts.withdrawn,
  }),
  noReference: (op: Operation) => ({
    operation: operationTexts[op],
    detail: operationRefusalTexts.noReference,
  }),
  nothingOpen: () => ({
    operation: operationRefusalTexts.cancel,
    detail: operationRefusalTexts.nothingOpen,
  }),
}

/**
 * The purpose of the revision after the head. An unsent head keeps its purpose; after an accepted one comes a
 * correction, after a withdrawal the record anew; after a refused one another attempt, which is a correction when an
 * earlier revision is live.
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
    if (isWithdrawn(record)) return { op: 'create', reason, inReplyTo: null }
    if (!isLive(record)) refuse('record.operation-refused', operationRefusals.noReference('correct'))
    return { op: 'correct', reason, inReplyTo: null }
  }
  return { op: isLive(record) ? 'correct' : 'create', reason, inReplyTo: head.revision }
}

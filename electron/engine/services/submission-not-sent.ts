import type { NotSent } from '@shared/contract/views/exchange-views'
import { inFlight } from '@shared/domain/record-status'
import { fill } from '@shared/texts/fill'
import { notSentTexts } from '@shared/texts/zh-CN/not-sent'
import type { NotSentReason } from '@shared/texts/zh-CN/not-sent'
import { operationTexts } from '@shared/texts/zh-CN/operations'
import type { RecordEntity } from '@engine/repos/repo-types'

/** The first reason, in order of weight, why a record cannot be sealed now. */
export function notSentReason(record: RecordEntity): NotSentReason {
  if (record.delivery === 'quarantined') return 'quarantined'
  if (inFlight.includes(record.delivery)) return 'in-flight'
  if (record.excludedBasis !== null) return 'excluded'
  if (record.editorial === 'held') return 'held'
  if (record.delivery === 'rejected' || record.delivery === 'revoked' || record.delivery === 'duplicate') {
    return 'rejected'
  }
  if (record.isDuplicate) return 'duplicate-key'
  if (record.editorial === 'in_review' || record.editorial === 'returned') return 'in-review'
  return record.quality === 'warned' ? 'unconfirmed-warning' : 'blocked'
}

/** A record that stays, with the reason in plain words. */
export function notSentView(record: RecordEntity, reason: NotSentReason = notSentReason(record)): NotSent {
  const detail = reason === 'held' ? record.heldReason : record.excludedReason
  return {
    recordId: record.recordId,
    docNo: record.docNo,
    subjectName: record.subjectName,
    type: record.recordType,
    dueOn: record.firstReceivedAt === null && record.excludedBasis === null ? record.dueOn : null,
    reason,
    message: fill(notSentTexts[reason], { detail, operation: operationTexts[record.op] }),
  }
}

import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import { conflictDecisions } from '@shared/contract/views/exchange-views'
import type { ConflictView, Inbox, NoticeView } from '@shared/contract/views/exchange-views'
import { id, fieldCode, cellText, reason, nothing, recordIds } from './call-inputs'

/** Names of documents. */
const evidence = v.optional(
  v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100))), v.maxLength(20)),
  [],
)

/** What came back from the platform and waits for a person. */
export const inboxCalls = {
  'inbox.list': call<Inbox>()('engine', nothing),
  /** Its `total`, and how many of its notices wait for an answer. */
  'inbox.count': call<{ readonly total: number; readonly toAnswer: number }>()('engine', nothing),
  /** What the platform asks about one record and nobody has answered. */
  'inbox.about': call<readonly NoticeView[]>()('engine', v.strictObject({ recordId: id })),
  /** One fix for a whole group: sets the field of every listed record and saves new revisions. */
  'inbox.applyFix': call<{ readonly changed: number; readonly failed: number }>()(
    'engine',
    v.strictObject({ recordIds, field: fieldCode, value: cellText }),
  ),
  /** Answers a notice of the platform; it is kept and sent until the platform has it. */
  'inbox.answer': call<Inbox>()(
    'engine',
    v.strictObject({
      noticeId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      answer: v.picklist(['noChangeNeeded', 'disputed']),
      reason,
      evidence,
    }),
  ),
  /** Disputes the verdict on a refused record. */
  'inbox.dispute': call<Inbox>()('engine', v.strictObject({ recordId: id, reason, evidence })),
  /** Ends a dispute; a record whose dispute was upheld becomes ready to be sent again as it is. */
  'inbox.closeDispute': call<Inbox>()(
    'engine',
    v.strictObject({ disputeId: id, state: v.picklist(['upheld', 'dropped']), outcome: reason }),
  ),
  /** Gives records in quarantine back to be changed, or lets them go again as they are. */
  'inbox.leaveQuarantine': call<{ readonly changed: number }>()(
    'engine',
    v.strictObject({ recordIds, to: v.picklist(['repair', 'release']) }),
  ),
  /** A record and what the platform holds in its place, field by field. */
  'conflicts.get': call<ConflictView>()('engine', v.strictObject({ recordId: id })),
  'conflicts.resolve': call<{ readonly resolved: true }>()(
    'engine',
    v.strictObject({ recordId: id, decision: v.picklist(conflictDecisions), reason, evidence }),
  ),
} as const

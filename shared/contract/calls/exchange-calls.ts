import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import { batchDecisions } from '@shared/contract/views/exchange-views'
import type {
  AnswerApplied,
  BatchDetail,
  BatchItemView,
  BatchView,
  PackageWritten,
  PackagesView,
  SubmissionForecast,
  UndecidedView,
} from '@shared/contract/views/exchange-views'
import type { OutageSpan, SignedOutageProof } from '@shared/contract/views/outage-views'
import type { ReconciliationView } from '@shared/contract/views/reconciliation-views'
import type { TaskView } from '@shared/contract/views/task-views'
import { id, recordType, reason, pageSize, cursor, token, nothing, recordIds } from './call-inputs'

const instant = v.optional(v.nullable(v.pipe(v.string(), v.isoTimestamp())), null)
const span = { from: instant, to: instant }

/** Batches and packages on their way to the platform, and what is compared with it. */
export const exchangeCalls = {
  /** What a submission would do with every record, those of a type, or some. */
  'submission.forecast': call<SubmissionForecast>()(
    'engine',
    v.strictObject({
      type: v.optional(v.nullable(recordType), null),
      recordIds: v.optional(v.nullable(recordIds), null),
    }),
  ),
  'submission.start': call<TaskView>()(
    'engine',
    v.strictObject({
      type: v.optional(v.nullable(recordType), null),
      /** Only these records; null for all that are ready. */
      recordIds: v.optional(v.nullable(recordIds), null),
      label: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(60))), null),
    }),
  ),
  'submission.resume': call<TaskView>()('engine', nothing),
  /** Notes in the audit trail that the day had nothing to submit; refuses `submission.not-nil` when it had. */
  'submission.reportNil': call<{ readonly types: readonly string[] }>()('engine', nothing),
  'batches.page': call<{ readonly rows: readonly BatchView[]; readonly next: string | null }>()(
    'engine',
    v.strictObject({ after: cursor, limit: pageSize }),
  ),
  'batches.get': call<BatchDetail>()('engine', v.strictObject({ batchId: id })),
  'batches.items': call<{ readonly rows: readonly BatchItemView[]; readonly next: number | null }>()(
    'engine',
    v.strictObject({
      batchId: id,
      outcome: v.optional(
        v.nullable(v.picklist(['accepted', 'warned', 'rejected', 'duplicate', 'pending', 'unknown'])),
        null,
      ),
      after: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
      limit: pageSize,
    }),
  ),
  /** Gives the records of a stopped batch back, after the platform has said that it has none of them. */
  'batches.release': call<{ readonly released: number }>()('engine', v.strictObject({ batchId: id })),
  /** A person's word on what became of records that the platform cannot be asked about. */
  'batches.decide': call<{ readonly decided: number; readonly released: number }>()(
    'engine',
    v.strictObject({
      batchId: id,
      recordIds: v.optional(v.nullable(recordIds), null),
      decision: v.picklist(batchDecisions),
      reason,
    }),
  ),
  /** What of a batch waits for such a word. */
  'batches.undecided': call<UndecidedView>()('engine', v.strictObject({ batchId: id })),
  'batches.saveReceipt': call<{ readonly bytes: number }>()(
    'engine',
    v.strictObject({ batchId: id, target: token }),
  ),
  /** Gives out what is ready as a file for a person to carry; the newest unanswered one again when nothing is. */
  'packages.write': call<PackageWritten>()(
    'engine',
    v.strictObject({
      type: v.optional(v.nullable(recordType), null),
      recordIds: v.optional(v.nullable(recordIds), null),
      label: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(60))), null),
      target: token,
    }),
  ),
  /** Files that were given out and brought back. */
  'packages.list': call<PackagesView>()('engine', nothing),
  /** Writes a file that was given out once more, byte for byte. */
  'packages.rewrite': call<{ readonly bytes: number }>()(
    'engine',
    v.strictObject({ packageId: id, target: token }),
  ),
  /** Takes in the file that a platform gave back. */
  'packages.apply': call<AnswerApplied>()('engine', v.strictObject({ file: token })),
  'feed.pull': call<TaskView>()('engine', nothing),
  'reconciliation.run': call<TaskView>()('engine', nothing),
  'reconciliation.latest': call<ReconciliationView | null>()('engine', nothing),
  /** Lets records that the platform has lost be sent anew, after it has denied them once more. */
  'reconciliation.resend': call<{ readonly resent: number; readonly found: number }>()(
    'engine',
    v.strictObject({
      runId: id,
      findingNos: v.pipe(
        v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
        v.minLength(1),
        v.maxLength(500),
      ),
    }),
  ),
  /** Notes what was done about a finding. */
  'reconciliation.note': call<ReconciliationView>()(
    'engine',
    v.strictObject({
      runId: id,
      findingNo: v.pipe(v.number(), v.integer(), v.minValue(1)),
      resolution: reason,
    }),
  ),
  /** Stretches of the last 30 days in which the line was down, newest first. */
  'outage.spans': call<readonly OutageSpan[]>()('engine', nothing),
  'outage.proof': call<SignedOutageProof>()('engine', v.strictObject(span)),
  /** Writes the signed proof: JSON when the name ends so, else a page to print. */
  'outage.saveProof': call<{ readonly probes: number }>()(
    'engine',
    v.strictObject({ ...span, target: token }),
  ),
} as const

import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import { publicityFilters } from '@shared/contract/views/publicity-views'
import type {
  LegalEventRecordView,
  LegalEventView,
  PublicityDetail,
  PublicityOverview,
  PublicityRow,
  RepairLetter,
  RepairView,
} from '@shared/contract/views/publicity-views'
import { legalEventKinds, severities } from '@shared/publicity/publicity-schema'
import { id, reason, date, pageSize, cursor, nothing, recordIds } from './call-inputs'

const said = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)), '')

/** Display to the public, repair, changes of decisions. */
export const publicityCalls = {
  'publicity.overview': call<PublicityOverview>()('engine', nothing),
  'publicity.page': call<{
    readonly rows: readonly PublicityRow[]
    readonly next: string | null
    readonly total: number
  }>()(
    'engine',
    v.strictObject({
      filter: v.optional(v.picklist(publicityFilters), 'due'),
      search: v.optional(v.pipe(v.string(), v.maxLength(100)), ''),
      after: cursor,
      limit: pageSize,
    }),
  ),
  'publicity.get': call<PublicityDetail>()('engine', v.strictObject({ recordId: id })),
  /** Another rule, weight or sector than the table gives, or an earlier last day; nulls go back to the table. */
  'publicity.choose': call<PublicityDetail>()(
    'engine',
    v.strictObject({
      recordId: id,
      ruleId: v.nullable(v.pipe(v.string(), v.maxLength(20))),
      severity: v.nullable(v.picklist(severities)),
      /** Blank: no sector, whatever the words say. */
      sector: v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(20))),
      endsOn: v.nullable(date),
      reason,
    }),
  ),
  /** Prepares the take-down of these records; the next submission sends it. */
  'publicity.takeDown': call<{ readonly changed: number; readonly failed: number }>()(
    'engine',
    v.strictObject({ recordIds, reason }),
  ),
  /** Somebody has looked at the public page: it is gone since a day. */
  'publicity.confirmGone': call<PublicityDetail>()(
    'engine',
    v.strictObject({ recordId: id, on: date, note: reason }),
  ),
  'repair.list': call<readonly RepairView[]>()('engine', nothing),
  'repair.open': call<RepairView>()('engine', v.strictObject({ recordId: id })),
  'repair.material': call<RepairView>()(
    'engine',
    v.strictObject({
      caseId: id,
      materialId: id,
      state: v.picklist(['missing', 'received', 'not-needed']),
      note: said,
    }),
  ),
  'repair.approve': call<RepairView>()('engine', v.strictObject({ caseId: id, by: reason, on: date })),
  'repair.apply': call<RepairView>()('engine', v.strictObject({ caseId: id, on: date })),
  'repair.decide': call<RepairView>()(
    'engine',
    v.strictObject({ caseId: id, decision: v.picklist(['granted', 'refused']), on: date, note: said }),
  ),
  'repair.withdraw': call<RepairView>()('engine', v.strictObject({ caseId: id, reason })),
  /** What the letter to the party says; asking for it is written to the trail, because it shows the whole name. */
  'repair.letter': call<RepairLetter>()('engine', v.strictObject({ recordId: id })),
  'decisions.list': call<readonly LegalEventView[]>()('engine', nothing),
  /** The records of the same decision, each with the answer that it needs. */
  'decisions.preview': call<readonly LegalEventRecordView[]>()(
    'engine',
    v.strictObject({ recordId: id, kind: v.picklist(legalEventKinds) }),
  ),
  'decisions.note': call<LegalEventView>()(
    'engine',
    v.strictObject({
      recordId: id,
      kind: v.picklist(legalEventKinds),
      document: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(128)),
      decidedOn: date,
      reason,
      answers: v.pipe(
        v.array(
          v.strictObject({
            recordId: id,
            answer: v.picklist(['correct', 'withdraw', 'takeDown', 'discard']),
          }),
        ),
        v.minLength(1),
        v.maxLength(200),
      ),
    }),
  ),
  /** Prepares once more what could not be prepared when the event was noted. */
  'decisions.answer': call<LegalEventView>()('engine', v.strictObject({ eventId: id })),
} as const

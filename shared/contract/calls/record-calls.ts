import * as v from 'valibot'
import { attachmentLimitsSchema } from '@shared/contract/attachment-limits'
import type { AttachmentLimits } from '@shared/contract/attachment-limits'
import { call } from '@shared/contract/call-spec'
import type { AttachmentView, AttachmentsView } from '@shared/contract/views/attachment-views'
import type { ProblemGroup, SeriesGaps } from '@shared/contract/views/problem-views'
import { recordFilters, recordSorts } from '@shared/contract/views/record-views'
import type {
  BulkUndone,
  EarlierOfSubject,
  IssueView,
  LatenessView,
  ManyChanged,
  RecordDetail,
  RecordPage,
  SavedFilter,
  TypeCount,
} from '@shared/contract/views/record-views'
import { clockStates, deliveryStates, exclusionBases } from '@shared/domain/record-status'
import {
  id,
  recordType,
  fieldCode,
  changes,
  reason,
  date,
  pageSize,
  cursor,
  token,
  nothing,
  recordIds,
} from './call-inputs'

const issueCode = v.pipe(v.string(), v.maxLength(80))
const year = v.pipe(v.number(), v.integer(), v.minValue(1990), v.maxValue(2099))
const serial = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999_999_999))

const selection = {
  type: v.optional(v.nullable(recordType), null),
  filter: v.optional(v.picklist(recordFilters), 'all'),
  search: v.optional(v.pipe(v.string(), v.maxLength(100)), ''),
  /** Only head revisions in this delivery state. */
  delivery: v.optional(v.nullable(v.picklist(deliveryStates)), null),
  /** Only records whose clock stands so today. */
  clock: v.optional(v.nullable(v.picklist(clockStates)), null),
  sort: v.optional(v.picklist(recordSorts), 'danger'),
}

/** Records, what belongs to them, and gaps in their numbers. */
export const recordCalls = {
  'records.page': call<RecordPage>()(
    'engine',
    v.strictObject({
      ...selection,
      after: cursor,
      /** Number of the first row, from 0; with a cursor it only says how many rows there are up to it. */
      from: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
      limit: pageSize,
    }),
  ),
  'records.counts': call<{ readonly total: number; readonly types: readonly TypeCount[] }>()(
    'engine',
    nothing,
  ),
  'records.get': call<RecordDetail>()('engine', v.strictObject({ recordId: id })),
  /** Live check of form values; nothing is stored. With `recordId`, masked fields that are absent keep their stored value. */
  'records.check': call<{
    readonly issues: readonly IssueView[]
    readonly values: Readonly<Record<string, string>>
  }>()('engine', v.strictObject({ recordType, recordId: v.optional(v.nullable(id), null), values: changes })),
  /** What the desk knows of the subject of a code, for a record that is being written. */
  'records.earlier': call<EarlierOfSubject>()(
    'engine',
    v.strictObject({
      recordType,
      recordId: v.optional(v.nullable(id), null),
      subjectCode: v.pipe(v.string(), v.maxLength(200)),
      subjectName: v.pipe(v.string(), v.maxLength(1_000)),
    }),
  ),
  'records.create': call<RecordDetail>()('engine', v.strictObject({ recordType, values: changes })),
  /** Saves only the given fields as a new revision; `baseRevision` guards against a change meanwhile. */
  'records.save': call<RecordDetail>()(
    'engine',
    v.strictObject({ recordId: id, baseRevision: v.pipe(v.number(), v.integer(), v.minValue(1)), changes }),
  ),
  'records.confirm': call<RecordDetail>()(
    'engine',
    v.strictObject({
      recordId: id,
      code: issueCode,
      field: v.nullable(fieldCode),
      reason,
    }),
  ),
  /** Takes the confirmation of a warning back: it asks again. */
  'records.unconfirm': call<RecordDetail>()(
    'engine',
    v.strictObject({ recordId: id, code: issueCode, field: v.nullable(fieldCode) }),
  ),
  /** What is open in some records, by rule. */
  'records.problems': call<readonly ProblemGroup[]>()('engine', v.strictObject({ recordIds })),
  /** Confirms the warnings of one rule in all of these records for one reason. */
  'records.confirmMany': call<ManyChanged>()(
    'engine',
    v.strictObject({ recordIds, code: issueCode, reason }),
  ),
  /** Puts in the proved value of every issue of one rule in all of these records. */
  'records.applyFixes': call<ManyChanged & { readonly failed: number }>()(
    'engine',
    v.strictObject({ recordIds, code: issueCode }),
  ),
  'records.hold': call<ManyChanged>()(
    'engine',
    v.strictObject({ recordIds, reason, until: v.optional(v.nullable(date), null) }),
  ),
  'records.release': call<ManyChanged>()('engine', v.strictObject({ recordIds })),
  'records.discard': call<ManyChanged>()('engine', v.strictObject({ recordIds, reason })),
  'records.restore': call<ManyChanged>()('engine', v.strictObject({ recordIds })),
  'records.exclude': call<ManyChanged>()(
    'engine',
    v.strictObject({
      recordIds,
      basis: v.picklist(exclusionBases),
      reason,
    }),
  ),
  'records.include': call<ManyChanged>()('engine', v.strictObject({ recordIds, reason })),
  /** Takes acts on many records back, but for records that were changed since. */
  'records.undo': call<BulkUndone>()(
    'engine',
    v.strictObject({ undo: v.pipe(v.array(id), v.minLength(1), v.maxLength(40)) }),
  ),
  /** Drafts a withdrawal, a take-down or a repair mark of an accepted record. */
  'records.operate': call<RecordDetail>()(
    'engine',
    v.strictObject({ recordId: id, op: v.picklist(['withdraw', 'takeDown', 'repairMark']), reason }),
  ),
  /** Gives up a change of an accepted record that is not sealed: it goes back to what the platform accepted. */
  'records.cancelChange': call<RecordDetail>()('engine', v.strictObject({ recordId: id })),
  'records.reveal': call<{ readonly value: string }>()(
    'engine',
    v.strictObject({ recordId: id, field: fieldCode, reason }),
  ),
  /** Will it be late: the arithmetic of the term and what is left of it now. */
  'records.lateness': call<LatenessView>()('engine', v.strictObject({ recordId: id })),
  /** The named selections of the desk, at most 50. */
  'filters.list': call<readonly SavedFilter[]>()('engine', nothing),
  /** Saves a selection under a name that no other has; with an id that is known, in its place. */
  'filters.put': call<readonly SavedFilter[]>()(
    'engine',
    v.strictObject({
      filterId: v.optional(v.nullable(id), null),
      name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(30)),
      query: v.strictObject(selection),
    }),
  ),
  'filters.remove': call<readonly SavedFilter[]>()('engine', v.strictObject({ filterId: id })),
  'attachments.list': call<AttachmentsView>()('engine', v.strictObject({ recordId: id })),
  'attachments.add': call<AttachmentView>()('engine', v.strictObject({ recordId: id, file: token })),
  /** Can be taken back until the document is erased. */
  'attachments.remove': call<AttachmentsView>()('engine', v.strictObject({ recordId: id, attachmentId: id })),
  'attachments.restore': call<AttachmentsView>()(
    'engine',
    v.strictObject({ recordId: id, attachmentId: id }),
  ),
  'attachments.save': call<{ readonly saved: true }>()(
    'engine',
    v.strictObject({ recordId: id, attachmentId: id, target: token }),
  ),
  /** All documents of a record with a list of them, as a ZIP file. */
  'attachments.pack': call<{ readonly files: number }>()(
    'engine',
    v.strictObject({ recordId: id, target: token }),
  ),
  'attachments.limits': call<AttachmentLimits>()('engine', nothing),
  /** Null goes back to the defaults. */
  'attachments.setLimits': call<AttachmentLimits>()(
    'engine',
    v.strictObject({ limits: v.nullable(attachmentLimitsSchema) }),
  ),
  /** Numbers without a record between those that have one; this year's when no year is given. */
  'gaps.list': call<SeriesGaps>()('engine', v.strictObject({ year: v.optional(v.nullable(year), null) })),
  /** Notes why there is no record for some numbers of a series; the gap then no longer counts. */
  'gaps.explain': call<SeriesGaps>()(
    'engine',
    v.strictObject({
      series: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      from: serial,
      to: serial,
      reason,
    }),
  ),
} as const

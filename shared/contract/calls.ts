/**
 * Every call between a page and the program, once. Types, preload bridge, ipc gate, engine router and the loopback
 * host are derived from this table; inputs are parsed by these schemas at each boundary. Adding a call takes a line
 * here and a handler.
 */
import * as v from 'valibot'
import { call } from './call-spec'
import type { SpecInput, SpecOutput } from './call-spec'
import { bureauSchema, clientIdSchema } from './desk-mode'
import { clockStates, deliveryStates, exclusionBases } from '@shared/domain/record-status'
import { recordFilters, recordSorts } from './views/record-views'
import type { LatenessView, RecordDetail, RecordPage, TypeCount } from './views/record-views'
import type { DeskInfo, DeskOverview, LinkView } from './views/desk-views'
import { attachmentLimitsSchema } from './attachment-limits'
import type { AttachmentLimits } from './attachment-limits'
import type { AttachmentsView, AttachmentView } from './views/attachment-views'
import { importLimitsSchema } from './import-limits'
import type { ImportLimits } from './import-limits'
import type { ImportInspection, ImportSummary } from './views/import-views'
import { transportSettingsSchema } from './transport-settings'
import { batchDecisions, conflictDecisions } from './views/exchange-views'
import type {
  AnswerApplied,
  BatchDetail,
  BatchItemView,
  BatchView,
  ConflictView,
  ConnectionTest,
  ConnectionView,
  Inbox,
  PackageWritten,
  SubmissionForecast,
} from './views/exchange-views'
import type { IssueView } from './views/record-views'
import type { PackSettingsView, StandardReference, StandardView, StandardsView } from './views/standard-views'
import type { OutageSpan, SignedOutageProof } from './views/outage-views'
import type { ReconciliationView } from './views/reconciliation-views'
import type { ProblemGroup, SeriesGaps } from './views/problem-views'
import type { TaskView } from './views/task-views'
import type { UpdateView } from './views/update-views'
import { publicityFilters } from './views/publicity-views'
import type {
  LegalEventRecordView,
  LegalEventView,
  PublicityDetail,
  PublicityOverview,
  PublicityRow,
  RepairLetter,
  RepairView,
} from './views/publicity-views'
import type {
  Appraisal,
  ConcealmentRisk,
  MonthReport,
  RecordHistory,
  ReportTrends,
} from './views/report-views'
import { legalEventKinds, severities } from '@shared/publicity/publicity-schema'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const recordType = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{1,31}$/))
const fieldCode = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/))
const issueCode = v.pipe(v.string(), v.maxLength(80))
const cellText = v.pipe(v.string(), v.maxLength(40_000))
const changes = v.record(fieldCode, cellText)
const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500))
/** Names of documents. */
const evidence = v.optional(
  v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100))), v.maxLength(20)),
  [],
)
const date = v.pipe(v.string(), v.isoDate())
const pageSize = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 100)
const cursor = v.optional(v.nullable(v.pipe(v.string(), v.maxLength(400))), null)
const year = v.pipe(v.number(), v.integer(), v.minValue(1990), v.maxValue(2099))
const serial = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999_999_999))
const token = v.pipe(v.string(), v.minLength(8), v.maxLength(128))
const packVersion = v.pipe(v.string(), v.regex(/^\d{4}\.\d{1,4}$/))
const settingChanges = v.pipe(
  v.record(
    v.pipe(v.string(), v.maxLength(102)),
    v.nullable(v.union([v.number(), v.pipe(v.string(), v.maxLength(200))])),
  ),
  v.check((changes) => Object.keys(changes).length <= 500),
)
/** `YYYY-MM` of a month that a report may be about. */
const month = v.pipe(v.string(), v.regex(/^(199\d|20\d\d)-(0[1-9]|1[0-2])$/))
/** First month of a quarter. */
const quarter = v.pipe(v.string(), v.regex(/^(199\d|20\d\d)-(01|04|07|10)$/))
const said = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)), '')
const nothing = v.optional(v.strictObject({}), {})
const recordIds = v.pipe(v.array(id), v.minLength(1), v.maxLength(5_000))
const instant = v.optional(v.nullable(v.pipe(v.string(), v.isoTimestamp())), null)
const span = { from: instant, to: instant }
const hiddenRows = v.optional(v.nullable(v.picklist(['include', 'skip'])), null)
const mapping = v.record(v.pipe(v.string(), v.regex(/^\d{1,4}$/)), v.nullable(fieldCode))

export const calls = {
  // desk
  'desk.info': call<DeskInfo>()('engine', nothing),
  'desk.overview': call<DeskOverview>()('engine', nothing),
  'standard.current': call<StandardView>()('engine', nothing),
  /** The same with every rule: sentence, basis, samples, fixes. */
  'standard.reference': call<StandardReference>()('engine', nothing),
  'standard.versions': call<StandardsView>()('engine', nothing),
  /** Takes a signed package from a file; it waits for consent. */
  'standard.install': call<{ readonly version: string }>()('engine', v.strictObject({ file: token })),
  /** Tries a version on all drafts without changing anything. */
  'standard.preview': call<TaskView>()('engine', v.strictObject({ version: packVersion })),
  /** Agrees to a version after its preview; drafts are checked again in the task, if it is in force at once. */
  'standard.adopt': call<{ readonly task: TaskView | null }>()(
    'engine',
    v.strictObject({ version: packVersion }),
  ),
  /** The values of the standard that its sources leave open, with those of this desk. */
  'standard.settings': call<PackSettingsView>()('engine', nothing),
  /** Tries other values on all drafts without changing anything; null is the standard's own value. */
  'standard.trySettings': call<TaskView>()('engine', v.strictObject({ changes: settingChanges })),
  /** Works with other values from now on, all or none; drafts are checked again in the task. */
  'standard.setSettings': call<{ readonly changed: number; readonly task: TaskView | null }>()(
    'engine',
    v.strictObject({ changes: settingChanges }),
  ),

  // records
  'records.page': call<RecordPage>()(
    'engine',
    v.strictObject({
      type: v.optional(v.nullable(recordType), null),
      filter: v.optional(v.picklist(recordFilters), 'all'),
      search: v.optional(v.pipe(v.string(), v.maxLength(100)), ''),
      /** Only head revisions in this delivery state. */
      delivery: v.optional(v.nullable(v.picklist(deliveryStates)), null),
      /** Only records whose clock stands so today. */
      clock: v.optional(v.nullable(v.picklist(clockStates)), null),
      sort: v.optional(v.picklist(recordSorts), 'danger'),
      after: cursor,
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
  'records.confirmMany': call<{ readonly changed: number }>()(
    'engine',
    v.strictObject({ recordIds, code: issueCode, reason }),
  ),
  /** Puts in the proved value of every issue of one rule in all of these records. */
  'records.applyFixes': call<{ readonly changed: number; readonly failed: number }>()(
    'engine',
    v.strictObject({ recordIds, code: issueCode }),
  ),
  'records.hold': call<{ readonly changed: number }>()(
    'engine',
    v.strictObject({ recordIds, reason, until: v.optional(v.nullable(date), null) }),
  ),
  'records.release': call<{ readonly changed: number }>()('engine', v.strictObject({ recordIds })),
  'records.discard': call<{ readonly changed: number }>()('engine', v.strictObject({ recordIds, reason })),
  'records.restore': call<{ readonly changed: number }>()('engine', v.strictObject({ recordIds })),
  'records.exclude': call<{ readonly changed: number }>()(
    'engine',
    v.strictObject({
      recordIds,
      basis: v.picklist(exclusionBases),
      reason,
    }),
  ),
  'records.include': call<{ readonly changed: number }>()('engine', v.strictObject({ recordIds, reason })),
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

  // supporting documents of a record; they stay at the desk
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

  // publicity, repair, changes of decisions
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

  // reports
  'reports.month': call<MonthReport>()('engine', v.strictObject({ month })),
  /** The twelve months up to and with one. */
  'reports.trends': call<ReportTrends>()('engine', v.strictObject({ until: month })),
  'reports.risk': call<ConcealmentRisk>()('engine', v.strictObject({ month })),
  'reports.appraisal': call<Appraisal>()('engine', v.strictObject({ quarter })),
  'reports.workbook': call<{ readonly sheets: number }>()('engine', v.strictObject({ month, target: token })),
  /** Everything that ever happened to a record, for a page on paper. */
  'reports.history': call<RecordHistory>()('engine', v.strictObject({ recordId: id })),

  // import
  'import.inspect': call<ImportInspection>()(
    'engine',
    v.strictObject({
      file: token,
      recordType: v.optional(v.nullable(recordType), null),
      sheet: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(255))), null),
      headerRow: v.optional(
        v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
        null,
      ),
    }),
  ),
  /** Checks the whole file without storing anything: the preview with counts. */
  'import.preview': call<TaskView>()(
    'engine',
    v.strictObject({
      file: token,
      recordType,
      sheet: v.string(),
      headerRow: v.pipe(v.number(), v.integer(), v.minValue(1)),
      mapping,
      /** Null until the clerk was asked: hidden rows are read, each with a warning. */
      hiddenRows,
    }),
  ),
  'import.run': call<TaskView>()(
    'engine',
    v.strictObject({
      file: token,
      recordType,
      sheet: v.string(),
      headerRow: v.pipe(v.number(), v.integer(), v.minValue(1)),
      mapping,
      hiddenRows,
    }),
  ),
  /** Ends every inspection under way: whoever asked has turned away. */
  'import.stopInspecting': call<{ readonly stopped: number }>()('engine', nothing),
  'import.limits': call<ImportLimits>()('engine', nothing),
  /** Null goes back to the defaults. */
  'import.setLimits': call<ImportLimits>()(
    'engine',
    v.strictObject({ limits: v.nullable(importLimitsSchema) }),
  ),
  'import.summary': call<ImportSummary>()('engine', v.strictObject({ importId: id })),
  'import.errorWorkbook': call<{ readonly rows: number }>()(
    'engine',
    v.strictObject({ importId: id, target: token }),
  ),
  'template.write': call<{ readonly recordType: string }>()(
    'engine',
    v.strictObject({ recordType, target: token }),
  ),
  /** Writes the sample workbook of practice, with decisions of the last days. The host asks, not the page. */
  'sample.write': call<{ readonly rows: number }>()('engine', v.strictObject({ target: token })),

  // tasks
  'tasks.list': call<readonly TaskView[]>()('engine', nothing),
  'tasks.cancel': call<TaskView>()('engine', v.strictObject({ taskId: id })),

  // exchange
  'submission.forecast': call<SubmissionForecast>()(
    'engine',
    v.strictObject({ type: v.optional(v.nullable(recordType), null) }),
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
  /** Takes in the file that a platform gave back. */
  'packages.apply': call<AnswerApplied>()('engine', v.strictObject({ file: token })),
  'inbox.list': call<Inbox>()('engine', nothing),
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
  'feed.pull': call<TaskView>()('engine', nothing),

  // reconciliation
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

  // outage evidence
  /** Stretches of the last 30 days in which the line was down, newest first. */
  'outage.spans': call<readonly OutageSpan[]>()('engine', nothing),
  'outage.proof': call<SignedOutageProof>()('engine', v.strictObject(span)),
  /** Writes the signed proof: JSON when the name ends so, else a page to print. */
  'outage.saveProof': call<{ readonly probes: number }>()(
    'engine',
    v.strictObject({ ...span, target: token }),
  ),

  // updates of the client
  /** Proves an update package and puts its installer ready. */
  'updates.prepare': call<UpdateView>()('engine', v.strictObject({ file: token })),
  'updates.ready': call<UpdateView | null>()('engine', nothing),
  /** Asked by the shell right before it starts the installer; refuses while anything is being sent. */
  'updates.confirm': call<UpdateView>()('engine', nothing),

  // connection
  'link.state': call<LinkView>()('engine', nothing),
  'connection.get': call<ConnectionView>()('engine', nothing),
  'connection.save': call<ConnectionTest>()(
    'engine',
    v.strictObject({
      platformUrl: v.pipe(v.string(), v.trim(), v.maxLength(300)),
      clientId: clientIdSchema,
      platformPublicKey: v.pipe(v.string(), v.trim(), v.maxLength(200)),
    }),
  ),
  /** Chooses the way to the platform and tests it. */
  'connection.choose': call<ConnectionTest>()('engine', transportSettingsSchema),
  'connection.test': call<ConnectionTest>()('engine', nothing),
  /** Asked before a desk is left for the other one; refuses `connection.batches-open`. */
  'connection.mayLeave': call<{ readonly mayLeave: true }>()('engine', nothing),
  'settings.get': call<{
    readonly operator: string
    readonly cutOff: string
    readonly density: 'dense' | 'comfortable'
    readonly theme: 'light' | 'dark' | 'system'
  }>()('engine', nothing),
  'settings.set': call<{ readonly saved: true }>()(
    'engine',
    v.strictObject({
      operator: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(50))),
      cutOff: v.optional(v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))),
      density: v.optional(v.picklist(['dense', 'comfortable'])),
      theme: v.optional(v.picklist(['light', 'dark', 'system'])),
    }),
  ),

  // host: what only the shell or the loopback host can do
  'host.info': call<{
    readonly kind: 'electron' | 'browser'
    readonly mode: 'practice' | 'live'
    readonly liveReady: boolean
    readonly version: string
  }>()('host', nothing),
  /** Asks the user for files to import, for the package of a standard, for supporting documents, or for an update; empty when they cancelled. In a browser the page uploads instead. */
  'host.chooseFiles': call<
    readonly { readonly token: string; readonly name: string; readonly bytes: number }[]
  >()(
    'host',
    v.optional(
      v.strictObject({
        purpose: v.exactOptional(v.picklist(['tables', 'standard', 'attachments', 'update'])),
      }),
      {},
    ),
  ),
  /** Asks where to save; null when cancelled. */
  'host.chooseTarget': call<{ readonly token: string; readonly name: string } | null>()(
    'host',
    v.strictObject({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(120)) }),
  ),
  /** Hands a written target to the user: shows it in its folder, or gives the address to download it from. */
  'host.deliver': call<{ readonly downloadUrl: string | null }>()('host', v.strictObject({ target: token })),
  /** The built-in sample workbook for practice. */
  'host.sampleFile': call<{ readonly token: string; readonly name: string; readonly bytes: number }>()(
    'host',
    nothing,
  ),
  'host.print': call<{ readonly printed: boolean }>()('host', nothing),
  /** Leaves practice for the live desk (making its data folder on first use) or goes back; the page reloads. */
  'host.switchMode': call<{ readonly mode: 'practice' | 'live' }>()(
    'host',
    v.strictObject({
      mode: v.picklist(['practice', 'live']),
      bureau: v.optional(v.nullable(bureauSchema), null),
    }),
  ),
  /** Asks whether to install the update that is ready, and starts its installer; the client quits then. */
  'host.installUpdate': call<{ readonly started: boolean }>()('host', nothing),
  /** Shows the user guide; where the host cannot, the page opens the address itself. */
  'host.openGuide': call<{ readonly opened: boolean; readonly url: string | null }>()('host', nothing),
} as const

type Calls = typeof calls
/** The name of any call. */
export type CallName = keyof Calls
/** The parsed input of a call. */
export type CallInput<Name extends CallName> = SpecInput<Calls[Name]>
/** The output of a call. */
export type CallOutput<Name extends CallName> = SpecOutput<Calls[Name]>
/** Calls that the engine answers. */
export type EngineCallName = {
  [Name in CallName]: Calls[Name]['where'] extends 'engine' ? Name : never
}[CallName]
/** Calls that the shell or the loopback host answers. */
export type HostCallName = Exclude<CallName, EngineCallName>

/** One handler per call of a side; inputs arrive parsed, refusals are thrown as `FailureError`. */
export type Handlers<Names extends CallName> = {
  readonly [Name in Names]: (input: CallInput<Name>) => CallOutput<Name> | Promise<CallOutput<Name>>
}

/** Whether a text names a call of the contract. */
export const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name)

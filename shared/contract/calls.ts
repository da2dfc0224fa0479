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
import type { RecordDetail, RecordPage, TypeCount } from './views/record-views'
import type { DeskInfo, DeskOverview, LinkView } from './views/desk-views'
import { importLimitsSchema } from './import-limits'
import type { ImportLimits } from './import-limits'
import type { ImportInspection, ImportSummary } from './views/import-views'
import { transportSettingsSchema } from './transport-settings'
import { batchDecisions } from './views/exchange-views'
import type {
  AnswerApplied,
  BatchDetail,
  BatchItemView,
  BatchView,
  ConnectionTest,
  ConnectionView,
  Inbox,
  PackageWritten,
  SubmissionForecast,
} from './views/exchange-views'
import type { IssueView } from './views/record-views'
import type { StandardReference, StandardView, StandardsView } from './views/standard-views'
import type { ProblemGroup, SeriesGaps } from './views/problem-views'
import type { TaskView } from './views/task-views'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const recordType = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{1,31}$/))
const fieldCode = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/))
const issueCode = v.pipe(v.string(), v.maxLength(80))
const cellText = v.pipe(v.string(), v.maxLength(40_000))
const changes = v.record(fieldCode, cellText)
const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500))
const date = v.pipe(v.string(), v.isoDate())
const pageSize = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 100)
const cursor = v.optional(v.nullable(v.pipe(v.string(), v.maxLength(400))), null)
const year = v.pipe(v.number(), v.integer(), v.minValue(1990), v.maxValue(2099))
const serial = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999_999_999))
const token = v.pipe(v.string(), v.minLength(8), v.maxLength(128))
const packVersion = v.pipe(v.string(), v.regex(/^\d{4}\.\d{1,4}$/))
const nothing = v.optional(v.strictObject({}), {})
const recordIds = v.pipe(v.array(id), v.minLength(1), v.maxLength(5_000))
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
  'records.reveal': call<{ readonly value: string }>()(
    'engine',
    v.strictObject({ recordId: id, field: fieldCode, reason }),
  ),

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
  /** Asks the user for files to import, or for the package of a standard; empty when they cancelled. In a browser the page uploads instead. */
  'host.chooseFiles': call<
    readonly { readonly token: string; readonly name: string; readonly bytes: number }[]
  >()(
    'host',
    v.optional(v.strictObject({ purpose: v.exactOptional(v.picklist(['tables', 'standard'])) }), {}),
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

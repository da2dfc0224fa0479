import type { DayKind } from '@shared/calendar/working-days'
import type { BatchState } from '@shared/domain/batch-status'
import type { ClockState, Delivery, Editorial, ExclusionBasis, Operation } from '@shared/domain/record-status'
import type { Fix, Quality, Severity } from '@shared/standard/issue'
import type { PassedCellView, RepairView } from './import-views'

/** The clock of one record, computed when asked. */
export interface ClockView {
  readonly state: ClockState
  /** Last day in time, YYYY-MM-DD; null while the legal date is missing or malformed. */
  readonly dueOn: string | null
  /** Working days left (0 = today) or, when overdue or met late, working days late. */
  readonly days: number
  /** True when the span touches a year whose holidays are not announced. */
  readonly provisional: boolean
}

/** One line of the record grid and of `list`. Personal values are masked. */
export interface RecordRow {
  readonly recordId: string
  readonly revision: number
  readonly type: string
  readonly docNo: string
  readonly subjectName: string
  readonly subjectCode: string
  readonly legalDate: string
  readonly clock: ClockView
  readonly editorial: Editorial
  readonly delivery: Delivery
  readonly quality: Quality
  /** Number of issues that still ask for something. */
  readonly issues: number
  /** The first such issue as a sentence, or null. */
  readonly headline: string | null
  /** Code of that issue, e.g. `platform.1001`. */
  readonly headlineCode: string | null
  /** Field code that the issue is about; null when it is about the whole record. */
  readonly headlineField: string | null
  readonly held: { readonly reason: string; readonly until: string | null } | null
  readonly excluded: string | null
  readonly updatedAt: string
}

export interface IssueView {
  readonly code: string
  readonly severity: Severity
  readonly source: 'local' | 'platform'
  readonly field: string | null
  readonly fieldLabel: string | null
  /** Masked when the field is personal. */
  readonly value: string | null
  readonly message: string
  /** The platform's own words, hostile text, at most 2,000 characters. */
  readonly serverText: string | null
  readonly fix: Fix | null
  /** What taking the fix does, as a few words. */
  readonly fixNote?: string
  /** The record lawfully never goes to the platform if this is true of it: on which basis. */
  readonly exclusion?: ExclusionBasis
  /** The other record that this is about. */
  readonly otherRecordId?: string
  readonly confirmed: { readonly by: string; readonly reason: string } | null
}

/** One thing that happened to the record, newest first. */
export interface TimelineEntry {
  readonly at: string
  /** As people read it. */
  readonly actor: string
  /** Audit act, e.g. `record.imported`, `record.edited`, `batch.sealed`, `item.rejected`; keys of the texts. */
  readonly act: string
  readonly params: Readonly<Record<string, string | number>>
}

export interface DueDay {
  readonly date: string
  readonly working: boolean
  /** 1..N for counted working days, else 0. */
  readonly count: number
  /** Why it works or rests. */
  readonly kind?: DayKind
}

/** "Will I be late?": how the last day in time was found and what is left of it. */
export interface LatenessView {
  readonly legalDate: string
  /** Last day in time; null while the legal date is missing or malformed. */
  readonly dueOn: string | null
  /** Working days that the type has. */
  readonly term: number
  /** True when the span touches days whose holidays are not announced; then weekends alone were counted there. */
  readonly provisional: boolean
  /** Every day from the one after the legal date to the last, with why it counts or not. */
  readonly days: readonly { readonly date: string; readonly kind: DayKind; readonly count: number | null }[]
  readonly clock: ClockView
  /** The desk's closing time, `HH:mm`. */
  readonly cutOff: string
  /** Whether a record that reaches the platform now is in time; null once it has been received. */
  readonly isInTimeNow: boolean | null
  /** Minutes until tonight's cut-off; null on a day off. */
  readonly minutesToCutOff: number | null
  /** Minutes of work left until the cut-off of the last day. */
  readonly workMinutes: number
  readonly workDays: number
}

export interface RecordDetail extends RecordRow {
  readonly op: Operation
  readonly inReplyTo: number | null
  /** Field values; personal fields masked and listed in `masked`. */
  readonly values: Readonly<Record<string, string>>
  readonly masked: readonly string[]
  /** What importing or typing changed, with the proof. */
  readonly normalisations: readonly RepairView[]
  readonly issueList: readonly IssueView[]
  readonly timeline: readonly TimelineEntry[]
  readonly dueDays: readonly DueDay[]
  readonly origin: {
    readonly fileName: string
    readonly row: number
    /** What stood in columns that no field takes. */
    readonly passed: readonly PassedCellView[]
  } | null
  readonly platformRef: string | null
  readonly batch: { readonly batchId: string; readonly label: string; readonly state: BatchState } | null
  readonly editable: boolean
  /** Whether the head is a change of what the platform accepted that can still be given up. */
  readonly mayCancel: boolean
  /** Whether the platform can be asked to withdraw it, take it down or mark it. */
  readonly mayOperate: boolean
  /** Why the platform will probably refuse it, by what it refused before; null when nothing speaks against it. */
  readonly likelyRejected: string | null
  /** Subject name used earlier for the same code, when it differs. */
  readonly earlierName: string | null
}

export const recordFilters = [
  'unsent',
  'ready',
  'problems',
  'rejected',
  'due_week',
  'in_flight',
  'accepted',
  'held',
  'all',
] as const
export type RecordFilter = (typeof recordFilters)[number]

export const recordSorts = ['danger', 'updated', 'legal_date', 'doc_no', 'subject'] as const
export type RecordSort = (typeof recordSorts)[number]

export interface RecordPage {
  readonly rows: readonly RecordRow[]
  /** Opaque cursor of what comes next; null at the end. A long search may give fewer rows than asked and go on there. */
  readonly next: string | null
  /** Rows that the request selects, or, with `hasMore`, as many as are known. */
  readonly total: number
  /** Whether there may be more than `total`: a search that finds very much is not read to its end. */
  readonly hasMore: boolean
}

export interface TypeCount {
  readonly type: string
  readonly total: number
}

/** What an act on many records came to. */
export interface ManyChanged {
  readonly changed: number
  /** Names the act for `records.undo`; null when there is nothing to take back. */
  readonly undo: string | null
}

/** What taking acts back came to. */
export interface BulkUndone {
  /** False when the acts are long past, were taken back already, or were done before the program was started. */
  readonly isKnown: boolean
  readonly undone: number
  /** Records that were changed meanwhile, which are left as they are. */
  readonly left: number
  /** The first of those. */
  readonly named: readonly { readonly recordId: string; readonly docNo: string }[]
}

/** What earlier records of the desk know of a subject. */
export interface EarlierOfSubject {
  /** The name under which the newest other record has the code, when it is not the name that was asked with. */
  readonly name: string | null
  /** The newest other record of the type, with the values that may be taken over: no numbers, days or personal values. */
  readonly previous: {
    readonly recordId: string
    readonly docNo: string
    readonly legalDate: string
    readonly values: Readonly<Record<string, string>>
  } | null
}

/** A selection of records that somebody named. */
export interface SavedFilter {
  readonly filterId: string
  readonly name: string
  readonly query: {
    readonly type: string | null
    readonly filter: RecordFilter
    readonly search: string
    readonly delivery: Delivery | null
    readonly clock: ClockState | null
    readonly sort: RecordSort
  }
}

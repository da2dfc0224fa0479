/**
 * A decision was amended, revoked or annulled: one note brings the right operation to every record of it, in this desk's
 * record types alike (the same decision goes to several outlets, and one document may name several subjects). A penalty
 * whose decision fell must be taken back within three working days (行政处罚法第四十八条、第八十五条).
 */
import type {
  LegalAnswer,
  LegalEventRecordView,
  LegalEventView,
} from '@shared/contract/views/publicity-views'
import type { WorkingCalendar } from '@shared/calendar/working-days'
import { inFlight } from '@shared/domain/record-status'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import { cut } from '@shared/kernel/text'
import type { LegalEventKind, PublicityTable } from '@shared/publicity/publicity-schema'
import { fill } from '@shared/texts/fill'
import { legalEventRemarks } from '@shared/texts/zh-CN/publicity'
import type { EventBus } from '@engine/event-bus'
import type { LegalEventEntity, LegalEventRecord, LegalEventRepo } from '@engine/repos/legal-event-repo'
import type { PublicityRepo } from '@engine/repos/publicity-repo'
import type { AuditRepo, RecordEntity, RecordRepo, Store } from '@engine/repos/repo-types'
import type { CheckingService } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import type { RecordViews } from './desk-record-views'
import type { EditingDecisionsService } from './editing-decisions-service'
import { announceRecords } from './editing-events'
import { isLive } from './editing-purpose'
import type { EditingService } from './editing-service'
import { displayOf, offFrom } from './publicity-counting'

export interface LegalEventNote {
  readonly recordId: string
  readonly kind: LegalEventKind
  /** Number of the document that changed the decision. */
  readonly document: string
  readonly decidedOn: string
  readonly reason: string
  readonly answers: readonly { readonly recordId: string; readonly answer: LegalAnswer }[]
}

export interface LegalEventsService {
  /** The records of the same decision with the answer that each needs. */
  preview(recordId: string, kind: LegalEventKind): readonly LegalEventRecordView[]
  note(event: LegalEventNote): LegalEventView
  /** Prepares once more what could not be prepared before, e.g. because the record was on its way. */
  answer(eventId: string): LegalEventView
  list(): readonly LegalEventView[]
  /** Events with something left to do. */
  countOpen(): number
}

const LISTED = 200
const LONGEST_REMARK = 500

export function createLegalEventsService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly events: LegalEventRepo
  readonly displays: PublicityRepo
  readonly audit: AuditRepo
  readonly checking: Pick<CheckingService, 'type'>
  readonly editing: Pick<EditingService, 'changeOperation'>
  readonly decisions: Pick<EditingDecisionsService, 'discard'>
  readonly views: Pick<RecordViews, 'row'>
  readonly table: PublicityTable
  readonly calendar: Pick<WorkingCalendar, 'addWorkingDays'>
  readonly deadlines: Pick<DeadlinesService, 'today'>
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
}): LegalEventsService {
  const { store, records, events, table } = deps

  const planOf = (record: RecordEntity, kind: LegalEventKind) =>
    displayOf(table, record.recordType)?.events[kind] ?? {
      op: kind === 'amended' ? 'correct' : 'withdraw',
      set: {},
    }

  /** What the platform never accepted has nothing to take back: it is put away, or sent as amended. */
  const answerFor = (record: RecordEntity, kind: LegalEventKind): LegalAnswer => {
    const { op } = planOf(record, kind)
    if (isLive(record) || inFlight.includes(record.delivery)) return op
    return kind === 'amended' ? 'correct' : 'discard'
  }

  const stateOf = (record: RecordEntity, item: LegalEventRecord): LegalEventRecordView['state'] => {
    if (record.editorial === 'discarded') return 'done'
    if ((record.acceptedRevision ?? 0) > item.baseRevision) return 'done'
    return record.headRevision > item.baseRevision ? 'prepared' : 'open'
  }

  const recordView = (
    record: RecordEntity,
    kind: LegalEventKind,
    answer: LegalAnswer,
    state: LegalEventRecordView['state'],
  ): LegalEventRecordView => {
    const { recordId, type, docNo, subjectName } = deps.views.row(record)
    const sets = planOf(record, kind).set
    const needsContent = answer === 'correct' && Object.keys(sets).length === 0
    return { recordId, type, docNo, subjectName, answer, state, needsContent, sets }
  }

  const viewOf = (event: LegalEventEntity): LegalEventView => {
    const items = events.recordsOf(event.eventId).flatMap((item) => {
      const record = records.find(item.recordId)
      return record === null ? [] : [recordView(record, event.kind, item.answer, stateOf(record, item))]
    })
    const isOpen = items.some(({ state }) => state !== 'done')
    return { ...event, isLate: isOpen && deps.deadlines.today() > event.dueOn, records: items }
  }

  const existing = (recordId: string): RecordEntity =>
    records.find(recordId) ?? refuse('record.not-found', { recordId })

  /** Records of the same decision; the one asked about is among them even without a document number. */
  const linked = (recordId: string): readonly RecordEntity[] => {
    const record = existing(recordId)
    const same = events.sameDocument(record.docKey)
    return same.some((one) => one.recordId === recordId) ? same : [record, ...same]
  }

  /** Display ends with the decision, whenever the platform gets to know. */
  const endDisplay = (recordId: string, on: string): void => {
    const entry = deps.displays.find(recordId)
    if (entry === null || entry.takenDownOn !== null) return
    const ordered = {
      ...entry,
      orderedOn: entry.orderedOn !== null && entry.orderedOn < on ? entry.orderedOn : on,
    }
    deps.displays.save({ ...ordered, offFrom: offFrom(ordered) })
  }

  const carryOut = (event: LegalEventEntity, { recordId, answer }: LegalEventRecord): void => {
    const record = existing(recordId)
    const said = fill(legalEventRemarks[event.kind], { ...event })
    const plan = planOf(record, event.kind)
    try {
      if (answer === 'discard') deps.decisions.discard([recordId], said)
      else if (answer !== 'correct')
        deps.editing.changeOperation({ recordId, op: answer, changes: {}, reason: said })
      else if (Object.keys(plan.set).length > 0) {
        const before = records.revision(recordId, record.headRevision)?.values[plan.remark ?? ''] ?? ''
        const remark =
          plan.remark === undefined ? {} : { [plan.remark]: cut(joined(before, said), LONGEST_REMARK) }
        const changes = { ...plan.set, ...remark }
        deps.editing.changeOperation({ recordId, op: 'correct', changes, reason: said })
      }
    } catch (error) {
      // On its way or otherwise not to be touched now: it stays open and is tried again.
      if (!(error instanceof FailureError) || !error.failure.code.startsWith('record.')) throw error
    }
  }

  return {
    preview: (recordId, kind) =>
      linked(recordId).map((record) => recordView(record, kind, answerFor(record, kind), 'open')),

    note({ recordId, kind, document, decidedOn, reason, answers }) {
      if (decidedOn > deps.deadlines.today())
        refuse('publicity.outside-term', { from: '', to: deps.deadlines.today() })
      const known = new Set(linked(recordId).map((record) => record.recordId))
      const event: LegalEventEntity = {
        eventId: deps.ids.next(),
        ...{ kind, document, decidedOn, reason },
        dueOn: deps.calendar.addWorkingDays(decidedOn, table.clocks.changedDecision.workingDays).date,
        notedBy: deps.actor(),
        notedAt: deps.clock.now(),
      }
      const items = answers
        .filter((one) => known.has(one.recordId))
        .map((one) => ({
          eventId: event.eventId,
          recordId: one.recordId,
          answer: one.answer,
          baseRevision: existing(one.recordId).headRevision,
        }))
      if (items.length === 0) refuse('record.not-found')
      store.write(() => {
        events.insert(event, items)
        for (const item of items) {
          deps.audit.append({
            at: event.notedAt,
            actor: event.notedBy,
            act: `record.decision-${kind}`,
            ref: item.recordId,
            body: { document, decidedOn, reason },
          })
          if (item.answer === 'withdraw' || item.answer === 'takeDown') endDisplay(item.recordId, decidedOn)
          carryOut(event, item)
        }
      })
      announceRecords(
        deps.bus,
        items.map((item) => item.recordId),
      )
      return viewOf(event)
    },

    answer(eventId) {
      const event = events.list(LISTED).find((one) => one.eventId === eventId) ?? refuse('record.not-found')
      const open = events
        .recordsOf(eventId)
        .filter((item) => stateOf(existing(item.recordId), item) === 'open')
      store.write(() => open.forEach((item) => carryOut(event, item)))
      return viewOf(event)
    },

    list: () => events.list(LISTED).map(viewOf),
    countOpen: () =>
      events.list(LISTED).filter((event) => viewOf(event).records.some(({ state }) => state !== 'done'))
        .length,
  }
}

const joined = (before: string, said: string): string => (before === '' ? said : `${before}；${said}`)

/**
 * What is on public display and until when. Terms are counted from the accepted content by a dated table of rules and
 * kept with the rule they came from; where a display stands today is read off the calendar each time it is asked for.
 */
import type {
  PublicityDetail,
  PublicityFilter,
  PublicityOverview,
  PublicityRow,
} from '@shared/contract/views/publicity-views'
import { addDays, addMonths } from '@shared/kernel/calendar-date'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { Clock } from '@shared/kernel/clock'
import type { PublicityTable } from '@shared/publicity/publicity-schema'
import { publicityStanding, REMINDER_DAYS } from '@shared/publicity/publicity-standing'
import { ruleOf } from '@shared/publicity/publicity-term'
import type { TermChoice } from '@shared/publicity/publicity-term'
import type { EventBus } from '@engine/event-bus'
import type { DisplayedRecord, PublicityRepo } from '@engine/repos/publicity-repo'
import type { AuditRepo, RecordEntity, RecordRepo, Store } from '@engine/repos/repo-types'
import type { DeadlinesService } from './deadlines-service'
import type { RecordViews } from './desk-record-views'
import { announceRecords } from './editing-events'
import { isLive } from './editing-purpose'
import type { EditingService } from './editing-service'
import { countTerm, emptyEntry, penaltyFacts, repairableOn } from './publicity-counting'
import { ruleOptions, termView } from './publicity-view'
import type { RepairService } from './repair-service'

export interface PublicityService {
  /** Counts terms of records whose accepted content has changed; what it counts is there before it returns. */
  bringUpToDate(): void
  overview(): PublicityOverview
  page(request: {
    readonly filter: PublicityFilter
    readonly search: string
    readonly after: string | null
    readonly limit: number
  }): { readonly rows: readonly PublicityRow[]; readonly next: string | null; readonly total: number }
  /** Refuses `record.not-found` and, for a record that was never accepted, `publicity.no-display`. */
  detail(recordId: string): PublicityDetail
  /**
   * Puts a person's choice in the place of what the table gives: another rule, weight, sector, or an earlier last day;
   * an extension goes up to the maximum of the rule. Refuses `publicity.outside-term` and `publicity.no-rule`.
   */
  choose(recordId: string, choice: TermChoice, reason: string): PublicityDetail
  /** Prepares the operation that asks the platform to end display; the next submission sends it. */
  requestTakeDown(
    recordIds: readonly string[],
    reason: string,
  ): { readonly changed: number; readonly failed: number }
  /** A person has looked at the public page: it is gone. */
  confirmTakenDown(recordId: string, on: string, note: string): PublicityDetail
}

const CHUNK = 500
const MONTHS_AHEAD = 12

export function createPublicityService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly displays: PublicityRepo
  readonly audit: AuditRepo
  readonly editing: Pick<EditingService, 'changeOperation'>
  readonly repairs: Pick<RepairService, 'ofRecord' | 'finishDone'>
  readonly openEvents: () => number
  readonly views: Pick<RecordViews, 'row'>
  readonly table: PublicityTable
  readonly deadlines: Pick<DeadlinesService, 'today'>
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
}): PublicityService {
  const { store, records, displays, table } = deps
  const today = (): string => deps.deadlines.today()

  const acceptedValues = (record: RecordEntity): Readonly<Record<string, string>> | null =>
    record.acceptedRevision === null
      ? null
      : (records.revision(record.recordId, record.acceptedRevision)?.values ?? null)

  const settleOne = (recordId: string): void => {
    displays.settled(recordId)
    const record = records.find(recordId)
    if (record === null) return
    const known = displays.find(recordId)
    const values = acceptedValues(record)
    if (values === null) {
      // Accepted and then refused: the platform does not hold it any more.
      if (known !== null) displays.save({ ...known, takenDownOn: today() })
      return
    }
    const isNew = records.revision(recordId, record.acceptedRevision!)?.op === 'create'
    const counted = countTerm(record, values, table, known ?? emptyEntry(recordId))
    if (counted === null) return
    displays.save({ ...counted, ...(isNew && { takenDownOn: null, confirmedBy: null }) })
  }

  const bringUpToDate = (): void => {
    for (;;) {
      const recordIds = displays.pending(CHUNK)
      if (recordIds.length === 0) break
      store.write(() => recordIds.forEach(settleOne))
    }
    deps.repairs.finishDone()
  }

  const standingOf = ({ record, entry, publicity, hasOpenRepair }: DisplayedRecord) =>
    publicityStanding(
      { ...entry, publicity, op: record.op, delivery: record.delivery, hasOpenRepair },
      today(),
    )

  const rowOf = (displayed: DisplayedRecord): PublicityRow => {
    const { record, entry } = displayed
    const { recordId, type, docNo, subjectName, legalDate } = deps.views.row(record)
    return {
      ...{ recordId, type, docNo, subjectName, legalDate },
      display: entry.display,
      standing: standingOf(displayed),
      rule: entry.ruleId === null ? null : (ruleOf(table, entry.ruleId)?.label ?? entry.ruleId),
      endsOn: entry.endsOn,
      offFrom: entry.offFrom,
      publishedOn: entry.publishedOn,
      takenDownOn: entry.takenDownOn,
      hasDoubts: entry.doubts.length > 0,
    }
  }

  const displayedOf = (recordId: string): DisplayedRecord => {
    if (records.find(recordId) === null) refuse('record.not-found', { recordId })
    return displays.findDisplayed(recordId) ?? refuse('publicity.no-display')
  }

  const detail = (recordId: string): PublicityDetail => {
    bringUpToDate()
    const displayed = displayedOf(recordId)
    const { record, entry } = displayed
    const facts = penaltyFacts(record, acceptedValues(record) ?? {}, table)
    const rule = entry.ruleId === null ? null : ruleOf(table, entry.ruleId)
    const row = rowOf(displayed)
    const isOver = row.standing === 'taken_down' || row.standing === 'takedown_requested'
    return {
      ...row,
      platformRef: record.platformRef,
      kinds: facts?.kinds ?? [],
      term: termView(entry, table),
      rules: facts === null ? [] : ruleOptions(facts, table, entry.choice),
      repairableFrom: repairableOn(entry, table),
      repairEffect: rule?.repair.effect ?? null,
      orderedOn: entry.orderedOn,
      confirmedBy: entry.confirmedBy,
      canRequest: !isOver && isLive(record),
      repairs: deps.repairs.ofRecord(recordId),
    }
  }

  const note = (act: string, recordId: string, body: Readonly<Record<string, string | number>>): void =>
    deps.audit.append({ at: deps.clock.now(), actor: deps.actor(), act, ref: recordId, body })

  const monthsOf = (): PublicityOverview['months'] => {
    const first = `${today().slice(0, 7)}-01`
    const after = addMonths(first, MONTHS_AHEAD)
    const found = displays.endsByMonth(today(), addDays(after, -1))
    return Array.from({ length: MONTHS_AHEAD }, (_, index) => {
      const month = addMonths(first, index).slice(0, 7)
      const of = (display: string): number =>
        found.find((one) => one.month === month && one.display === display)?.count ?? 0
      return { month, penalties: of('penalty'), licences: of('licence') }
    })
  }

  return {
    bringUpToDate,
    detail,

    overview() {
      bringUpToDate()
      const until = (days: number): string => addDays(today(), days)
      return {
        today: today(),
        counts: displays.counts(today(), until(REMINDER_DAYS[0])),
        endsWithin: REMINDER_DAYS.map((days) => ({
          days,
          count: displays.countEnding(today(), until(days)),
        })),
        months: monthsOf(),
        tableVersion: table.version,
        openEvents: deps.openEvents(),
      }
    },

    page({ filter, search, after, limit }) {
      bringUpToDate()
      const soonUntil = addDays(today(), REMINDER_DAYS[0])
      const page = displays.page({ filter, search, after, limit, today: today(), soonUntil })
      return { ...page, rows: page.rows.map(rowOf) }
    },

    choose(recordId, choice, reason) {
      bringUpToDate()
      const { record, entry } = displayedOf(recordId)
      const values = acceptedValues(record)
      if (values === null || entry.display !== 'penalty') return refuse('publicity.no-display')
      if (choice.ruleId !== null && ruleOf(table, choice.ruleId) === null)
        refuse('publicity.no-rule', { rule: choice.ruleId })
      const counted = countTerm(record, values, table, { ...entry, choice })
      if (counted === null || counted.startsOn === null || counted.maximumUntil === null)
        return refuse('publicity.no-rule', { rule: choice.ruleId ?? '' })
      if (
        choice.endsOn !== null &&
        (choice.endsOn < counted.startsOn || choice.endsOn > counted.maximumUntil)
      )
        refuse('publicity.outside-term', { from: counted.startsOn, to: counted.maximumUntil })
      store.write(() => {
        displays.save({ ...counted, chosenBy: deps.actor(), chosenReason: reason })
        note('record.term-chosen', recordId, {
          reason,
          rule: counted.ruleId ?? '',
          from: entry.endsOn ?? '',
          to: counted.endsOn ?? '',
        })
      })
      announceRecords(deps.bus, [recordId])
      return detail(recordId)
    },

    requestTakeDown(recordIds, reason) {
      let failed = 0
      for (const recordId of recordIds) {
        try {
          deps.editing.changeOperation({ recordId, op: 'takeDown', changes: {}, reason })
        } catch (error) {
          if (!(error instanceof FailureError) || !error.failure.code.startsWith('record.')) throw error
          failed++
        }
      }
      return { changed: recordIds.length - failed, failed }
    },

    confirmTakenDown(recordId, on, said) {
      bringUpToDate()
      const { entry } = displayedOf(recordId)
      const { startsOn } = entry
      if (on > today() || (startsOn !== null && on < startsOn))
        refuse('publicity.outside-term', { from: startsOn ?? '', to: today() })
      store.write(() => {
        displays.save({ ...entry, takenDownOn: on, confirmedBy: deps.actor() })
        displays.setFact(recordId, 'taken_down')
        note('record.takedown-confirmed', recordId, { on, note: said })
      })
      announceRecords(deps.bus, [recordId])
      return detail(recordId)
    },
  }
}

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { confirmationKey } from '@shared/standard/issue'
import { assessEdit, assessRaw } from '@engine/reading/assessment'
import { issueView } from '@engine/services/checking-issue-view'
import type { CheckingService } from '@engine/services/checking-service'
import type { DeadlinesService } from '@engine/services/deadlines-service'
import { DEFAULT_CUT_OFF } from '@engine/services/desk-initialiser'
import type { RecordViews } from '@engine/services/desk-record-views'
import type { EarlierRecords } from '@engine/services/earlier-records'
import type { BulkUndoService } from '@engine/services/editing-bulk-undo'
import type { EditingDecisionsService } from '@engine/services/editing-decisions-service'
import type { EditingService } from '@engine/services/editing-service'
import type { EditingUndoService } from '@engine/services/editing-undo-service'
import type { ProblemGroups } from '@engine/services/problem-groups'
import type { DeskQuery } from '@engine/repos/desk-query'
import type { RecordPageQuery } from '@engine/repos/record-page-query'
import type { RecordRepo, SettingRepo } from '@engine/repos/repo-types'

type Names = Extract<EngineCallName, `records.${string}`>

/** Everything a page does with records. */
export function recordsHandlers(deps: {
  readonly records: RecordRepo
  readonly pages: RecordPageQuery
  readonly query: DeskQuery
  readonly views: RecordViews
  readonly checking: CheckingService
  readonly editing: EditingService
  readonly decisions: EditingDecisionsService
  readonly undo: EditingUndoService
  readonly bulk: BulkUndoService
  readonly earlier: EarlierRecords
  readonly problems: ProblemGroups
  readonly deadlines: DeadlinesService
  readonly settings: SettingRepo
}): Pick<Handlers<EngineCallName>, Names> {
  const { records, views, checking, editing, decisions, bulk, problems, deadlines } = deps

  /** What the form holds, over what is stored; masked fields that are absent keep their stored value. */
  const check = (recordType: string, recordId: string | null, typed: Readonly<Record<string, string>>) => {
    const type = checking.type(recordType)
    const record =
      recordId === null ? null : (records.find(recordId) ?? refuse('record.not-found', { recordId }))
    if (record === null) {
      const raw = Object.fromEntries(
        Object.entries(typed).map(([field, text]) => [field, { text, kind: 'text' as const }]),
      )
      return { type, assessment: assessRaw(type, raw, deadlines.today()), stored: [] }
    }
    const head = records.revision(record.recordId, record.headRevision)
    if (head === null) throw new Error(`record ${record.recordId} has no head revision`)
    const issues = records.issues(record.recordId, head.revision)
    // The form sends all it shows: only what differs was typed, the rest keeps its history.
    const changed = Object.entries(typed).filter(([field, text]) => text !== (head.values[field] ?? ''))
    const assessment = assessEdit(type, { ...head, issues }, Object.fromEntries(changed), deadlines.today())
    return { type, assessment, stored: issues }
  }

  return {
    'records.page': async (input) => {
      const page = await deps.pages.page({ ...input, days: deadlines.clockDays() })
      return { ...page, rows: page.rows.map((record) => views.row(record)) }
    },
    'records.counts': () => {
      const types = new Map<string, number>()
      for (const { type, lane, count } of deps.query.byTypeAndLane()) {
        if (lane !== 'discarded') types.set(type, (types.get(type) ?? 0) + count)
      }
      return {
        total: [...types.values()].reduce((sum, count) => sum + count, 0),
        types: [...types].map(([type, total]) => ({ type, total })),
      }
    },
    'records.get': ({ recordId }) => views.detail(recordId),
    'records.check': ({ recordType, recordId, values }) => {
      const { type, assessment, stored } = check(recordType, recordId, values)
      const { issues } = checking.judge(type, assessment, recordId)
      const confirmed = new Map(stored.map((issue) => [confirmationKey(issue), issue]))
      const shown = issues.map((issue) => {
        const { confirmedBy = null, confirmedReason = null } = confirmed.get(confirmationKey(issue)) ?? {}
        return issueView(type, { ...issue, confirmedBy, confirmedReason })
      })
      // Only what was typed goes back: a stored personal value must not leave through the live check.
      const entered = Object.entries(assessment.values).filter(([field]) => Object.hasOwn(values, field))
      return { issues: shown, values: Object.fromEntries(entered) }
    },
    'records.earlier': (asked) => deps.earlier.of(asked),
    'records.create': ({ recordType, values }) => views.detail(editing.create(recordType, values)),
    'records.save': ({ recordId, baseRevision, changes }) => {
      editing.save(recordId, baseRevision, changes)
      return views.detail(recordId)
    },
    'records.confirm': ({ recordId, code, field, reason }) => {
      decisions.confirmWarning(recordId, code, field, reason)
      return views.detail(recordId)
    },
    'records.unconfirm': ({ recordId, code, field }) => {
      decisions.unconfirm(recordId, code, field)
      return views.detail(recordId)
    },
    'records.problems': ({ recordIds }) => problems.of(recordIds),
    'records.confirmMany': ({ recordIds, code, reason }) =>
      bulk.noting({ act: 'confirm', recordIds, code }, () => ({
        changed: decisions.confirmMany(recordIds, code, reason),
      })),
    'records.applyFixes': ({ recordIds, code }) =>
      bulk.noting({ act: 'fix', recordIds }, () => editing.applyProvedFixes(recordIds, code)),
    'records.hold': ({ recordIds, reason, until }) =>
      bulk.noting({ act: 'hold', recordIds }, () => ({ changed: decisions.hold(recordIds, reason, until) })),
    'records.release': ({ recordIds }) =>
      bulk.noting({ act: 'release', recordIds }, () => ({ changed: decisions.release(recordIds) })),
    'records.discard': ({ recordIds, reason }) =>
      bulk.noting({ act: 'discard', recordIds }, () => ({ changed: decisions.discard(recordIds, reason) })),
    'records.restore': ({ recordIds }) =>
      bulk.noting({ act: 'restore', recordIds }, () => ({ changed: decisions.restore(recordIds) })),
    'records.exclude': ({ recordIds, basis, reason }) =>
      bulk.noting({ act: 'exclude', recordIds }, () => ({
        changed: decisions.exclude(recordIds, basis, reason),
      })),
    'records.include': ({ recordIds, reason }) =>
      bulk.noting({ act: 'include', recordIds }, () => ({ changed: decisions.include(recordIds, reason) })),
    'records.undo': ({ undo }) => bulk.takeBack(undo),
    'records.operate': ({ recordId, op, reason }) => {
      editing.changeOperation({ recordId, op, changes: {}, reason })
      return views.detail(recordId)
    },
    'records.cancelChange': ({ recordId }) => {
      deps.undo.cancel(recordId)
      return views.detail(recordId)
    },
    'records.lateness': ({ recordId }) => {
      const record = records.find(recordId) ?? refuse('record.not-found', { recordId })
      const cutOff = deps.settings.get<string>('cutOff') ?? DEFAULT_CUT_OFF
      return deadlines.lateness(record, checking.type(record.recordType).spec.deadline, cutOff)
    },
    'records.reveal': ({ recordId, field, reason }) => ({ value: decisions.reveal(recordId, field, reason) }),
  }
}

import type { RowChange, RowIssue } from '@shared/contract/views/import-views'
import type { Clock } from '@shared/kernel/clock'
import type { FieldValues } from '@shared/standard/pack'
import type { Normalisation } from '@shared/standard/standard'
import type { ImportRepo } from '@engine/repos/import-repo'
import type { PassedCellsRepo } from '@engine/repos/passed-cells-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditNote, AuditRepo, RecordEntity, RecordRepo, RevisionEntity } from '@engine/repos/repo-types'
import { assessValues, isOfReading, withIssues } from '@engine/reading/assessment'
import type { Assessment } from '@engine/reading/assessment'
import { isOpen, standingOf, unconfirmed } from './checking-service'
import type { CheckingService, Judgement } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import type { RevisionWriter } from './editing-revisions'
import { acceptedChangeIssue, decideRow, repeatedRowIssue } from './intake-decision'
import type { KnownRecords, RowDecision, SeenRows } from './intake-decision'
import { createLotNeighbours } from './intake-lot-neighbours'
import type { LotNeighbours } from './intake-lot-neighbours'
import { createLotWriting } from './intake-lot-writing'
import type { LotWriting, Written } from './intake-lot-writing'
import { withSharedNumber } from './intake-neighbours'
import type { ImportPlan } from './intake-plan'
import { createMendedDrafts } from './intake-mended-drafts'
import type { MendedDrafts } from './intake-mended-drafts'
import { passedCellsOf } from './intake-passed-cells'
import { importCells, rowChange, rowIssue } from './intake-rows'
import type { AssessedRow } from './intake-rows'
import type { ImportTally } from './intake-tally'

/** One import as its rows go by. */
export interface ImportSession {
  readonly plan: ImportPlan
  readonly fileName: string
  readonly tally: ImportTally
  readonly seen: SeenRows
  /** Faulty drafts of earlier imports, which rows of this one may mend. */
  readonly drafts: MendedDrafts
  /** The file has been imported before, so its rows may have records already. */
  readonly isKnownFile: boolean
  /** Null for a preview: rows are judged, nothing is written. */
  readonly importId: string | null
}

/** Decides, judges and, unless it is a preview, writes rows; runs inside the caller's transaction when it writes. */
export interface RowStore {
  take(session: ImportSession, rows: readonly AssessedRow[]): void
  /** What `drafts` of a session is. */
  draftsFor(importId: string | null): MendedDrafts
}

/** What the rows of one lot are taken with; nothing is written of a preview. */
interface Lot {
  readonly known: KnownRecords
  readonly neighbours: LotNeighbours
  readonly writing: LotWriting | null
}

/** The rows of a file at a desk. */
export function createRowStore(deps: {
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly imports: ImportRepo
  readonly passedCells: PassedCellsRepo
  readonly audit: AuditRepo
  readonly checking: CheckingService
  readonly writer: RevisionWriter
  readonly deadlines: DeadlinesService
  readonly clock: Clock
  readonly actor: () => string
}): RowStore {
  const { records, lookup, imports, passedCells, audit, checking, writer, deadlines } = deps

  const headOf = (record: RecordEntity) => {
    const head = records.revision(record.recordId, record.headRevision)
    if (head === null) throw new Error(`record ${record.recordId} has no head revision`)
    return head
  }

  /** Over an accepted record, the row is a correction that somebody has to mean. */
  const mergedWith = (plan: ImportPlan, record: RecordEntity, row: AssessedRow): Assessment => {
    const merged = overStored(plan, record, row)
    const accepted =
      record.acceptedRevision === null ? null : records.revision(record.recordId, record.acceptedRevision)
    if (accepted === null) return merged
    const issue = acceptedChangeIssue(plan.type, accepted.values, merged.values)
    return withIssues(merged, [issue, ...merged.issues.filter(({ code }) => code !== issue.code)])
  }

  /** Whether an earlier revision had just what the columns of a row say, and the record has been changed since. */
  const isUndone = (plan: ImportPlan, head: RevisionEntity, row: AssessedRow): boolean => {
    const isSaidBy = (values: FieldValues | undefined): boolean =>
      values !== undefined &&
      [...plan.columnOf.keys()].every(
        (field) => (values[field] ?? '') === (row.assessment.values[field] ?? ''),
      )
    if (isSaidBy(head.values)) return false
    for (let revision = head.revision - 1; revision > 0; revision--)
      if (isSaidBy(records.revision(head.recordId, revision)?.values)) return true
    return false
  }

  /**
   * Fields without a column keep what the record has, and what is filled in for all rows goes only where it has nothing;
   * so do the issues of their cells. A row whose content somebody has changed since brings nothing else.
   */
  const overStored = (plan: ImportPlan, record: RecordEntity, row: AssessedRow): Assessment => {
    const head = headOf(record)
    const isOld = isUndone(plan, head, row)
    const isFilled = (field: string): boolean => plan.fills.has(field) && (head.values[field] ?? '') === ''
    const isBrought = (field: string): boolean => (plan.fills.has(field) ? isFilled(field) : !isOld)
    const isKept = (field: string): boolean => (isOld || !plan.columnOf.has(field)) && !isFilled(field)
    const kept = Object.entries(head.values).filter(([field]) => isKept(field))
    if (kept.length === 0) return row.assessment
    const issues = records
      .issues(record.recordId, record.headRevision)
      .filter((issue) => issue.field !== null && isKept(issue.field))
    const { assessment } = row
    const brought = Object.entries(assessment.values).filter(([field]) => isBrought(field))
    return assessValues(
      plan.type,
      { ...Object.fromEntries(kept), ...Object.fromEntries(brought) },
      [...issues, ...assessment.issues.filter(({ field }) => (field === null ? !isOld : isBrought(field)))],
      [
        ...head.changes.filter((change) => isKept(change.field)),
        ...assessment.changes.filter((change) => isBrought(change.field)),
      ],
      deadlines.today(),
    )
  }

  const isReadBetter = (record: RecordEntity, { sha256, issues }: Assessment): boolean => {
    if (record.openIssues === 0 || record.delivery !== 'none' || headOf(record).sha256 !== sha256)
      return false
    const left = new Set(issues.map(({ code, field }) => `${code} ${field}`))
    return records
      .issues(record.recordId, record.headRevision)
      .some((issue) => isOpen(issue) && isOfReading(issue) && !left.has(`${issue.code} ${issue.field}`))
  }

  const knownFor = (
    { isKnownFile, drafts, fileName, importId }: ImportSession,
    neighbours: LotNeighbours,
  ): KnownRecords => ({
    find: (recordId) => records.find(recordId),
    findByNaturalKey: (naturalKey) => neighbours.findByNaturalKey(naturalKey),
    findByOrigin: (origin) => (isKnownFile ? lookup.findByOrigin(origin) : null),
    hadPayload: (recordId, sha256) => lookup.hadPayload(recordId, sha256),
    mergedWith: (record, row) => mergedWith(row.plan, record, row),
    rowBehind(record) {
      if (importId === null || record.importId !== importId || record.originRow === null) return null
      const first = records.revision(record.recordId, 1)
      return first === null ? null : { row: record.originRow, sha256: first.sha256 }
    },
    remembersRows: importId !== null,
    mendedDraft: (row, isTaken) => drafts.find(row, fileName, isTaken),
    isReadBetter,
  })

  /** A repeated row is told apart from a record of an earlier day: the clerk mends the file, not the desk. */
  const shownIssues = (
    row: AssessedRow,
    decision: RowDecision,
    judgement: Judgement,
  ): readonly RowIssue[] => {
    const { plan } = row
    const issues =
      decision.kind === 'repeats-row'
        ? [
            ...judgement.issues.filter((issue) => issue.params['otherRecordId'] === undefined),
            repeatedRowIssue(plan, row, decision.otherRow),
          ]
        : judgement.issues
    return issues.map((issue) => rowIssue(plan, row.row, issue))
  }

  /** A row that nobody has mended yet stands in the next error workbook too, so that one file holds all that is left. */
  const keepStillOpen = (
    plan: ImportPlan,
    importId: string,
    row: AssessedRow,
    { record, sha256 }: Extract<RowDecision, { kind: 'same' }>,
  ): void => {
    if (record === null || record.openIssues === 0 || headOf(record).sha256 !== sha256) return
    const { recordId, headRevision } = record
    const issues = records
      .issues(recordId, headRevision)
      .filter((issue) => issue.source === 'local' && isOpen(issue))
      .map((issue) => rowIssue(plan, row.row, issue))
    if (issues.length > 0)
      imports.addRow(importId, { row: row.row, recordId, cells: importCells(row), issues })
  }

  const takeRow = (session: ImportSession, lot: Lot, row: AssessedRow): Written | null => {
    const { known, neighbours, writing } = lot
    const { tally, importId } = session
    const { plan } = row
    const decision = decideRow(plan, row, known, session.seen)
    const shown = (change: Normalisation): RowChange => rowChange(plan, row.row, change)
    if (row.isHidden) tally.addHidden()
    if (decision.kind === 'same') {
      if (importId !== null) keepStillOpen(plan, importId, row, decision)
      tally.addRow(row.row, 'same', 'clean', [], [], shown)
      return null
    }
    const isUpdate = decision.kind === 'update'
    const assessment = isUpdate ? decision.assessment : row.assessment
    if (isUpdate) writing?.settle()
    // What a record becomes with what it had may have other keys than the row, about which nobody has asked yet.
    const judged = isUpdate
      ? checking.judge(plan.type, assessment, decision.record.recordId)
      : checking.judge(plan.type, assessment, null, neighbours)
    const { documents } = session.seen
    const judgement = {
      ...judged,
      // What is stored tells of itself; a preview has to remember.
      issues:
        importId === null
          ? withSharedNumber(plan.type, row.row, assessment, judged.issues, documents)
          : judged.issues,
    }
    const issues = shownIssues(row, decision, judgement)
    const written = writing?.write(row, decision, judgement) ?? null
    if (written !== null) neighbours.note(assessment)
    const quality =
      written?.quality ??
      (decision.kind === 'repeats-row'
        ? 'blocked'
        : standingOf(plan.type, unconfirmed(judgement.issues)).quality)
    if (importId !== null && issues.length > 0) {
      imports.addRow(importId, {
        row: row.row,
        recordId: written?.recordId ?? null,
        cells: importCells(row),
        issues,
      })
    }
    const outcome = isUpdate ? 'updated' : 'imported'
    tally.addRow(row.row, outcome, quality, issues, row.assessment.changes, shown)
    return written
  }

  return {
    draftsFor: (importId) => createMendedDrafts({ lookup, records }, importId),

    take(session, rows) {
      const { importId, fileName, plan } = session
      const writing = importId === null ? null : createLotWriting({ writer, headOf }, { importId, fileName })
      const settle = (): void => writing?.settle()
      const neighbours = createLotNeighbours({ records, lookup, settle }, rows)
      const lot: Lot = { known: knownFor(session, neighbours), neighbours, writing }
      const entry = { at: deps.clock.now(), actor: deps.actor() }
      const notes: AuditNote[] = []
      for (const row of rows) {
        const written = takeRow(session, lot, row)
        if (written === null) continue
        for (const { act, body } of written.acts) notes.push({ ...entry, act, body, ref: written.recordId })
      }
      if (importId === null) return
      settle()
      audit.appendAll(notes)
      passedCells.add(importId, passedCellsOf(plan, rows))
    },
  }
}

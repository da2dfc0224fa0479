import type { RowIssue } from '@shared/contract/views/import-views'
import type { Clock } from '@shared/kernel/clock'
import type { Quality } from '@shared/standard/issue'
import type { ImportRepo } from '@engine/repos/import-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditNote, AuditRepo, RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import { assessValues } from './checking-assessment'
import type { Assessment } from './checking-assessment'
import { standingOf, unconfirmed } from './checking-service'
import type { CheckingService, Judgement } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import { purposeAfter } from './editing-purpose'
import type { RevisionWriter } from './editing-revisions'
import { decideRow, repeatedRowIssue } from './intake-decision'
import type { KnownRecords, RowDecision, SeenKeys } from './intake-decision'
import type { ImportPlan } from './intake-plan'
import { rowChange, rowIssue } from './intake-rows'
import type { AssessedRow } from './intake-rows'
import type { ImportTally } from './intake-tally'

/** One import as its rows go by. */
export interface ImportSession {
  readonly plan: ImportPlan
  readonly fileName: string
  readonly tally: ImportTally
  readonly seen: SeenKeys
  /** The file has been imported before, so its rows may have records already. */
  readonly isKnownFile: boolean
  /** Null for a preview: rows are judged, nothing is written. */
  readonly importId: string | null
}

/** What was written of a row, and how the audit trail tells it. */
interface Written extends Pick<AuditNote, 'act' | 'body'> {
  readonly recordId: string
  readonly quality: Quality
}

/** Decides, judges and, unless it is a preview, writes rows; runs inside the caller's transaction when it writes. */
export interface RowStore {
  take(session: ImportSession, rows: readonly AssessedRow[]): void
}

/** The rows of a file at a desk. */
export function createRowStore(deps: {
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly imports: ImportRepo
  readonly audit: AuditRepo
  readonly checking: CheckingService
  readonly writer: RevisionWriter
  readonly deadlines: DeadlinesService
  readonly clock: Clock
  readonly actor: () => string
}): RowStore {
  const { records, lookup, imports, audit, checking, writer, deadlines } = deps

  const headOf = (record: RecordEntity) => {
    const head = records.revision(record.recordId, record.headRevision)
    if (head === null) throw new Error(`record ${record.recordId} has no head revision`)
    return head
  }

  /** Fields without a column keep what the record has; so do the issues of their cells. */
  const mergedWith = (plan: ImportPlan, record: RecordEntity, row: AssessedRow): Assessment => {
    const head = headOf(record)
    const isElsewhere = (field: string): boolean => !plan.columnOf.has(field)
    const kept = Object.entries(head.values).filter(([field]) => isElsewhere(field))
    if (kept.length === 0) return row.assessment
    const issues = records
      .issues(record.recordId, record.headRevision)
      .filter((issue) => issue.field !== null && isElsewhere(issue.field))
    return assessValues(
      plan.type,
      { ...Object.fromEntries(kept), ...row.assessment.values },
      [...issues, ...row.assessment.issues],
      [...head.changes.filter((change) => isElsewhere(change.field)), ...row.assessment.changes],
      deadlines.today(),
    )
  }

  const knownFor = ({ plan, isKnownFile }: ImportSession): KnownRecords => ({
    find: (recordId) => records.find(recordId),
    findByNaturalKey: (naturalKey) => records.findByNaturalKey(naturalKey),
    findByOrigin: (origin) => (isKnownFile ? lookup.findByOrigin(origin) : null),
    hadPayload: (recordId, sha256) => lookup.hadPayload(recordId, sha256),
    mergedWith: (record, row) => mergedWith(plan, record, row),
  })

  const write = (
    { plan, fileName }: ImportSession,
    importId: string,
    row: AssessedRow,
    decision: RowDecision,
    judgement: Judgement,
  ): Written => {
    if (decision.kind === 'update') {
      const { record, assessment } = decision
      const raw = { ...headOf(record).raw, ...row.raw }
      const standing = writer.append(
        record,
        plan.type,
        assessment,
        judgement,
        raw,
        purposeAfter(record, headOf(record), null),
      )
      const { quality } = standing
      const body = { importId, revision: record.headRevision + 1, row: row.row, quality }
      return { recordId: record.recordId, quality, act: 'record.updated', body }
    }
    const origin = { fileHash: plan.sha256, fileName, sheet: plan.sheet.name, row: row.row, importId }
    const { recordId, standing } = writer.insert(plan.type, row.assessment, judgement, row.raw, origin)
    const { quality } = standing
    return { recordId, quality, act: 'record.imported', body: { importId, row: row.row, quality } }
  }

  /** A repeated row is told apart from a record of an earlier day: the clerk mends the file, not the desk. */
  const shownIssues = (
    session: ImportSession,
    row: AssessedRow,
    decision: RowDecision,
    judgement: Judgement,
  ): readonly RowIssue[] => {
    const { plan } = session
    const issues =
      decision.kind === 'repeats-row'
        ? [
            ...judgement.issues.filter((issue) => issue.params['otherRecordId'] === undefined),
            repeatedRowIssue(plan, row, decision.otherRow),
          ]
        : judgement.issues
    return issues.map((issue) => rowIssue(plan, row.row, issue))
  }

  const takeRow = (session: ImportSession, known: KnownRecords, row: AssessedRow): Written | null => {
    const { plan, tally, importId } = session
    const decision = decideRow(plan, row, known, session.seen)
    if (decision.kind === 'same') {
      tally.addRow(row.row, 'same', 'clean', [], [])
      return null
    }
    const isUpdate = decision.kind === 'update'
    const assessment = isUpdate ? decision.assessment : row.assessment
    const judgement = checking.judge(plan.type, assessment, isUpdate ? decision.record.recordId : null)
    const issues = shownIssues(session, row, decision, judgement)
    const written = importId === null ? null : write(session, importId, row, decision, judgement)
    const quality =
      written?.quality ??
      (decision.kind === 'repeats-row'
        ? 'blocked'
        : standingOf(plan.type, unconfirmed(judgement.issues)).quality)
    if (importId !== null && issues.length > 0) {
      imports.addRow(importId, {
        row: row.row,
        recordId: written?.recordId ?? null,
        cells: Array.from(row.source.cells, (cell) => cell?.text ?? ''),
        issues,
      })
    }
    const changes = row.assessment.changes.map((change) => rowChange(plan, row.row, change))
    tally.addRow(row.row, isUpdate ? 'updated' : 'imported', quality, issues, changes)
    return written
  }

  return {
    take(session, rows) {
      const known = knownFor(session)
      const entry = { at: deps.clock.now(), actor: deps.actor() }
      const notes: AuditNote[] = []
      for (const row of rows) {
        const written = takeRow(session, known, row)
        if (written !== null)
          notes.push({ ...entry, act: written.act, ref: written.recordId, body: written.body })
      }
      if (session.importId !== null) audit.appendAll(notes)
    },
  }
}

import type { Quality } from '@shared/standard/issue'
import { revisionTexts } from '@shared/standard/revision-texts'
import type { AuditNote, RecordEntity, RevisionEntity } from '@engine/repos/repo-types'
import type { Judgement } from './checking-service'
import { purposeAfter } from './editing-purpose'
import type { MadeRecord, RevisionWriter } from './editing-revisions'
import type { RowDecision } from './intake-decision'
import type { AssessedRow } from './intake-rows'

/** What was written of a row, and how the audit trail tells it. */
export interface Written {
  readonly recordId: string
  readonly quality: Quality
  readonly acts: readonly Pick<AuditNote, 'act' | 'body'>[]
}

/**
 * Writes the rows of one lot, inside the caller's transaction. New records wait and are inserted together: before a
 * record is changed, and before the store is asked about them, they are settled.
 */
export interface LotWriting {
  write(row: AssessedRow, decision: RowDecision, judgement: Judgement): Written
  /** Brings to the store what still waits. */
  settle(): void
}

/** The writing of one lot of an import. */
export function createLotWriting(
  deps: {
    readonly writer: RevisionWriter
    readonly headOf: (record: RecordEntity) => RevisionEntity
  },
  { importId, fileName }: { readonly importId: string; readonly fileName: string },
): LotWriting {
  const { writer, headOf } = deps
  const stamp = writer.stamp()
  let waiting: MadeRecord[] = []

  const settle = (): void => {
    if (waiting.length === 0) return
    const made = waiting
    waiting = []
    writer.insertAll(made)
  }

  const update = (
    { plan, row, raw }: AssessedRow,
    { record, assessment }: Extract<RowDecision, { kind: 'update' }>,
    judgement: Judgement,
  ): Written => {
    const head = headOf(record)
    const purpose = purposeAfter(record, head, null)
    const { quality, revision } = writer.append(
      record,
      plan.type,
      assessment,
      judgement,
      revisionTexts({ ...head.raw, ...raw() }, assessment),
      purpose,
    )
    const isFirstCorrection = purpose.op === 'correct' && record.op !== 'correct'
    return {
      ...{ recordId: record.recordId, quality },
      acts: [
        ...(isFirstCorrection ? [{ act: 'record.correction-drafted', body: { revision } }] : []),
        { act: 'record.updated', body: { importId, revision, row, quality } },
      ],
    }
  }

  return {
    settle,
    write(row, decision, judgement) {
      if (decision.kind === 'update') return update(row, decision, judgement)
      const { plan, assessment, content } = row
      const origin = { fileHash: plan.sha256, fileName, sheet: plan.sheet.name, row: row.row, importId }
      const made = writer.make(stamp, plan.type, assessment, judgement, content, origin)
      waiting.push(made)
      const { recordId, quality } = made.record
      return {
        recordId,
        quality,
        acts: [{ act: 'record.imported', body: { importId, row: row.row, quality } }],
      }
    },
  }
}

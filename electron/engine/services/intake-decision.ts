import { inFlight } from '@shared/domain/record-status'
import type { Issue } from '@shared/standard/issue'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import type { Assessment } from './checking-assessment'
import type { ImportPlan } from './intake-plan'
import type { AssessedRow } from './intake-rows'

/** What is to become of a row. */
export type RowDecision =
  | { readonly kind: 'insert' }
  | { readonly kind: 'same' }
  | { readonly kind: 'update'; readonly record: RecordEntity; readonly assessment: Assessment }
  /** The same key stood in an earlier row with other content. */
  | { readonly kind: 'repeats-row'; readonly otherRow: number }

/** The natural keys of the rows of one file as they go by: row and payload of the first of each. */
export type SeenKeys = Map<string, { readonly row: number; readonly sha256: string }>

/** What the store knows; a check without a store knows nothing. */
export type KnownRecords = Pick<RecordRepo, 'find' | 'findByNaturalKey'> &
  Pick<RecordLookup, 'findByOrigin' | 'hadPayload'> & {
    /** A row put over what a record has in the fields that the file does not carry. */
    mergedWith(record: RecordEntity, row: AssessedRow): Assessment
  }

/** The knowledge of a desk without records. */
export const noRecords: KnownRecords = {
  find: () => null,
  findByNaturalKey: () => null,
  findByOrigin: () => null,
  hadPayload: () => false,
  mergedWith: (_, row) => row.assessment,
}

const canBeUpdated = (record: RecordEntity): boolean =>
  record.acceptedRevision === null && record.editorial !== 'discarded' && !inFlight.includes(record.delivery)

/**
 * Matches a row with what is there. In order: a row of the same file with the same key; the record that an error
 * workbook of ours names; the record that came from this very place of this very file; the owner of the natural key.
 * What a record has carried in any revision is nothing new, so an older file never undoes a later correction.
 */
export function decideRow(
  plan: ImportPlan,
  row: AssessedRow,
  known: KnownRecords,
  seen: SeenKeys,
): RowDecision {
  const { naturalKey, sha256 } = row.assessment
  const earlier = naturalKey === null ? undefined : seen.get(naturalKey)
  if (earlier !== undefined) {
    return earlier.sha256 === sha256 ? { kind: 'same' } : { kind: 'repeats-row', otherRow: earlier.row }
  }
  if (naturalKey !== null) seen.set(naturalKey, { row: row.row, sha256 })

  const marked = row.mark === null ? null : known.find(row.mark)
  const recordType = plan.type.spec.code
  const own =
    marked?.recordType === recordType
      ? marked
      : known.findByOrigin({ fileHash: plan.sha256, recordType, sheet: plan.sheet.name, row: row.row })
  const owner = naturalKey === null ? null : known.findByNaturalKey(naturalKey)
  for (const record of [own, owner]) {
    if (record === null) continue
    const assessment = known.mergedWith(record, row)
    if (known.hadPayload(record.recordId, assessment.sha256)) return { kind: 'same' }
    if (canBeUpdated(record)) return { kind: 'update', record, assessment }
  }
  return { kind: 'insert' }
}

/** The issue of a row whose key stood in an earlier row with other content. */
export function repeatedRowIssue(plan: ImportPlan, row: AssessedRow, otherRow: number): Issue {
  const field = plan.type.spec.search.docNo
  return {
    code: 'import.repeated-row',
    severity: 'error',
    field,
    value: row.assessment.values[field] ?? null,
    params: { otherRow },
  }
}

import { inFlight } from '@shared/domain/record-status'
import { headlineField } from '@shared/standard/headline-field'
import type { Issue } from '@shared/standard/issue'
import type { FieldValues } from '@shared/standard/pack'
import type { CompiledType } from '@shared/standard/standard'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import type { Assessment } from '@engine/reading/assessment'
import { isLive } from './editing-purpose'
import type { ImportPlan } from './intake-plan'
import type { SeenDocuments } from './intake-neighbours'
import type { AssessedRow } from './intake-rows'

/** What is to become of a row. */
export type RowDecision =
  | { readonly kind: 'insert' }
  /** Nothing new; `record` holds it, null when an earlier row does. `sha256` is of what the row says. */
  | { readonly kind: 'same'; readonly record: RecordEntity | null; readonly sha256: string }
  | { readonly kind: 'update'; readonly record: RecordEntity; readonly assessment: Assessment }
  /** The same key stood in an earlier row with other content. */
  | { readonly kind: 'repeats-row'; readonly otherRow: number }

/** A row that went by: its number and the hash of what it says. */
export interface SeenRow {
  readonly row: number
  readonly sha256: string
}

/** What the rows of one file have laid hands on as they go by. */
export interface SeenRows {
  /** Natural keys of rows that made no record of their own: row and payload of the first of each. */
  readonly keys: Map<string, SeenRow>
  /** Records that a row was matched with: a copied row must not overwrite what its original brought. */
  readonly records: Set<string>
  readonly documents: SeenDocuments
}

/** Nothing seen yet. */
export const nothingSeen = (): SeenRows => ({
  keys: new Map(),
  records: new Set(),
  documents: new Map(),
})

/** What the store knows; a check without a store knows nothing. */
export type KnownRecords = Pick<RecordRepo, 'find' | 'findByNaturalKey'> &
  Pick<RecordLookup, 'findByOrigin' | 'hadPayload'> & {
    /** A row put over what a record has in the fields that the file does not carry. */
    mergedWith(record: RecordEntity, row: AssessedRow): Assessment
    /**
     * The row of this import that made a record, or null. A store that remembers its rows so need not have them
     * remembered in memory, however long the file is.
     */
    rowBehind(record: RecordEntity): SeenRow | null
    /** Whether `rowBehind` will know the row that is inserted next. */
    readonly remembersRows: boolean
    /** The faulty draft of an earlier import that a row mends, but for those other rows have. */
    mendedDraft(row: AssessedRow, isTaken: (recordId: string) => boolean): RecordEntity | null
    /** Whether a record has an open issue of the reading of its row that the same content, read again, has not. */
    isReadBetter(record: RecordEntity, assessment: Assessment): boolean
  }

/** The knowledge of a desk without records. */
export const noRecords: KnownRecords = {
  find: () => null,
  findByNaturalKey: () => null,
  findByOrigin: () => null,
  hadPayload: () => false,
  mergedWith: (_, row) => row.assessment,
  rowBehind: () => null,
  remembersRows: false,
  mendedDraft: () => null,
  isReadBetter: () => false,
}

/** An accepted record takes a row as a correction, as long as the platform still holds what is corrected. */
const canBeUpdated = (record: RecordEntity): boolean =>
  (record.acceptedRevision === null || isLive(record)) &&
  record.editorial !== 'discarded' &&
  !inFlight.includes(record.delivery)

/** The record that a row says is its own: by the mark of an error workbook, else by the place it came from. */
function ownRecord(plan: ImportPlan, row: AssessedRow, known: KnownRecords): RecordEntity | null {
  const recordType = plan.type.spec.code
  const marked = row.mark === null ? null : known.find(row.mark)
  if (marked?.recordType === recordType) return marked
  return known.findByOrigin({ fileHash: plan.sha256, recordType, sheet: plan.sheet.name, row: row.row })
}

/**
 * Matches a row with what is there. In order: a row of the same file with the same key and content; the record that an
 * error workbook of ours names; the record that came from this very place of this very file; the owner of the natural
 * key, unless an earlier row has the key; where nobody owns it, the faulty draft that the row mends. What a record has
 * carried in any revision is nothing new, so an older file never undoes a later correction.
 */
export function decideRow(
  plan: ImportPlan,
  row: AssessedRow,
  known: KnownRecords,
  seen: SeenRows,
): RowDecision {
  const { naturalKey, sha256 } = row.assessment
  const holder = naturalKey === null ? null : known.findByNaturalKey(naturalKey)
  const earlier = naturalKey === null ? null : (seen.keys.get(naturalKey) ?? rowBehind(known, holder))
  if (earlier?.sha256 === sha256) return { kind: 'same', record: null, sha256 }

  const own = ownRecord(plan, row, known)
  const owner = earlier === null ? holder : null
  const isNew = own === null && owner === null && earlier === null
  const mended = isNew ? known.mendedDraft(row, (recordId) => seen.records.has(recordId)) : null
  const decision = decideByRecords([own, owner, mended], row, known, seen)
  if (decision === null && earlier !== null) return { kind: 'repeats-row', otherRow: earlier.row }
  const isRemembered = decision === null && holder === null && known.remembersRows
  if (naturalKey !== null && earlier === null && !isRemembered)
    seen.keys.set(naturalKey, { row: row.row, sha256 })
  return decision ?? { kind: 'insert' }
}

const rowBehind = (known: KnownRecords, holder: RecordEntity | null): SeenRow | null =>
  holder === null ? null : known.rowBehind(holder)

/** What a row is to the first of some records that it may speak of; null when to none. */
function decideByRecords(
  records: readonly (RecordEntity | null)[],
  row: AssessedRow,
  known: KnownRecords,
  seen: SeenRows,
): RowDecision | null {
  for (const record of records) {
    if (record === null || seen.records.has(record.recordId)) continue
    const assessment = known.mergedWith(record, row)
    // An error workbook of ours is laid out anew: what was wrong with the look of a row is not mended by that.
    const isKnown =
      known.hadPayload(record.recordId, assessment.sha256) &&
      (row.plan.isErrorWorkbook || !known.isReadBetter(record, assessment))
    if (!isKnown && !canBeUpdated(record)) continue
    seen.records.add(record.recordId)
    return isKnown
      ? { kind: 'same', record, sha256: assessment.sha256 }
      : { kind: 'update', record, assessment }
  }
  return null
}

const LABELS_SHOWN = 6

/** The question of a row that changes what the platform has accepted: a correction, or another decision by mistake? */
export function acceptedChangeIssue(
  { spec, fields }: CompiledType,
  accepted: FieldValues,
  values: FieldValues,
): Issue {
  const changed = fields.filter(({ code }) => (accepted[code] ?? '') !== (values[code] ?? ''))
  const labels = changed.slice(0, LABELS_SHOWN).map(({ label }) => label)
  if (changed.length > LABELS_SHOWN) labels.push('……')
  const field = headlineField(spec)
  return {
    code: 'import.changes-accepted',
    severity: 'warning',
    field,
    value: values[field] ?? null,
    params: { labels: labels.join('、') },
  }
}

/** The issue of a row whose key stood in an earlier row with other content. */
export function repeatedRowIssue(plan: ImportPlan, row: AssessedRow, otherRow: number): Issue {
  const field = headlineField(plan.type.spec)
  return {
    code: 'import.repeated-row',
    severity: 'error',
    field,
    value: row.assessment.values[field] ?? null,
    params: { otherRow },
  }
}

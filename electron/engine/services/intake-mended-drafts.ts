/**
 * Whoever mends his own table, and not the error workbook, imports it again under whatever name and with rows moved. A
 * row then has another natural key than the draft that its faulty forerunner became. The draft is known again by what
 * was not complained of; without that it would stay behind, dead, and be asked about for ever.
 */
import { foldForKey } from '@shared/kernel/text'
import type { Issue } from '@shared/standard/issue'
import type { FieldValues, RecordTypeSpec } from '@shared/standard/pack'
import type { RecordLookup, WaitingDraft } from '@engine/repos/record-lookup'
import type { RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import type { AssessedRow } from './intake-rows'

/** Drafts looked through; a desk with more of them has other troubles. */
const MOST_DRAFTS = 20_000
/** Drafts compared with one row. */
const MOST_CANDIDATES = 20
/** Less than this in common is a coincidence. */
const LEAST_FIELDS = 4

/** Tells of the drafts that other rows of the file were matched with. */
type IsTaken = (recordId: string) => boolean

/** Finds the faulty draft that a row mends. */
export interface MendedDrafts {
  /** The draft, or null. */
  find(row: AssessedRow, fileName: string, isTaken: IsTaken): RecordEntity | null
  /** Once all rows are read: drafts of earlier files of this name that none of them was about. */
  countLeft(recordType: string, fileName: string, isTaken: IsTaken): number
}

type Index = ReadonlyMap<string, readonly WaitingDraft[]>

interface Drafts {
  readonly byPlace: Index
  readonly byDocument: Index
  readonly bySubject: Index
}

const placeKey = (fileName: string, sheet: string, row: number): string =>
  JSON.stringify([fileName, sheet, row])

function indexed(drafts: readonly WaitingDraft[], keysOf: (draft: WaitingDraft) => readonly string[]): Index {
  const index = new Map<string, WaitingDraft[]>()
  for (const draft of drafts) {
    for (const key of keysOf(draft)) {
      if (key === '') continue
      const same = index.get(key)
      if (same === undefined) index.set(key, [draft])
      else same.push(draft)
    }
  }
  return index
}

/** The fields that tell one decision from another: those of the natural key, document number and subject. */
function identityOf({ naturalKey, search }: RecordTypeSpec): ReadonlySet<string> {
  const named = [search.docNo, search.subjectName, search.subjectCode].filter((field) => field !== null)
  return new Set([...naturalKey.flatMap((part) => part.split('|')), ...named])
}

/**
 * Whether values are those of a faulty draft with its faults mended. What tells decisions apart must be the same
 * wherever the draft had a value that nobody complained of. Then the same document number for the same subject is
 * proof; without one, everything else that was in order must be the same too.
 */
export function isMendedFrom(
  spec: RecordTypeSpec,
  draft: { readonly values: FieldValues; readonly issues: readonly Issue[] },
  values: FieldValues,
): boolean {
  const blamed = new Set(
    draft.issues.filter(({ severity }) => severity === 'error').map(({ field }) => field),
  )
  const isSame = (field: string): boolean =>
    foldForKey(draft.values[field] ?? '') === foldForKey(values[field] ?? '')
  const isGood = (field: string): boolean => (draft.values[field] ?? '') !== '' && !blamed.has(field)
  for (const field of identityOf(spec)) if (isGood(field) && !isSame(field)) return false
  const { docNo, subjectName, subjectCode } = spec.search
  const isShared = (field: string | null): boolean =>
    field !== null && (draft.values[field] ?? '') !== '' && isSame(field)
  if (isShared(docNo) && (isShared(subjectName) || isShared(subjectCode))) return true
  const good = Object.keys(draft.values).filter(isGood)
  return good.length >= LEAST_FIELDS && good.every(isSame)
}

/** The drafts of a desk for one import, whose own rows are none of them. */
export function createMendedDrafts(
  deps: {
    readonly lookup: Pick<RecordLookup, 'blockedDrafts'>
    readonly records: Pick<RecordRepo, 'find' | 'revision' | 'issues'>
  },
  importId: string | null,
): MendedDrafts {
  const { lookup, records } = deps
  const ofType = new Map<string, Drafts>()

  const draftsOf = (recordType: string): Drafts => {
    const known = ofType.get(recordType)
    if (known !== undefined) return known
    const drafts = lookup.blockedDrafts(recordType, importId ?? '', MOST_DRAFTS)
    const made: Drafts = {
      byPlace: indexed(drafts, ({ fileName, sheet, row }) => [placeKey(fileName, sheet, row)]),
      byDocument: indexed(drafts, ({ docKey }) => [docKey]),
      bySubject: indexed(drafts, ({ subjectName, subjectCode }) => [subjectName, subjectCode]),
    }
    ofType.set(recordType, made)
    return made
  }

  return {
    find({ plan, row, assessment }, fileName, isTaken) {
      const { byPlace, byDocument, bySubject } = draftsOf(plan.type.spec.code)
      const { docKey, subjectName, subjectCode } = assessment.columns
      const candidates = new Set([
        ...(byPlace.get(placeKey(fileName, plan.sheet.name, row)) ?? []),
        ...(byDocument.get(docKey) ?? []).slice(0, MOST_CANDIDATES),
        ...(bySubject.get(subjectCode) ?? []).slice(0, MOST_CANDIDATES),
        ...(bySubject.get(subjectName) ?? []).slice(0, MOST_CANDIDATES),
      ])
      for (const { recordId } of candidates) {
        if (isTaken(recordId)) continue
        const record = records.find(recordId)
        const head = record === null ? null : records.revision(recordId, record.headRevision)
        if (record === null || head === null || record.quality !== 'blocked') continue
        const draft = { values: head.values, issues: records.issues(recordId, record.headRevision) }
        if (isMendedFrom(plan.type.spec, draft, assessment.values)) return record
      }
      return null
    },

    countLeft: (recordType, fileName, isTaken) =>
      lookup
        .blockedDrafts(recordType, importId ?? '', MOST_DRAFTS)
        .filter((draft) => draft.fileName === fileName && !isTaken(draft.recordId)).length,
  }
}

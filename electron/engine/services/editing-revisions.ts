import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import { qualityOf } from '@shared/standard/issue'
import type { RevisionTexts } from '@shared/standard/revision-texts'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import type { NewRecord, NewRevision, RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import type { Assessment } from '@engine/reading/assessment'
import { editorialAfterCheck, standingOf, unconfirmed } from './checking-service'
import type { Judgement, Standing } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import type { RevisionPurpose } from './editing-purpose'

/** Where a new record came from; null for one that was typed in. */
export interface RecordOrigin {
  readonly fileHash: string
  readonly fileName: string
  readonly sheet: string
  readonly row: number
  readonly importId: string
}

/** Who writes, when, and by which standard: the same for all that one unit of work writes. */
export interface WritingStamp {
  readonly at: string
  readonly author: string
  readonly standard: { readonly id: string; readonly version: string }
}

/** A record made, and how it stands. */
export interface MadeRecord extends NewRecord {
  readonly standing: Standing
}

/**
 * The one way in which records and revisions come to be; runs inside the caller's transaction. `content` is that of the
 * assessment, with its raw texts.
 */
export interface RevisionWriter {
  stamp(): WritingStamp
  /** Makes a record with its first revision, which is not written yet: many are written together. */
  make(
    stamp: WritingStamp,
    type: CompiledType,
    assessment: Assessment,
    judgement: Judgement,
    content: RevisionTexts,
    origin: RecordOrigin | null,
  ): MadeRecord
  insert(made: MadeRecord): void
  /** The same for many. */
  insertAll(made: readonly MadeRecord[]): void
  append(
    record: RecordEntity,
    type: CompiledType,
    assessment: Assessment,
    judgement: Judgement,
    content: RevisionTexts,
    purpose: RevisionPurpose,
  ): AppendedStanding
}

/** How a record stands after a revision was added, and the number of that revision. */
export interface AppendedStanding extends Standing {
  readonly revision: number
}

/** Writes revision 1, or n+1, with its issues, and brings the columns of the record in line with it. */
export function createRevisionWriter(deps: {
  readonly records: RecordRepo
  readonly clock: Clock
  readonly ids: Ids
  readonly standard: () => CompiledStandard
  readonly deadlines: DeadlinesService
  readonly actor: () => string
}): RevisionWriter {
  const { records, clock, ids, deadlines } = deps

  const stamp = (): WritingStamp => {
    const { id, version } = deps.standard().pack
    return { at: clock.now(), author: deps.actor(), standard: { id, version } }
  }

  const newRevision = (
    { at, author, standard }: WritingStamp,
    record: { readonly recordId: string; readonly revision: number },
    sha256: string,
    content: RevisionTexts,
    { op, reason, inReplyTo }: RevisionPurpose,
    quality: NewRevision['quality'],
  ): NewRevision => ({
    recordId: record.recordId,
    revision: record.revision,
    op,
    reason,
    inReplyTo,
    content,
    sha256,
    standardId: standard.id,
    standardVersion: standard.version,
    quality,
    delivery: 'none',
    author,
    createdAt: at,
  })

  const created: RevisionPurpose = { op: 'create', reason: null, inReplyTo: null }

  return {
    stamp,

    make(by, type, { columns, sha256 }, { naturalKey, isDuplicate, issues }, content, origin) {
      const recordId = ids.next()
      const standing = standingOf(type, unconfirmed(issues))
      const { quality, openIssues, headlineCode, headline, headlineField } = standing
      const { docNo, docKey, subjectName, subjectCode, legalDate, searchText } = columns
      const record: RecordEntity = {
        recordId,
        recordType: type.spec.code,
        naturalKey,
        isDuplicate,
        docNo,
        docKey,
        subjectName,
        subjectCode,
        legalDate,
        searchText,
        dueOn: deadlines.dueOn(legalDate, type.spec.deadline),
        headRevision: 1,
        op: 'create',
        delivery: 'none',
        quality,
        openIssues,
        headlineCode,
        headline,
        headlineField,
        editorial: editorialAfterCheck('draft', quality),
        heldReason: null,
        heldUntil: null,
        excludedBasis: null,
        excludedReason: null,
        platformRef: null,
        acceptedRevision: null,
        firstReceivedAt: null,
        originFileHash: origin?.fileHash ?? null,
        originFileName: origin?.fileName ?? null,
        originSheet: origin?.sheet ?? null,
        originRow: origin?.row ?? null,
        importId: origin?.importId ?? null,
        createdAt: by.at,
        updatedAt: by.at,
      }
      const revision = newRevision(by, { recordId, revision: 1 }, sha256, content, created, quality)
      return { record, revision, issues, standing }
    },

    insert({ record, revision, issues }) {
      records.insert(record)
      records.insertRevision(revision)
      if (issues.length > 0) records.replaceLocalIssues(record.recordId, 1, issues)
    },

    insertAll: (made) => records.insertNew(made),

    append(record, type, assessment, judgement, content, purpose) {
      const { recordId } = record
      // The head may have gone back to an accepted revision: numbers of changes that were taken back are not used again.
      const revision = records.lastRevision(recordId) + 1
      const quality = qualityOf(judgement.issues)
      records.insertRevision(
        newRevision(stamp(), { recordId, revision }, assessment.sha256, content, purpose, quality),
      )
      records.replaceLocalIssues(recordId, revision, judgement.issues)
      // Confirmations of the same warning about the same value have come over from the revision before.
      const standing = standingOf(type, records.issues(recordId, revision))
      const isReopened = record.editorial === 'sealed' || record.editorial === 'in_review'
      records.update(recordId, {
        naturalKey: judgement.naturalKey,
        isDuplicate: judgement.isDuplicate,
        ...assessment.columns,
        dueOn: deadlines.dueOn(assessment.columns.legalDate, type.spec.deadline),
        headRevision: revision,
        op: purpose.op,
        delivery: 'none',
        ...standing,
        editorial: editorialAfterCheck(
          isReopened || record.editorial === 'approved' ? 'draft' : record.editorial,
          standing.quality,
        ),
      })
      if (standing.quality !== quality) records.setQuality(recordId, revision, standing.quality)
      return { ...standing, revision }
    },
  }
}

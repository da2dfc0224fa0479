import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import { qualityOf } from '@shared/standard/issue'
import type { RevisionTexts } from '@shared/standard/revision-texts'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import type { NewRevision, RecordEntity, RecordRepo } from '@engine/repos/repo-types'
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

/**
 * The one way in which records and revisions come to be; runs inside the caller's transaction. `content` is that of the
 * assessment, with its raw texts.
 */
export interface RevisionWriter {
  insert(
    type: CompiledType,
    assessment: Assessment,
    judgement: Judgement,
    content: RevisionTexts,
    origin: RecordOrigin | null,
  ): { readonly recordId: string; readonly standing: Standing }
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

  const newRevision = (
    record: { readonly recordId: string; readonly revision: number },
    { sha256 }: Assessment,
    content: RevisionTexts,
    purpose: RevisionPurpose,
    quality: NewRevision['quality'],
    createdAt: string,
  ): NewRevision => {
    const { pack } = deps.standard()
    return {
      recordId: record.recordId,
      revision: record.revision,
      ...purpose,
      content,
      sha256,
      standardId: pack.id,
      standardVersion: pack.version,
      quality,
      delivery: 'none',
      author: deps.actor(),
      createdAt,
    }
  }

  return {
    insert(type, assessment, judgement, content, origin) {
      const recordId = ids.next()
      const now = clock.now()
      const standing = standingOf(type, unconfirmed(judgement.issues))
      records.insert({
        recordId,
        recordType: type.spec.code,
        naturalKey: judgement.naturalKey,
        isDuplicate: judgement.isDuplicate,
        ...assessment.columns,
        dueOn: deadlines.dueOn(assessment.columns.legalDate, type.spec.deadline),
        headRevision: 1,
        op: 'create',
        delivery: 'none',
        ...standing,
        editorial: editorialAfterCheck('draft', standing.quality),
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
        createdAt: now,
        updatedAt: now,
      })
      const purpose = { op: 'create', reason: null, inReplyTo: null } as const
      records.insertRevision(
        newRevision({ recordId, revision: 1 }, assessment, content, purpose, standing.quality, now),
      )
      if (judgement.issues.length > 0) records.replaceLocalIssues(recordId, 1, judgement.issues)
      return { recordId, standing }
    },

    append(record, type, assessment, judgement, content, purpose) {
      const { recordId } = record
      // The head may have gone back to an accepted revision: numbers of changes that were taken back are not used again.
      const revision = records.lastRevision(recordId) + 1
      const quality = qualityOf(judgement.issues)
      records.insertRevision(
        newRevision({ recordId, revision }, assessment, content, purpose, quality, clock.now()),
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

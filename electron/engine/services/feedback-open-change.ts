/**
 * What becomes of a change that was drafted about an accepted revision when the platform refuses that revision after
 * all: it holds nothing any more that could be corrected, withdrawn or taken down.
 */
import type { Clock } from '@shared/kernel/clock'
import type { Issue } from '@shared/standard/issue'
import { revisionTexts } from '@shared/standard/revision-texts'
import type { RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import { headlineOf } from './submission-platform-issues'

/**
 * Turns the unsealed change at the head of a record: a correction keeps what the clerk wrote and becomes another
 * attempt at the record itself; everything else is given up, and the refused revision waits for the clerk. Runs inside
 * the caller's transaction; whatever is sealed or is no change stays.
 */
export function turnOpenChange(
  deps: { readonly records: RecordRepo; readonly clock: Clock },
  { recordId, headRevision, delivery, editorial }: RecordEntity,
  revoked: number,
  issues: readonly Issue[],
): void {
  const { records, clock } = deps
  const head = records.revision(recordId, headRevision)
  const refused = records.revision(recordId, revoked)
  const isChange = headRevision !== revoked && delivery === 'none' && editorial !== 'discarded'
  if (head === null || refused === null || !isChange || head.op === 'create') return
  if (head.op !== 'correct') {
    records.update(recordId, {
      ...{ headRevision: revoked, op: refused.op, delivery: 'revoked' as const, quality: refused.quality },
      ...{ editorial: 'draft' as const, heldReason: null, heldUntil: null },
      ...headlineOf(issues),
    })
    return
  }
  const revision = records.lastRevision(recordId) + 1
  const local = records.issues(recordId, headRevision).filter(({ source }) => source === 'local')
  const { raw, values, changes, ...rest } = head
  const content = revisionTexts(raw, { values, changes })
  const createdAt = clock.now()
  records.insertRevision({ ...rest, content, revision, op: 'create', inReplyTo: revoked, createdAt })
  records.replaceLocalIssues(recordId, revision, local)
  // An approval is bound to the revision that was looked at.
  const isReviewed = editorial === 'approved' || editorial === 'in_review'
  records.update(recordId, {
    ...{ headRevision: revision, op: 'create' },
    ...(isReviewed ? { editorial: 'draft' as const } : {}),
  })
}

/**
 * Disputes: the bureau does not accept a verdict or a notice. The record leaves the list of what is to be fixed and
 * stays on the list of deadlines, until the platform gives way (then it is sent again as it is) or the bureau does.
 */
import type { DisputeView } from '@shared/contract/views/exchange-views'
import type { RecordRow } from '@shared/contract/views/record-views'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import { withoutPersonalData } from '@shared/standard/personal-data'
import { platformCodeText } from '@shared/texts/zh-CN/platform-codes'
import type { EventBus } from '@engine/event-bus'
import type { AttachmentRepo } from '@engine/repos/attachment-repo'
import type { DisputeEntity, DisputeRepo } from '@engine/repos/dispute-repo'
import type { NoticeRepo } from '@engine/repos/notice-repo'
import type { AuditRepo, RecordEntity, RecordRepo, Store } from '@engine/repos/repo-types'
import { presentViews } from './attachment-view'
import type { EditingService } from './editing-service'
import type { GivenAnswer, NoticeAnswersService } from './notice-answers-service'
import { announceRecords } from './editing-events'

export interface DisputesService {
  /** Answers a notice; a dispute about one of our records is opened with it. Refuses as `NoticeAnswersService.give`. */
  answer(given: GivenAnswer): void
  /**
   * Disputes the verdict on the head of a record. Refuses `record.not-found` and `dispute.nothing` when the head is not
   * refused, or is disputed already.
   */
  open(recordId: string, reason: string, evidence: readonly string[]): void
  /**
   * Ends a dispute. `upheld`: the platform has given way, a refused record becomes ready to be sent again as it is.
   * Refuses `dispute.not-found`.
   */
  close(disputeId: string, state: 'upheld' | 'dropped', outcome: string): void
  list(): readonly DisputeView[]
}

const LISTED = 500
const DISPUTABLE = ['rejected', 'revoked', 'duplicate']

export function createDisputesService(deps: {
  readonly store: Store
  readonly disputes: DisputeRepo
  readonly attachments: Pick<AttachmentRepo, 'ofRecord'>
  readonly notices: Pick<NoticeRepo, 'find' | 'setState'>
  readonly answers: NoticeAnswersService
  readonly records: RecordRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
  readonly rowOf: (record: RecordEntity) => RecordRow
  /** Makes another attempt out of a refused head; runs inside the caller's transaction. */
  readonly editing: Pick<EditingService, 'attemptAgain'>
}): DisputesService {
  const { store, disputes, records, clock } = deps

  const log = (act: string, recordId: string, body: Readonly<Record<string, string | number>>): void =>
    deps.audit.append({ at: clock.now(), actor: deps.actor(), act, ref: recordId, body })

  const insert = (
    about: Pick<DisputeEntity, 'recordId' | 'revision' | 'noticeId'>,
    reason: string,
    evidence: readonly string[],
  ): void => {
    const disputeId = deps.ids.next()
    disputes.insert({
      ...{ disputeId, ...about, reason, evidence, state: 'open' },
      ...{ openedBy: deps.actor(), openedAt: clock.now(), closedAt: null, outcome: null },
    })
    log('dispute.opened', about.recordId, {
      revision: about.revision,
      reason: withoutPersonalData(reason),
      evidence: evidence.length,
    })
  }

  const aboutOf = (
    dispute: DisputeEntity,
    record: RecordEntity,
  ): Pick<DisputeView, 'about' | 'serverText'> => {
    if (dispute.noticeId !== null) {
      const notice = deps.notices.find(dispute.noticeId)
      return { about: notice?.title ?? '', serverText: withoutPersonalData(notice?.text ?? '') }
    }
    const told = records
      .issues(record.recordId, dispute.revision)
      .find((issue) => issue.source === 'platform' && issue.severity === 'error')
    const words = told?.params['serverText']
    return {
      about: told === undefined ? '' : platformCodeText(told.code).meaning,
      serverText: words === undefined ? null : withoutPersonalData(String(words)),
    }
  }

  return {
    answer(given) {
      const recordId = store.write(() => {
        const notice = deps.answers.give(given)
        const record = notice.recordId === null ? null : records.find(notice.recordId)
        if (given.answer !== 'disputed' || record === null) return notice.recordId
        const about = { recordId: record.recordId, revision: record.headRevision, noticeId: given.noticeId }
        if (disputes.openAbout(about.recordId, about.revision) === null)
          insert(about, given.reason, given.evidence)
        return record.recordId
      })
      if (recordId === null) deps.bus.emit('inbox.changed', {})
      else announceRecords(deps.bus, [recordId])
    },

    open(recordId, reason, evidence) {
      store.write(() => {
        const record = records.find(recordId) ?? refuse('record.not-found', { recordId })
        const { headRevision: revision, delivery } = record
        if (!DISPUTABLE.includes(delivery) || disputes.openAbout(recordId, revision) !== null)
          refuse('dispute.nothing')
        insert({ recordId, revision, noticeId: null }, reason, evidence)
      })
      announceRecords(deps.bus, [recordId])
    },

    close(disputeId, state, outcome) {
      const recordId = store.write(() => {
        const dispute = disputes.find(disputeId)
        if (dispute?.state !== 'open') refuse('dispute.not-found')
        const { revision, noticeId } = dispute
        disputes.close(disputeId, state, clock.now(), outcome)
        log('dispute.closed', dispute.recordId, { revision, state, outcome: withoutPersonalData(outcome) })
        // A notice that is not disputed any more asks again; one that the platform gave up is done with.
        if (noticeId !== null) deps.notices.setState(noticeId, state === 'upheld' ? 'done' : 'open')
        const record = records.find(dispute.recordId)
        const isRefused = record?.headRevision === revision && DISPUTABLE.includes(record.delivery)
        if (state === 'upheld' && isRefused) deps.editing.attemptAgain(dispute.recordId, outcome)
        return dispute.recordId
      })
      announceRecords(deps.bus, [recordId])
    },

    list: () =>
      disputes.open(LISTED).flatMap((dispute) => {
        const record = records.find(dispute.recordId)
        if (record === null) return []
        const { disputeId, revision, noticeId, reason, evidence, openedBy, openedAt } = dispute
        const row = deps.rowOf(record)
        return [
          {
            ...{ disputeId, row, revision, noticeId, reason, evidence, openedBy, openedAt },
            attachments: presentViews(deps.attachments.ofRecord(record.recordId)),
            ...aboutOf(dispute, record),
          },
        ]
      }),
  }
}

/**
 * Answers to notices of the platform. An answer is on disk before it is sent and is sent, the same each time, until the
 * platform takes or refuses it: the platform counts one answer of a kind to a notice, however often it comes.
 */
import type { NoticeAnswerKind } from '@shared/domain/exchange'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { disputeTexts } from '@shared/texts/zh-CN/exchange'
import type { EventBus } from '@engine/event-bus'
import type { NoticeAnswerEntity, NoticeAnswerRepo } from '@engine/repos/notice-answer-repo'
import type { NoticeEntity, NoticeRepo } from '@engine/repos/notice-repo'
import type { AuditRepo, RecordRepo, Store } from '@engine/repos/repo-types'
import { backOffMs } from '@engine/transports/back-off'
import type { Fraction } from '@engine/transports/back-off'
import type { ConnectionService } from './connection-port'

/** What a person answers. */
export interface GivenAnswer {
  readonly noticeId: string
  readonly answer: Exclude<NoticeAnswerKind, 'corrected'>
  readonly reason: string
  /** Names of the documents behind a dispute. */
  readonly evidence: readonly string[]
}

export interface NoticeAnswersService {
  /** Answers that a notice of a kind takes from a person. */
  mayAnswer(notice: Pick<NoticeEntity, 'kind' | 'state'>): readonly NoticeAnswerKind[]
  /**
   * Keeps the answer of a person; inside the caller's transaction. Refuses `notice.not-found` and
   * `notice.not-answerable` for a notice that takes no such answer or has been answered.
   */
  give(given: GivenAnswer): NoticeEntity
  /** Answers the open notices of a kind about a record: an accepted operation has done what they asked for. */
  corrected(recordId: string, revision: number, kind: string): void
  /** Sends what is due; gives up at the first sign that the platform cannot be reached. Never throws for the world. */
  sendDue(signal: AbortSignal): Promise<void>
}

/** Notices that ask the bureau to do something. */
export const askingKinds: readonly string[] = ['correction.requested', 'takedown.ordered']
const BY_PERSON: readonly NoticeAnswerKind[] = ['noChangeNeeded', 'disputed']

export function createNoticeAnswersService(deps: {
  readonly store: Store
  readonly notices: NoticeRepo
  readonly answers: NoticeAnswerRepo
  readonly records: Pick<RecordRepo, 'find'>
  readonly audit: AuditRepo
  readonly connection: Pick<ConnectionService, 'isReady' | 'link' | 'traits' | 'transport'>
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  readonly fraction: Fraction
}): NoticeAnswersService {
  const { store, notices, answers, clock } = deps

  const log = (act: string, ref: string | null, body: Readonly<Record<string, string | number>>): void =>
    deps.audit.append({ at: clock.now(), actor: deps.actor(), act, ref, body })

  const keep = (
    notice: NoticeEntity,
    answer: NoticeAnswerKind,
    said: Pick<NoticeAnswerEntity, 'revision' | 'reason' | 'evidence'>,
  ): void => {
    const { noticeId, recordId } = notice
    answers.keep({
      ...said,
      ...{ noticeId, answer, recordId, state: 'waiting', attempts: 0, nextTryAt: null },
      ...{ lastFailure: null, answeredBy: deps.actor(), answeredAt: clock.now(), sentAt: null },
    })
    notices.setState(noticeId, 'answered')
    log('notice.answered', recordId, { noticeId, answer })
  }

  const mayAnswer: NoticeAnswersService['mayAnswer'] = ({ kind, state }) =>
    state === 'open' && askingKinds.includes(kind) ? BY_PERSON : []

  /** The platform knows a reason only, so the list of documents travels inside it. */
  const reasonOf = ({ reason, evidence }: NoticeAnswerEntity): string | null =>
    evidence.length === 0
      ? reason
      : fill(disputeTexts.withEvidence, { reason, evidence: evidence.join('、') })

  /** Sends one answer; false when the platform cannot be reached now. */
  const sendOne = async (entry: NoticeAnswerEntity, signal: AbortSignal): Promise<boolean> => {
    const { noticeId, answer, recordId, revision } = entry
    const body = { answer, recordId, revision, reason: reasonOf(entry) }
    const reply = await deps.connection.transport().answerNotice(noticeId, body, signal)
    if (signal.aborted) return false
    const at = clock.now()
    if (reply.kind === 'ok') {
      store.write(() => {
        answers.sent(noticeId, answer, at)
        // A dispute goes on until the platform or the bureau gives way; everything else is done with.
        notices.setState(noticeId, answer === 'disputed' ? 'answered' : 'done')
        log('notice.answer-sent', recordId, { noticeId, answer })
      })
      return true
    }
    const { code } = reply.failure
    const mayTryAgain = reply.kind === 'retryable' || reply.kind === 'unknown' || reply.kind === 'auth'
    store.write(() => {
      if (mayTryAgain) {
        const retryAfterMs = reply.kind === 'auth' ? null : reply.retryAfterMs
        const waitMs = backOffMs(entry.attempts + 1, retryAfterMs, deps.fraction)
        answers.failed(noticeId, answer, new Date(Date.parse(at) + waitMs).toISOString(), code)
        return
      }
      answers.refused(noticeId, answer, code)
      log('notice.answer-refused', recordId, { noticeId, answer, failure: code })
    })
    return !mayTryAgain
  }

  return {
    mayAnswer,

    give({ noticeId, answer, reason, evidence }) {
      const notice = notices.find(noticeId) ?? refuse('notice.not-found')
      if (!mayAnswer(notice).includes(answer)) refuse('notice.not-answerable')
      const record = notice.recordId === null ? null : deps.records.find(notice.recordId)
      keep(notice, answer, { revision: record?.acceptedRevision ?? null, reason, evidence })
      return notice
    },

    corrected(recordId, revision, kind) {
      for (const notice of notices.openAbout(recordId, kind)) {
        keep(notice, 'corrected', { revision, reason: null, evidence: [] })
      }
    },

    async sendDue(signal) {
      const { connection } = deps
      if (!connection.isReady() || connection.link().state === 'auth' || !connection.traits().hasFeed) return
      const due = answers.due(clock.now())
      for (const entry of due) if (!(await sendOne(entry, signal))) break
      if (due.length > 0) deps.bus.emit('inbox.changed', {})
    },
  }
}

/**
 * Submission: seals what is ready, walks each batch through the platform until it is settled, and goes on with
 * whatever an earlier run left open. Every batch is driven under a lease, with the same ids and bytes each time.
 */
import type { SubmissionResult } from '@shared/contract/views/exchange-views'
import { canResume } from '@shared/domain/batch-status'
import type { Clock } from '@shared/kernel/clock'
import { FailureError } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import type { Log } from '@engine/ports'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { Store } from '@engine/repos/repo-types'
import type { Fraction, Pause } from '@engine/transports/back-off'
import type { BatchViewService } from './batch-view-service'
import type { ConnectionService } from './connection-port'
import type { NoticeAnswersService } from './notice-answers-service'
import type { OutageService } from './outage-service'
import type { QuarantineService } from './quarantine-service'
import type { SealingService, SealRequest } from './sealing-service'
import { createAdmission } from './submission-admission'
import type { SubmissionJournal } from './submission-journal'
import { createIsolation } from './submission-isolation'
import { patientRun } from './submission-patience'
import type { Patience } from './submission-patience'
import type { WithLease } from './submission-lease'
import { cancelled, isAboutTheLink } from './submission-halt'
import type { Steps } from './submission-steps'
import { createVisits } from './submission-visits'
import type { Visits } from './submission-visits'
import type { TaskHandle } from './tasks-service'

/** The result with the failure that ended the run early, if any. */
export interface SubmissionRun extends SubmissionResult {
  readonly failure: Failure | null
}

export interface SubmissionService extends Pick<Visits, 'visit' | 'settleFrom'> {
  /**
   * Seals what is ready and drives it to its end. Nothing to send is an empty result. Refuses before sealing with
   * `connection.missing`, `platform.auth-refused`, `platform.other-bureau` or `platform.standard-refused`; a run that was
   * cancelled before a batch was opened gives its records back and refuses with `task.cancelled`.
   */
  submit(request: SealRequest, task: TaskHandle): Promise<SubmissionRun>
  /**
   * Goes on with every open batch, and with those that were stopped: a person has asked for it. What no repetition
   * mends is among the batches as it stands.
   */
  resume(task: TaskHandle): Promise<SubmissionRun>
  /** Frees what a run that died had leased; call once when the store has been opened. */
  recover(): void
}

export interface SubmissionDeps {
  readonly store: Store
  readonly batches: BatchRepo
  readonly outbox: OutboxRepo
  readonly journal: SubmissionJournal
  readonly steps: Steps
  readonly sealing: SealingService
  readonly connection: ConnectionService
  readonly views: BatchViewService
  readonly quarantine: Pick<QuarantineService, 'takenOutOf'>
  readonly noticeAnswers: Pick<NoticeAnswersService, 'sendDue'>
  readonly outage: Pick<OutageService, 'note'>
  readonly withLease: WithLease
  readonly clock: Clock
  readonly log: Log
  readonly pause: Pause
  readonly fraction: Fraction
  readonly patience?: Patience
}

export function createSubmissionService(deps: SubmissionDeps): SubmissionService {
  const { store, batches, outbox } = deps
  const admission = createAdmission(deps)
  const isolation = createIsolation(deps)
  const patience = deps.patience ?? patientRun
  const visits = createVisits({ ...deps, admission, isolation })

  /** One batch after the other; ends at the first that shows that the platform cannot be used now. */
  const visitAll = async (queue: string[], task: TaskHandle): Promise<Failure | null> => {
    let first: Failure | null = null
    for (let at = 0; at < queue.length; at++) {
      const batchId = queue[at]!
      const found = await visits.visit(batchId, task, patience)
      queue.push(...visits.takeSuccessors(batchId))
      first ??= found
      if (found !== null && isAboutTheLink(found)) break
    }
    return first
  }

  /** What was accepted may answer notices; a line that is down is left alone, but looked at; no sending shows nothing. */
  const conclude = async (task: TaskHandle, found: Failure | null, hasSent: boolean): Promise<void> => {
    if (found === null || !isAboutTheLink(found)) await deps.noticeAnswers.sendDue(task.signal)
    if (hasSent || found !== null) await deps.outage.note(found, task.signal)
  }

  const result = (
    batchIds: readonly string[],
    notSent: SubmissionRun['notSent'],
    found: Failure | null,
  ): SubmissionRun => ({
    batches: batchIds
      .map((batchId) => deps.views.view(batchId))
      .filter((batch) => batch.state !== 'unsealed'),
    notSent: [...notSent, ...deps.quarantine.takenOutOf(batchIds)],
    failure: found,
  })

  return {
    visit: visits.visit,
    settleFrom: visits.settleFrom,

    recover() {
      store.write(() => outbox.releaseAll())
    },

    async submit(request, task) {
      deps.connection.transport()
      task.progress('sealing', 0, null)
      await admission.ask(task)
      await admission.refuseOtherBureau(task)
      if (task.signal.aborted) cancelled()
      const { batchIds, notSent } = deps.sealing.seal(request)
      const queue = [...batchIds]
      try {
        const found = await visitAll(queue, task)
        await conclude(task, found, queue.length > 0)
        return result(queue, notSent, found)
      } catch (error) {
        if (error instanceof FailureError && error.failure.code === 'task.cancelled') {
          for (const batchId of queue) deps.sealing.unseal(batchId)
        }
        throw error
      }
    },

    async resume(task) {
      const ids = batches
        .open(true)
        .map(({ batchId }) => batchId)
        .filter((batchId) => outbox.find(batchId)?.carrier !== 'package')
      const attempts = (batchId: string): number => outbox.find(batchId)?.attempts ?? 0
      // A batch at which the platform fails each time must not keep the others back: it comes after them.
      const queue = ids
        .filter((batchId) => canResume(outbox.find(batchId)?.lastFailure ?? null))
        .sort((a, b) => attempts(a) - attempts(b))
      const waiting = ids.filter((batchId) => !queue.includes(batchId))
      if (queue.length > 0) {
        deps.connection.transport()
        await admission.refuseOtherBureau(task)
      }
      const found = await visitAll(queue, task)
      await conclude(task, found, queue.length > 0)
      return result([...queue, ...waiting], [], found)
    },
  }
}

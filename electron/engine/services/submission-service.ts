/**
 * Submission: seals what is ready, walks each batch through the platform until it is settled, and goes on with
 * whatever an earlier run left open. Every batch is driven under a lease, with the same ids and bytes each time.
 */
import { setImmediate as letEventsIn } from 'node:timers/promises'
import type { SubmissionResult } from '@shared/contract/views/exchange-views'
import { canResume } from '@shared/domain/batch-status'
import type { Clock } from '@shared/kernel/clock'
import { failure, FailureError, refuse } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import type { Log } from '@engine/ports'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { BatchEntity, Store } from '@engine/repos/repo-types'
import { backOffMs } from '@engine/transports/back-off'
import type { Fraction, Pause } from '@engine/transports/back-off'
import type { Transport } from '@engine/transports/transport-port'
import type { BatchViewService } from './batch-view-service'
import type { ConnectionService } from './connection-port'
import type { NoticeAnswersService } from './notice-answers-service'
import type { OutageService } from './outage-service'
import type { QuarantineService } from './quarantine-service'
import type { SealingService, SealRequest } from './sealing-service'
import { createAdmission } from './submission-admission'
import type { SubmissionJournal } from './submission-journal'
import { createIsolation } from './submission-isolation'
import { atOnce, patientRun } from './submission-patience'
import type { Patience } from './submission-patience'
import type { WithLease } from './submission-lease'
import { isAboutTheLink, leftForLater } from './submission-halt'
import type { Halt } from './submission-halt'
import type { StepEnd, Steps, Walk } from './submission-steps'
import type { TaskHandle } from './tasks-service'

/** The result with the failure that ended the run early, if any. */
export interface SubmissionRun extends SubmissionResult {
  readonly failure: Failure | null
}

export interface SubmissionService {
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
  /** One visit to a batch; null when it was settled. Joins a visit that is under way. */
  visit(batchId: string, task: TaskHandle, patience: Patience): Promise<Failure | null>
  /** Goes on with one batch by what another transport than that of the connection has to say; null when it was settled. */
  settleFrom(batchId: string, transport: Transport, task: TaskHandle): Promise<Failure | null>
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

/** A walk that takes more steps than any honest platform asks for is broken off. */
const MOST_STEPS = 60

/** An end of a walk after which the batch itself still has to go on. */
type Setback = Exclude<Halt, { readonly kind: 'replaced' }>
/** A platform that has lost a batch so many times in one run is left for another run. */
const MOST_ABSENCES = 2

const cancelled = (): never => refuse('task.cancelled', {}, { kind: 'never' })

export function createSubmissionService(deps: SubmissionDeps): SubmissionService {
  const { store, batches, outbox, journal, clock } = deps
  const admission = createAdmission(deps)
  const isolation = createIsolation(deps)
  const patience = deps.patience ?? patientRun
  const underWay = new Map<string, Promise<Failure | null>>()
  /** Batches that took the place of one that was broken up. */
  const successors = new Map<string, readonly string[]>()

  const walk = async (run: Walk, from: BatchEntity): Promise<StepEnd> => {
    let step: StepEnd = from.state === 'sealed' ? 'begin' : 'locate'
    for (let taken = 0; typeof step === 'string' && step !== 'settled'; taken++) {
      if (run.task.signal.aborted) cancelled()
      if (taken > MOST_STEPS) {
        return { kind: 'later', failure: failure('transport.protocol', { detail: step }), isDoubt: true }
      }
      deps.log.info('submission.step', { batchId: run.batchId, step })
      // Sealing and noting a large batch take a while: the platform may have hung up meanwhile, and that must be heard
      // before its connection is used again.
      await letEventsIn()
      step = await deps.steps[step](run)
    }
    return step
  }

  /** Writes down why a walk ended; gives the pause before the next one, or null when this run is over. */
  const afterHalt = (run: Walk, halt: Setback, inRun: number, give: Patience): number | null => {
    const { batchId } = run
    const before = outbox.find(batchId)
    const attempts = (run.hasProgressed ? 0 : (before?.attempts ?? 0)) + 1
    if (halt.failure.code === 'task.cancelled') cancelled()
    if (halt.kind === 'auth') {
      journal.failed(batchId, before?.attempts ?? 0, null, halt.failure)
      return null
    }
    const isRefusedForGood =
      halt.kind === 'refused' &&
      (attempts === 1 || before?.lastFailure === halt.failure.code) &&
      attempts >= isolation.refusalsOf(journal.batch(batchId))
    if (halt.kind === 'stop' || isRefusedForGood) {
      journal.stopped(batchId, halt.failure)
      return null
    }
    if (halt.kind !== 'refused' && halt.isDoubt) journal.doubted(batchId, halt.failure)
    const isOver = halt.kind === 'later' || inRun >= give.attempts
    const retryAfterMs = halt.kind === 'retry' ? halt.retryAfterMs : null
    // A run of its own starts with short pauses again, whatever earlier runs met.
    const waitMs = backOffMs(isOver ? attempts : inRun, retryAfterMs, deps.fraction)
    const nextTryAt = new Date(Date.parse(clock.now()) + waitMs).toISOString()
    journal.failed(batchId, attempts, nextTryAt, halt.failure)
    return isOver || waitMs > give.longestPauseMs ? null : waitMs
  }

  /** Why a batch does not go on this way: it has left the desk on another. */
  const otherWay = (batchId: string, { traits }: Transport): Failure | null => {
    const carrier = outbox.find(batchId)?.carrier ?? null
    if (carrier === null || carrier === traits.kind) return null
    return failure('batch.other-way', { label: journal.batch(batchId).label })
  }

  const replaced = (batchId: string, by: readonly string[]): null => {
    successors.set(batchId, by)
    return null
  }

  const drive = async (
    batchId: string,
    transport: Transport,
    task: TaskHandle,
    give: Patience,
  ): Promise<Failure | null> => {
    const obstacle = otherWay(batchId, transport)
    if (obstacle !== null) return obstacle
    let settleWithinMs = give.settleWithinMs
    let absences = 0
    for (let inRun = 0; ;) {
      const batch = journal.batch(batchId)
      if (batch.state === 'settled' || batch.state === 'unsealed') return null
      if (batch.state === 'stopped') journal.beginSending(batchId, transport.traits.kind)
      const run: Walk = {
        batchId,
        transport,
        task,
        settleWithinMs,
        pollMs: deps.connection.limits().minPollSeconds * 1_000,
        missing: [],
        hasProgressed: false,
        hasResentParts: false,
        wasAbsent: false,
        receiptId: null,
      }
      const last = await walk(run, batch)
      if (run.wasAbsent) absences++
      const isOver = absences >= MOST_ABSENCES || settleWithinMs <= 0
      const end = isOver && typeof last !== 'string' ? leftForLater(last) : last
      settleWithinMs = run.settleWithinMs
      if (end === 'settled') return isolation.settled(batchId)
      if (typeof end === 'string') throw new Error(`a walk ended at ${end}`)
      if (end.kind === 'replaced') return replaced(batchId, end.batchIds)
      inRun = run.hasProgressed ? 1 : inRun + 1
      const waitMs = afterHalt(run, end, inRun, give)
      if (end.kind === 'refused' && end.fault !== null && journal.batch(batchId).state === 'stopped') {
        const rest = await isolation.isolate(run, end.fault, end.failure)
        if (rest !== null) return replaced(batchId, rest)
      }
      if (waitMs === null) return end.failure
      await deps.pause(waitMs, task.signal)
      // Whatever the pause was for: the platform had that long to settle what it has.
      if (journal.batch(batchId).state !== 'sending') settleWithinMs -= waitMs
    }
  }

  const driveAlone = (
    batchId: string,
    transport: Transport,
    task: TaskHandle,
    give: Patience,
  ): Promise<Failure | null> =>
    deps.withLease(
      batchId,
      () => failure('task.busy', {}, { kind: 'auto' }),
      () => drive(batchId, transport, task, give),
    )

  const leased = async (batchId: string, task: TaskHandle, give: Patience): Promise<Failure | null> => {
    try {
      const found = await admission.objection(task)
      if (found !== null) return found
      return await driveAlone(batchId, deps.connection.transport(), task, give)
    } catch (error) {
      if (task.signal.aborted && !(error instanceof FailureError)) cancelled()
      throw error
    }
  }

  const visit = (batchId: string, task: TaskHandle, give: Patience): Promise<Failure | null> => {
    const known = underWay.get(batchId)
    if (known !== undefined) return known
    const started = leased(batchId, task, give).finally(() => underWay.delete(batchId))
    underWay.set(batchId, started)
    return started
  }

  /** One batch after the other; ends at the first that shows that the platform cannot be used now. */
  const visitAll = async (queue: string[], task: TaskHandle): Promise<Failure | null> => {
    let first: Failure | null = null
    for (let at = 0; at < queue.length; at++) {
      const batchId = queue[at]!
      const found = await visit(batchId, task, patience)
      queue.push(...(successors.get(batchId) ?? []))
      successors.delete(batchId)
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
    visit,
    settleFrom: (batchId, transport, task) => driveAlone(batchId, transport, task, atOnce),

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
      const queue = ids.filter((batchId) => canResume(outbox.find(batchId)?.lastFailure ?? null))
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

/**
 * Visits to one batch: it is walked through the platform again and again, with the pauses that the ends of the walks ask
 * for, until it is settled or waits for somebody. Every visit holds the lease of the batch.
 */
import { setImmediate as letEventsIn } from 'node:timers/promises'
import type { Clock } from '@shared/kernel/clock'
import { failure, FailureError } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import type { Log } from '@engine/ports'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { BatchEntity } from '@engine/repos/repo-types'
import { backOffMs } from '@engine/transports/back-off'
import type { Fraction, Pause } from '@engine/transports/back-off'
import type { Transport } from '@engine/transports/transport-port'
import type { ConnectionService } from './connection-port'
import type { SealingService } from './sealing-service'
import type { Admission } from './submission-admission'
import type { Halt } from './submission-halt'
import { cancelled, leftForLater } from './submission-halt'
import type { Isolation } from './submission-isolation'
import type { SubmissionJournal } from './submission-journal'
import type { WithLease } from './submission-lease'
import { atOnce } from './submission-patience'
import type { Patience } from './submission-patience'
import type { StepEnd, Steps, Walk } from './submission-steps'
import type { TaskHandle } from './tasks-service'

export interface Visits {
  /** One visit to a batch; null when it was settled. Joins a visit that is under way. */
  visit(batchId: string, task: TaskHandle, patience: Patience): Promise<Failure | null>
  /** Goes on with one batch by what another transport than that of the connection has to say; null when it was settled. */
  settleFrom(batchId: string, transport: Transport, task: TaskHandle): Promise<Failure | null>
  /** The batches that took the place of one that was broken up; told once. */
  takeSuccessors(batchId: string): readonly string[]
}

export interface VisitDeps {
  readonly outbox: OutboxRepo
  readonly journal: SubmissionJournal
  readonly steps: Steps
  readonly sealing: SealingService
  readonly connection: ConnectionService
  readonly admission: Admission
  readonly isolation: Isolation
  readonly withLease: WithLease
  readonly clock: Clock
  readonly log: Log
  readonly pause: Pause
  readonly fraction: Fraction
}

/** A walk that takes more steps than any honest platform asks for is broken off. */
const MOST_STEPS = 60

/** An end of a walk after which the batch itself still has to go on. */
type Setback = Exclude<Halt, { readonly kind: 'replaced' }>
/** A platform that has lost a batch so many times in one run is left for another run. */
const MOST_ABSENCES = 2

export function createVisits(deps: VisitDeps): Visits {
  const { outbox, journal, clock, admission, isolation } = deps
  const underWay = new Map<string, Promise<Failure | null>>()
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

  return {
    visit,
    settleFrom: (batchId, transport, task) => driveAlone(batchId, transport, task, atOnce),
    takeSuccessors(batchId) {
      const found = successors.get(batchId) ?? []
      successors.delete(batchId)
      return found
    },
  }
}

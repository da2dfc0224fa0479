/**
 * What only a person can know about a batch, because no platform can be asked: whether it arrived. Noted with the
 * reason, and acted upon at once.
 */
import type { BatchDecision, UndecidedView } from '@shared/contract/views/exchange-views'
import type { Clock } from '@shared/kernel/clock'
import { failure, refuse } from '@shared/kernel/failure'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { RowDeliveryRepo } from '@engine/repos/row-delivery-repo'
import type { AuditRepo, BatchEntity, Store } from '@engine/repos/repo-types'
import type { ConnectionService } from './connection-port'
import type { SealingService } from './sealing-service'
import type { SubmissionJournal } from './submission-journal'
import type { WithLease } from './submission-lease'

export interface DecisionRequest {
  readonly batchId: string
  /** Only these records; null for all that wait for a decision. */
  readonly recordIds: readonly string[] | null
  /** `held`: the platform has it; `not-held`: it does not have it. */
  readonly decision: BatchDecision
  readonly reason: string
}

/** What a decision came to. */
export interface Decided {
  /** Records whose end was decided. */
  readonly decided: number
  /** Records that can be sent again. */
  readonly released: number
}

export interface DecisionService {
  /**
   * Takes a person's word for what became of a batch. Refuses `batch.not-found`, `batch.nothing-open`, `task.busy`; and
   * `batch.answer-needed` where a signed receipt is still to come and the platform is said to have the batch.
   */
  decide(request: DecisionRequest): Promise<Decided>
  /** What of a batch waits for such a word. Refuses `batch.not-found`. */
  undecided(batchId: string): UndecidedView
}

export interface DecisionDeps {
  readonly store: Store
  readonly batches: BatchRepo
  readonly outbox: OutboxRepo
  readonly rows: Pick<RowDeliveryRepo, 'undecided'>
  readonly audit: AuditRepo
  readonly journal: SubmissionJournal
  readonly sealing: SealingService
  readonly connection: Pick<ConnectionService, 'traits' | 'transport'>
  readonly withLease: WithLease
  readonly clock: Clock
  readonly actor: () => string
}

const LISTED = 500

export function createDecisionService(deps: DecisionDeps): DecisionService {
  const { batches, outbox } = deps

  const note = ({ batchId, label }: BatchEntity, { decision, reason }: DecisionRequest): void =>
    deps.audit.append({
      at: deps.clock.now(),
      actor: deps.actor(),
      act: decision === 'held' ? 'batch.decided-held' : 'batch.decided-not-held',
      ref: batchId,
      body: { label, reason },
    })

  /** A file that was not handed in: its records are free for the next one, or for the wire. */
  const takeBack = (batch: BatchEntity, request: DecisionRequest): Decided => {
    if (request.decision === 'held' || request.recordIds !== null)
      refuse('batch.answer-needed', { label: batch.label })
    const released = deps.store.write(() => {
      note(batch, request)
      deps.journal.stopped(batch.batchId, failure('batch.other-way', { label: batch.label }))
      return deps.sealing.release(batch.batchId)
    })
    return { decided: released, released }
  }

  /** Rows of which nobody can be asked: those that the platform has are settled so, the others are sent again. */
  const takeWord = (batch: BatchEntity, request: DecisionRequest): Decided => {
    const isHeld = request.decision === 'held'
    const { batchId, label } = batch
    const transport = deps.connection.transport()
    return deps.store.write(() => {
      const decided = transport.decide?.(batchId, request.recordIds, isHeld, request.reason) ?? 0
      if (decided === 0) refuse('batch.nothing-open', { label })
      note(batch, request)
      deps.journal.progressed(batchId)
      return { decided, released: isHeld ? 0 : decided }
    })
  }

  const isOver = ({ state }: BatchEntity): boolean => state === 'settled' || state === 'unsealed'

  const undecided = (batchId: string): UndecidedView => {
    const batch = batches.find(batchId) ?? refuse('batch.not-found')
    const entry = outbox.find(batchId)
    if (isOver(batch)) return { kind: 'none', total: 0, records: [] }
    if (entry?.carrier === 'package') return { kind: 'package', total: batch.itemCount, records: [] }
    const isWaiting = entry?.lastFailure === 'batch.person-needed'
    const records = isWaiting ? deps.rows.undecided(batchId) : []
    const kind = records.length > 0 ? 'rows' : 'none'
    return { kind, total: records.length, records: records.slice(0, LISTED) }
  }

  const decideNow = (request: DecisionRequest): Decided => {
    const batch = batches.find(request.batchId) ?? refuse('batch.not-found')
    const isEnded = isOver(batch)
    const carrier = outbox.find(batch.batchId)?.carrier ?? null
    if (!isEnded && carrier === 'package') return takeBack(batch, request)
    const isWaiting = !isEnded && carrier === deps.connection.traits().kind
    return isWaiting ? takeWord(batch, request) : refuse('batch.nothing-open', { label: batch.label })
  }

  return {
    undecided,
    decide: (request) =>
      deps.withLease(
        request.batchId,
        () => refuse('task.busy'),
        () => Promise.resolve().then(() => decideNow(request)),
      ),
  }
}

/**
 * The way out for a batch that was stopped for good: its records go back to the clerk, but only after the platform has
 * said that it has none of them. Nothing is given back on a guess; a platform that does not answer leaves all as it is.
 */
import type { LookupHit } from '@shared/domain/exchange'
import { failure, FailureError, refuse } from '@shared/kernel/failure'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemEntity } from '@engine/repos/batch-rows'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { BatchEntity } from '@engine/repos/repo-types'
import type { Reply, Transport } from '@engine/transports/transport-port'
import type { ConnectionService } from './connection-port'
import type { SealingService } from './sealing-service'
import type { SubmissionJournal } from './submission-journal'
import type { WithLease } from './submission-lease'

export interface ReleaseService {
  /**
   * Gives the records of a stopped batch back; the batch is never sent again. Refuses `batch.not-stopped`,
   * `batch.maybe-received`, `task.busy`, and with the failure of the link when the platform gives no clear answer. A
   * batch in which the platform holds our items after all can be gone on with from then on, whatever it said before.
   */
  release(batchId: string): Promise<{ readonly released: number }>
}

/** Items that are looked up at the same time. */
const LOOK_UPS_IN_FLIGHT = 4
const PAGE = 1_000

const clear = <T>(reply: Reply<T>): T => {
  if (reply.kind !== 'ok') throw new FailureError(reply.failure)
  return reply.value
}

export function createReleaseService(deps: {
  readonly batches: BatchRepo
  readonly outbox: OutboxRepo
  readonly journal: Pick<SubmissionJournal, 'stopped'>
  readonly sealing: SealingService
  readonly connection: ConnectionService
  readonly withLease: WithLease
}): ReleaseService {
  const { batches } = deps

  const stopped = (batchId: string): BatchEntity => {
    const batch = batches.find(batchId) ?? refuse('batch.not-found')
    return batch.state === 'stopped' ? batch : refuse('batch.not-stopped')
  }

  const refuseReceived = ({ label }: BatchEntity): never => refuse('batch.maybe-received', { label })

  /**
   * What the platform holds of the first of our items that it knows, under whatever batch, by their content; null when
   * it knows none. Every question has its answer before this ends: the lease ends with it.
   */
  const firstHeld = async (transport: Transport, batchId: string): Promise<readonly LookupHit[] | null> => {
    const waiting = itemsOf(batchId)
    let held: readonly LookupHit[] | null = null
    const lane = async (): Promise<void> => {
      for (const item of waiting) {
        const hits = clear(await transport.lookup({ sha256: item.sha256 }))
        const ours = hits.filter((hit) => hit.recordId === item.recordId && hit.revision === item.revision)
        // Whoever leaves the loop, by this or by a failure, ends what the lanes share, and so the others too.
        if (ours.length > 0) return void (held ??= ours)
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: LOOK_UPS_IN_FLIGHT }, lane))
    const failed = ends.find((end) => end.status === 'rejected')
    if (held === null && failed !== undefined) throw failed.reason
    return held
  }

  const refuseKnownItems = async (transport: Transport, batch: BatchEntity): Promise<void> => {
    const { batchId } = batch
    const held = await firstHeld(transport, batchId)
    if (held === null) return
    // It said that something else stands under this id, and holds ours under it: the batch itself can be gone on with.
    if (held.some((hit) => hit.batchId === batchId))
      deps.journal.stopped(batchId, failure('platform.refused'))
    refuseReceived(batch)
  }

  /** Every item of a batch; lanes share one, so that each item is taken once. */
  function* itemsOf(batchId: string): Generator<BatchItemEntity, void> {
    for (let after = 0; ;) {
      const page = batches.items(batchId, after, PAGE)
      yield* page
      if (page.length < PAGE) return
      after = page.at(-1)!.itemNo
    }
  }

  const refuseReceivedBatch = async (batch: BatchEntity): Promise<void> => {
    const { batchId } = batch
    const transport = deps.connection.transport()
    const status = clear(await transport.state(batchId))
    const trace = clear(await transport.lookup({ batchId }))
    if (status === null && trace.length === 0) return
    // An open batch counts for nothing until we close it. What is done under our id is ours, unless the platform has
    // said that something else stands there: then only the items themselves can tell whether they are in it.
    const isOthers = deps.outbox.find(batchId)?.lastFailure === 'platform.manifest-conflict'
    const mayBeWithoutOurs = isOthers ? ['open', 'failed', 'done'] : ['open', 'failed']
    if (status === null || !mayBeWithoutOurs.includes(status.state)) refuseReceived(batch)
    await refuseKnownItems(transport, batch)
  }

  return {
    release: (batchId) =>
      deps.withLease(
        batchId,
        () => refuse('task.busy'),
        async () => {
          await refuseReceivedBatch(stopped(batchId))
          return { released: deps.sealing.release(batchId) }
        },
      ),
  }
}

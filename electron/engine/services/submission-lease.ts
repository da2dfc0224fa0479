import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { Store } from '@engine/repos/repo-types'

/** Works on one batch under its lease; `isTaken` answers when another runner has it. */
export type WithLease = <T>(batchId: string, isTaken: () => T, work: () => Promise<T>) => Promise<T>

/** Leases of the outbox: nobody else sends, asks about or gives back a batch while the work lasts. */
export function createLease(deps: {
  readonly store: Store
  readonly outbox: OutboxRepo
  readonly ids: Ids
  readonly clock: Clock
}): WithLease {
  const { store, outbox } = deps
  return async (batchId, isTaken, work) => {
    const owner = deps.ids.next()
    if (!store.write(() => outbox.lease(batchId, owner, deps.clock.now()))) return isTaken()
    try {
      return await work()
    } finally {
      store.write(() => outbox.release(batchId, owner))
    }
  }
}

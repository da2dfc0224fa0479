import { setImmediate as breathe } from 'node:timers/promises'
import type { EventBus } from '@engine/event-bus'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo, Store } from '@engine/repos/repo-types'
import type { CheckingService } from './checking-service'
import { SLICE, stopWhenAsked } from './standards-preview'
import type { TaskHandle } from './tasks-service'

/**
 * Checks every draft by the standard in force, slice by slice, each its own transaction. Stopping leaves the rest as it
 * was: it is checked on the next day, and before it is sent in any case. Refuses `task.cancelled`.
 */
export async function recheckInSlices(
  deps: {
    readonly store: Store
    readonly records: RecordRepo
    readonly lookup: RecordLookup
    readonly checking: CheckingService
    readonly bus: EventBus
  },
  task: TaskHandle,
): Promise<void> {
  const ids = deps.lookup.waitingIds(null, '', Number.MAX_SAFE_INTEGER)
  try {
    for (let at = 0; at < ids.length; at += SLICE) {
      task.progress('rechecking', at, ids.length)
      await breathe()
      stopWhenAsked(task)
      deps.store.write(() => {
        for (const id of ids.slice(at, at + SLICE)) {
          const record = deps.records.find(id)
          // It may have been sent or thrown away since the list was made.
          if (record?.delivery === 'none' && record.editorial !== 'discarded') deps.checking.recheck(record)
        }
      })
    }
  } finally {
    deps.bus.emit('records.changed', { recordIds: null })
  }
}

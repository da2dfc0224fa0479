import type { EventBus } from '@engine/event-bus'

/** Pages refetch everything beyond so many ids. */
const MOST_IDS = 200

/** Tells pages that records have changed; call after the commit. Rejections may have been answered, so the inbox too. */
export function announceRecords(bus: EventBus, recordIds: readonly string[]): void {
  if (recordIds.length === 0) return
  bus.emit('records.changed', { recordIds: recordIds.length > MOST_IDS ? null : recordIds })
  bus.emit('inbox.changed', {})
}

import type { DeskInfo, LinkView, ReminderView } from './views/desk-views'
import type { TaskView } from './views/task-views'

/** Every event from the program to a page: past tense, ids only where data can be refetched. */
export interface Events {
  /** Up to 200 ids; null when more changed and everything should be refetched. */
  'records.changed': { readonly recordIds: readonly string[] | null }
  'batches.changed': { readonly batchIds: readonly string[] }
  'inbox.changed': Record<string, never>
  'notes.changed': Record<string, never>
  'reconciliation.changed': Record<string, never>
  'outage.probed': Record<string, never>
  'task.progressed': TaskView
  'link.changed': LinkView
  /** A version of the standard has come, was adopted, or has come into force. */
  'standards.changed': Record<string, never>
  'desk.changed': DeskInfo
  /** The reminder of the day; once a day. */
  'reminder.due': ReminderView
  /** The engine was restarted after a crash; every projection refetches. */
  'engine.restarted': Record<string, never>
}

/** The name of any event. */
export type EventName = keyof Events

/** All event names, for the bridge's allow-list. */
export const eventNames = [
  'records.changed',
  'batches.changed',
  'inbox.changed',
  'notes.changed',
  'reconciliation.changed',
  'outage.probed',
  'task.progressed',
  'link.changed',
  'standards.changed',
  'desk.changed',
  'reminder.due',
  'engine.restarted',
] as const satisfies readonly EventName[]

import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import type { DeskInfo, DeskOverview, ReminderView } from '@shared/contract/views/desk-views'
import type { TaskView } from '@shared/contract/views/task-views'
import { id, nothing } from './call-inputs'

const operatorName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(50))

/** The desk, its settings and its long tasks. */
export const deskCalls = {
  'desk.info': call<DeskInfo>()('engine', nothing),
  'desk.overview': call<DeskOverview>()('engine', nothing),
  /** A person has taken note that the store was set back. */
  'desk.noteSetBack': call<{ readonly noted: boolean }>()('engine', nothing),
  /** What there is to be reminded of now; null for nothing, and when it was put away. */
  'reminder.get': call<ReminderView | null>()('engine', nothing),
  'reminder.dismiss': call<{ readonly dismissed: boolean }>()('engine', nothing),
  'settings.get': call<{
    readonly operator: string
    /** The names that can be chosen from, the present one among them. */
    readonly operators: readonly string[]
    readonly cutOff: string
    /** Time of day of the reminder on working days; empty for none. */
    readonly reminder: string
    readonly density: 'dense' | 'comfortable'
    readonly theme: 'light' | 'dark' | 'system'
  }>()('engine', nothing),
  'settings.set': call<{ readonly saved: true }>()(
    'engine',
    v.strictObject({
      operator: v.optional(operatorName),
      operators: v.optional(v.pipe(v.array(operatorName), v.maxLength(30))),
      cutOff: v.optional(v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))),
      reminder: v.optional(v.pipe(v.string(), v.regex(/^$|^([01]\d|2[0-3]):[0-5]\d$/))),
      density: v.optional(v.picklist(['dense', 'comfortable'])),
      theme: v.optional(v.picklist(['light', 'dark', 'system'])),
    }),
  ),
  'tasks.list': call<readonly TaskView[]>()('engine', nothing),
  'tasks.cancel': call<TaskView>()('engine', v.strictObject({ taskId: id })),
} as const

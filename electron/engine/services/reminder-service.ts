/**
 * The reminder of the day: from a set time on a working day, while records that are due are not sent. Once a day, and not
 * again when it was put away.
 */
import type { WorkingCalendar } from '@shared/calendar/working-days'
import type { ReminderView } from '@shared/contract/views/desk-views'
import { businessDate, businessTime } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import type { EventBus } from '@engine/event-bus'
import type { Log } from '@engine/ports'
import type { DeskQuery } from '@engine/repos/desk-query'
import type { SettingRepo, Store } from '@engine/repos/repo-types'
import type { Pause } from '@engine/transports/back-off'
import { createBackgroundLoop } from './background-loop'
import type { BackgroundLoop } from './background-loop'

/** When a desk reminds until somebody chooses another time, or none. */
export const DEFAULT_REMINDER = '16:00'
/** Setting of the time of day; an empty text for no reminder. */
export const REMINDER_SETTING = 'reminder'
const STATE = 'reminderState'
const ROUND_MS = 60_000
/** What is said before anybody listens is lost: the host and its page are there by then. */
const FIRST_REST_MS = 5_000

interface ReminderState {
  readonly date: string
  /** Whether it was said aloud that day, and whether it was put away. */
  readonly isTold: boolean
  readonly isDismissed: boolean
}

export interface ReminderService {
  /** What there is to be reminded of at this moment; null for nothing. */
  current(): ReminderView | null
  /** Puts the reminder of today away. */
  dismiss(): void
  /** Says the reminder aloud, once a day, while the desk is open. */
  readonly loop: BackgroundLoop
}

export function createReminderService(deps: {
  readonly store: Pick<Store, 'write'>
  readonly settings: SettingRepo
  readonly query: Pick<DeskQuery, 'dueByDay' | 'dueBefore'>
  readonly calendar: Pick<WorkingCalendar, 'isWorkingDay'>
  readonly clock: Clock
  readonly bus: Pick<EventBus, 'emit'>
  readonly log: Log
  readonly pause: Pause
}): ReminderService {
  const { store, settings, query, clock } = deps

  const stateOf = (date: string): ReminderState => {
    const stored = settings.get<ReminderState>(STATE)
    return stored?.date === date ? stored : { date, isTold: false, isDismissed: false }
  }
  const note = (change: Partial<ReminderState>): void => {
    const date = businessDate(clock.now())
    store.write(() => settings.set(STATE, { ...stateOf(date), ...change }))
  }

  let isListening = false

  const current = (): ReminderView | null => {
    const now = clock.now()
    const date = businessDate(now)
    const time = settings.get<string>(REMINDER_SETTING) ?? DEFAULT_REMINDER
    const isTime = time !== '' && businessTime(now) >= time && deps.calendar.isWorkingDay(date)
    if (!isTime || stateOf(date).isDismissed) return null
    const count = query.dueBefore(date) + (query.dueByDay(date, date).get(date) ?? 0)
    return count === 0 ? null : { date, count }
  }

  return {
    current,
    dismiss: () => note({ isDismissed: true }),
    loop: createBackgroundLoop({
      ...deps,
      name: 'reminder',
      restMs: ROUND_MS,
      round() {
        if (!isListening) {
          isListening = true
          return FIRST_REST_MS
        }
        const found = current()
        if (found !== null && !stateOf(found.date).isTold) {
          note({ isTold: true })
          deps.bus.emit('reminder.due', found)
        }
        return ROUND_MS
      },
    }),
  }
}

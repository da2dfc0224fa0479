/** What the shell says outside its window: the reminder of the day. */
import type { Notification } from 'electron'
import type { Events } from '@shared/contract/events'
import { fill } from '@shared/texts/fill'
import { hostTexts } from '@shared/texts/zh-CN/hosts'

type Shown = Pick<Notification, 'on' | 'show'>

interface Content {
  readonly title: string
  readonly body: string
  readonly icon: string
}

/** The part of Electron's `Notification` that is used. */
export interface NotificationPort {
  isSupported(): boolean
  make(options: Content): Shown
}

/**
 * Hears the engine's events and shows the reminder as a notification of the system; a click on it brings the window to
 * the front. Where the system shows none, the band on the page remains.
 */
export function createNotifier(options: {
  readonly port: NotificationPort
  readonly icon: string
  readonly onClick: () => void
}): (name: string, payload: unknown) => void {
  // Kept as long as it is shown: a notification that is collected loses its click.
  let shown: Shown | null = null
  return (name, payload) => {
    if (name !== 'reminder.due' || !options.port.isSupported()) return
    const { count } = payload as Events['reminder.due']
    const { title, body } = hostTexts.reminder
    shown = options.port.make({ title, body: fill(body, { count }), icon: options.icon })
    shown.on('click', options.onClick)
    shown.show()
  }
}

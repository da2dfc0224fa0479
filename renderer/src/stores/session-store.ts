import { defineStore } from 'pinia'
import { computed, shallowRef, watchEffect } from 'vue'
import type { CallInput, CallOutput } from '@shared/contract/calls'
import type { DeskInfo, LinkView, ReminderView } from '@shared/contract/views/desk-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'

type HostInfo = CallOutput<'host.info'>
type Settings = CallOutput<'settings.get'>

/** Who works where: host, desk, link to the platform, look. A projection; refetched on events. */
export const useSessionStore = defineStore('session', () => {
  const host = shallowRef<HostInfo | null>(null)
  const desk = shallowRef<DeskInfo | null>(null)
  const link = shallowRef<LinkView | null>(null)
  const settings = shallowRef<Settings | null>(null)
  const inboxTotal = shallowRef(0)
  /** Notices of the platform that ask the bureau for something. */
  const openNotices = shallowRef(0)
  const reminder = shallowRef<ReminderView | null>(null)
  const failure = shallowRef<Failure | null>(null)

  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = shallowRef(dark.matches)
  dark.addEventListener('change', (event) => (systemIsDark.value = event.matches))

  /** Practice unless the program says otherwise: the band must never be missing by mistake. */
  const isPractice = computed(() => (desk.value?.mode ?? host.value?.mode ?? 'practice') === 'practice')
  /** Business date as the desk sees it, YYYY-MM-DD; empty until known. */
  const today = computed(() => desk.value?.today ?? '')

  async function load(): Promise<void> {
    const [hostInfo, deskInfo, linkState, look] = await Promise.all([
      callBridge('host.info', {}),
      callBridge('desk.info', {}),
      callBridge('link.state', {}),
      callBridge('settings.get', {}),
    ])
    if (hostInfo.ok) host.value = hostInfo.value
    if (linkState.ok) link.value = linkState.value
    if (look.ok) settings.value = look.value
    if (deskInfo.ok) desk.value = deskInfo.value
    failure.value = deskInfo.ok ? null : deskInfo.failure
  }

  /** What waits for somebody: the badge of the inbox and the reminder. */
  const loadWaiting = (): Promise<unknown> => Promise.all([loadInboxTotal(), loadReminder()])

  async function loadInboxTotal(): Promise<void> {
    const inbox = await callBridge('inbox.count', {})
    if (!inbox.ok) return
    inboxTotal.value = inbox.value.total
    openNotices.value = inbox.value.toAnswer
  }

  async function loadReminder(): Promise<void> {
    const found = await callBridge('reminder.get', {})
    if (found.ok) reminder.value = found.value
  }

  /** Puts the reminder of today away. */
  async function dismissReminder(): Promise<void> {
    const done = await callBridge('reminder.dismiss', {})
    if (done.ok) reminder.value = null
  }

  /** Saves settings and shows them at once; gives the failure when refused. */
  async function saveSettings(changes: CallInput<'settings.set'>): Promise<Failure | null> {
    const saved = await callBridge('settings.set', changes)
    if (!saved.ok) return saved.failure
    const fresh = await callBridge('settings.get', {})
    if (fresh.ok) settings.value = fresh.value
    await loadReminder()
    return null
  }

  watchEffect(() => {
    const theme = settings.value?.theme ?? 'system'
    const root = document.documentElement
    root.dataset['theme'] = theme === 'system' ? (systemIsDark.value ? 'dark' : 'light') : theme
    root.dataset['density'] = settings.value?.density ?? 'dense'
  })

  useEvent('desk.changed', (info) => (desk.value = info))
  useEvent('reminder.due', (due) => (reminder.value = due))
  // What was sent meanwhile is not to be reminded of.
  useEvent('records.changed', () => reminder.value !== null && void loadReminder())
  useEvent('link.changed', (state) => (link.value = state))
  useEvent('inbox.changed', () => void loadInboxTotal())
  useEvent('engine.restarted', () => void load().then(loadWaiting))

  return {
    host,
    desk,
    link,
    settings,
    inboxTotal,
    openNotices,
    reminder,
    failure,
    isPractice,
    today,
    load,
    loadWaiting,
    saveSettings,
    dismissReminder,
  }
})

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { Clock } from '@shared/kernel/clock'
import type { EventBus } from '@engine/event-bus'
import type { AuditRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import { DEFAULT_CUT_OFF, DEFAULT_OPERATOR } from '@engine/services/desk-initialiser'
import type { DeskService } from '@engine/services/desk-service'
import { DEFAULT_REMINDER, REMINDER_SETTING } from '@engine/services/reminder-service'

interface Appearance {
  readonly density: 'dense' | 'comfortable'
  readonly theme: 'light' | 'dark' | 'system'
}

const firstAppearance: Appearance = { density: 'dense', theme: 'light' }

/** The settings of a desk that a page may change. */
export function settingsHandlers(deps: {
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly desk: DeskService
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
}): Pick<Handlers<EngineCallName>, 'settings.get' | 'settings.set'> {
  const { store, settings } = deps
  const appearance = (): Appearance => settings.get<Appearance>('appearance') ?? firstAppearance
  return {
    'settings.get': () => ({
      operator: settings.get<string>('operator') ?? DEFAULT_OPERATOR,
      cutOff: settings.get<string>('cutOff') ?? DEFAULT_CUT_OFF,
      reminder: settings.get<string>(REMINDER_SETTING) ?? DEFAULT_REMINDER,
      ...appearance(),
    }),
    'settings.set': ({ operator, cutOff, reminder, density, theme }) => {
      store.write(() => {
        const actor = deps.actor()
        const given = { ...(density && { density }), ...(theme && { theme }) }
        if (operator !== undefined) settings.set('operator', operator)
        if (cutOff !== undefined) settings.set('cutOff', cutOff)
        if (reminder !== undefined) settings.set(REMINDER_SETTING, reminder)
        if (Object.keys(given).length > 0) settings.set('appearance', { ...appearance(), ...given })
        const changed = Object.keys({
          ...(operator && { operator }),
          ...(cutOff && { cutOff }),
          ...(reminder !== undefined && { reminder }),
          ...given,
        })
        if (changed.length === 0) return
        deps.audit.append({
          at: deps.clock.now(),
          actor,
          act: 'settings.changed',
          ref: null,
          body: { settings: changed.join(',') },
        })
      })
      deps.bus.emit('desk.changed', deps.desk.info())
      return { saved: true }
    },
  }
}

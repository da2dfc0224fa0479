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
  const present = (): string => settings.get<string>('operator') ?? DEFAULT_OPERATOR
  const kept = (): readonly string[] => settings.get<readonly string[]>('operators') ?? []
  /** Names without repetition, the present one among them; nobody keeps the name that stands for nobody. */
  const names = (given: readonly string[]): readonly string[] =>
    [...new Set([...given, present()])].filter((name) => name !== DEFAULT_OPERATOR || name === present())
  const appearance = (): Appearance => settings.get<Appearance>('appearance') ?? firstAppearance

  const note = (actor: string, act: string, body: Readonly<Record<string, string>>): void =>
    deps.audit.append({ at: deps.clock.now(), actor, act, ref: null, body })

  /** Whoever works here from now on is told of in the name of whoever did until now. */
  function changeOperator(after: string): void {
    const before = present()
    if (after === before) return
    settings.set('operators', names([...kept(), before]))
    settings.set('operator', after)
    note(before, 'desk.operator-changed', { before, after })
  }

  return {
    'settings.get': () => ({
      operator: present(),
      operators: names(kept()),
      cutOff: settings.get<string>('cutOff') ?? DEFAULT_CUT_OFF,
      reminder: settings.get<string>(REMINDER_SETTING) ?? DEFAULT_REMINDER,
      ...appearance(),
    }),
    'settings.set': ({ operator, operators, cutOff, reminder, density, theme }) => {
      store.write(() => {
        const actor = deps.actor()
        const look = { ...(density && { density }), ...(theme && { theme }) }
        const plain = {
          ...(operators && { operators }),
          ...(cutOff && { cutOff }),
          ...(reminder !== undefined && { reminder }),
        }
        for (const [key, value] of Object.entries(plain)) settings.set(key, value)
        if (Object.keys(look).length > 0) settings.set('appearance', { ...appearance(), ...look })
        const changed = Object.keys({ ...plain, ...look })
        if (changed.length > 0) note(actor, 'settings.changed', { settings: changed.join(',') })
        if (operator !== undefined) changeOperator(operator)
      })
      deps.bus.emit('desk.changed', deps.desk.info())
      return { saved: true }
    },
  }
}

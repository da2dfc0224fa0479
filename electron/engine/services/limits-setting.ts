import * as v from 'valibot'
import type { Clock } from '@shared/kernel/clock'
import type { AuditRepo, SettingRepo, Store } from '@engine/repos/repo-types'

/** Limits of a desk that somebody may change. */
export interface LimitsSetting<Limits> {
  /** Those that were set; the defaults where none were, or where what is stored cannot be read. */
  get(): Limits
  /** Null goes back to the defaults. Writes an audit row. */
  set(limits: Limits | null): Limits
}

/** What a setting of limits is kept with. */
export interface LimitsDeps {
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly actor: () => string
}

/** The limits that stand in the settings under `key`. */
export function createLimitsSetting<Limits extends Readonly<Record<string, number>>>(
  deps: LimitsDeps,
  key: string,
  schema: v.GenericSchema<unknown, Limits>,
  defaults: Limits,
): LimitsSetting<Limits> {
  const get = (): Limits => {
    const stored = v.safeParse(schema, deps.settings.get(key))
    return stored.success ? stored.output : defaults
  }
  return {
    get,
    set(limits) {
      deps.store.write(() => {
        deps.settings.set(key, limits)
        const entry = { at: deps.clock.now(), actor: deps.actor(), act: 'settings.changed' }
        deps.audit.append({ ...entry, ref: null, body: { settings: key, ...get() } })
      })
      return get()
    },
  }
}

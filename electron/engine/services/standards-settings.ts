/**
 * The values of the standard that its sources leave open, as this desk sets them. A choice is kept by the setting's id,
 * so that it holds for later versions too, as far as they have the setting and its range allows the value.
 */
import type { PackSettingsView, StandardPreview } from '@shared/contract/views/standard-views'
import { businessDate, type Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { PackSetting } from '@shared/standard/pack'
import { isInRange, type SettingValues } from '@shared/standard/pack-settings'
import { settingPlaces } from '@shared/standard/setting-places'
import type { CompiledStandard } from '@shared/standard/standard'
import { rangeText, settingValueText } from '@shared/texts/zh-CN/pack-settings'
import type { EventBus } from '@engine/event-bus'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditRepo, RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { StandardCatalogue } from '@engine/standards/standard-catalogue'
import { previewStandard } from './standards-preview'
import type { TaskHandle } from './tasks-service'

/** Other values of some settings, by id; null goes back to the pack's own. */
export type SettingChanges = Readonly<Record<string, string | number | null>>

export interface PackSettingsService {
  /** Every setting of the version in force. */
  view(): PackSettingsView
  /** Tries other values on all drafts and changes nothing. Refuses as `choose` does, and `task.cancelled`. */
  preview(changes: SettingChanges, task: TaskHandle): Promise<StandardPreview>
  /**
   * From now on the desk works with these values; gives the number of settings that changed. Drafts are to be checked
   * again afterwards. Refuses `pack.unknown-setting`, `pack.setting-out-of-range`, `pack.invalid`, all or none.
   */
  choose(changes: SettingChanges): number
}

const KEY = 'packSettings'

/** The values that a desk has chosen, by setting id. */
export const chosenSettings = (settings: SettingRepo): SettingValues => settings.get<SettingValues>(KEY) ?? {}

export function createPackSettings(deps: {
  readonly catalogue: StandardCatalogue
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  /** Tells the pages of the desk that it checks otherwise now. */
  readonly onChange: () => void
}): PackSettingsService {
  const { catalogue, store, settings, clock } = deps
  const today = (): string => businessDate(clock.now())
  const current = (): CompiledStandard => catalogue.inForce(today())

  function checked(id: string, value: string | number): PackSetting {
    const setting =
      current().pack.settings.find((one) => one.id === id) ?? refuse('pack.unknown-setting', { id })
    const { title } = setting
    if (!isInRange(setting, value)) refuse('pack.setting-out-of-range', { title, range: rangeText(setting) })
    return setting
  }

  /** All choices of the desk once the changes are made; what is said as the pack says it is no choice. */
  function withChanges(changes: SettingChanges): SettingValues {
    const values = new Map(Object.entries(chosenSettings(settings)))
    for (const [id, value] of Object.entries(changes)) {
      if (value === null || checked(id, value).default === value) values.delete(id)
      else values.set(id, value)
    }
    return Object.fromEntries(values)
  }

  return {
    view() {
      const { pack } = current()
      return {
        standard: pack.id,
        version: pack.version,
        settings: pack.settings.map(({ sets, ...setting }) => ({
          ...setting,
          places: settingPlaces(pack, sets),
        })),
      }
    },

    preview(changes, task) {
      const now = current()
      const next = catalogue.withSettings(now.pack.version, withChanges(changes))
      return previewStandard(deps, { now, next }, today(), task)
    },

    choose(changes) {
      const before = current().pack
      const values = withChanges(changes)
      const next = catalogue.withSettings(before.version, values).pack.settings
      const changed = before.settings.flatMap((setting, index) => {
        const after = next[index]!
        return after.value === setting.value ? [] : [{ setting, after }]
      })
      store.write(() => {
        settings.set(KEY, values)
        for (const { setting, after } of changed) {
          deps.audit.append({
            at: clock.now(),
            actor: deps.actor(),
            act: 'standard.setting-changed',
            ref: null,
            body: {
              ...{ setting: setting.id, title: setting.title, version: before.version },
              before: settingValueText(setting, setting.value),
              after: settingValueText(after, after.value),
            },
          })
        }
      })
      if (changed.length === 0) return 0
      catalogue.applySettings(values)
      deps.onChange()
      deps.bus.emit('standards.changed', {})
      return changed.length
    },
  }
}

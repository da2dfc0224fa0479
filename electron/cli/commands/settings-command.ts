import type { PackSettingsView, PackSettingView } from '@shared/contract/views/standard-views'
import { refuse } from '@shared/kernel/failure'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import { rangeText, settingPlaceText, settingValueText } from '@shared/texts/zh-CN/pack-settings'
import type { SettingChanges } from '@engine/services/standards-settings'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

const ASSIGNMENT = /^([a-z][a-z0-9.-]*)=(.*)$/s
const WHOLE_NUMBER = /^\d{1,9}$/

/** `ID=VALUE` words as changes; nothing after the sign goes back to the standard's own value. */
function readChanges(words: readonly string[]): SettingChanges {
  const changes = words.map((word) => {
    const match =
      ASSIGNMENT.exec(word) ??
      refuse('usage.invalid', { detail: fill(usageTexts.settingAssignment, { word }) })
    const [, id, value] = match as unknown as readonly [string, string, string]
    return [id, value === '' ? null : WHOLE_NUMBER.test(value) ? Number(value) : value] as const
  })
  return Object.fromEntries(changes)
}

const lines = (setting: PackSettingView): readonly string[] => {
  const { id, title, confidence, source, places } = setting
  return [
    fill(cliTexts.settingLine, { id, title, value: settingValueText(setting, setting.value) }),
    fill(cliTexts.settingDetail, {
      ...{ confidence, source, range: rangeText(setting) },
      default: settingValueText(setting, setting.default),
    }),
    fill(cliTexts.settingPlaces, { places: places.map(settingPlaceText).join('；') }),
  ]
}

const jsonOf = ({ standard, version, settings }: PackSettingsView) => ({
  ...{ standard, version },
  settings: settings.map(({ places, ...setting }) => ({ ...setting, places: places.map(settingPlaceText) })),
})

export const settingsCommand: Command = {
  name: 'settings',
  usage: 'settings [ID=VALUE ...]',
  summary: commandSummaries.settings,
  options: {},
  positionals: { min: 0, max: 500 },
  async run({ args, opening }) {
    const changes = readChanges(args.positionals)
    return withDesk(opening, async ({ services }) => {
      if (args.positionals.length === 0) {
        const view = services.packSettings.view()
        return { json: jsonOf(view), text: view.settings.flatMap(lines).join('\n'), exit: EXIT.done }
      }
      const changed = services.packSettings.choose(changes)
      const checked = await services.checking.recheckDrafts(null)
      return {
        json: { ...jsonOf(services.packSettings.view()), changed, checked },
        text: fill(cliTexts.settingsChanged, { count: changed, checked: checked.checked }),
        exit: EXIT.done,
      }
    })
  },
}

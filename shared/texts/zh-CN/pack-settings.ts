import type { PackSetting, SettingValue } from '@shared/standard/pack'
import type { SettingPlace } from '@shared/standard/setting-places'
import { fill } from '@shared/texts/fill'

const packSettingTexts = {
  between: '{min} 至 {max} 的整数',
  everyType: '各类别',
} as const

/** The values that a setting may have, in words. */
export const rangeText = ({ range }: Pick<PackSetting, 'range'>): string =>
  'choices' in range
    ? range.choices.map(({ label }) => label).join('、')
    : fill(packSettingTexts.between, { min: range.min, max: range.max })

/** One value of a setting in words. */
export const settingValueText = ({ range }: Pick<PackSetting, 'range'>, value: SettingValue): string =>
  ('choices' in range && range.choices.find((choice) => choice.value === value)?.label) || String(value)

/** One place of a setting: the record type, and the field or rule in it. */
export const settingPlaceText = ({ type, part }: SettingPlace): string =>
  [type ?? packSettingTexts.everyType, ...(part === null ? [] : [part])].join('：')

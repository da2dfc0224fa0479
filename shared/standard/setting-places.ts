import type { PackSetting, StandardPack } from './pack'

/** Where a setting stands, in the words of the standard. */
export interface SettingPlace {
  /** Short title of the record type; null for a rule that several have. */
  readonly type: string | null
  /** Label of the field, or id of the rule; null when the whole type is meant. */
  readonly part: string | null
}

const TYPE = /^recordTypes\.(\w+)(?:\.fields\.(\w+))?/
const RULE = /^rules\.(\w+)\.(.+)\.(?:severity|options)/
const SHARED = /^sharedRules\.(.+)\.(?:severity|options)/

/** The places that a setting sets, each once, in the order of the pack. */
export function settingPlaces(pack: StandardPack, sets: PackSetting['sets']): readonly SettingPlace[] {
  const typeOf = (code: string) => pack.recordTypes.find((type) => type.code === code)
  const places = sets.map((path): SettingPlace => {
    const [, code, field] = TYPE.exec(path) ?? []
    if (code !== undefined) {
      const type = typeOf(code)
      const label = type?.fields.find((one) => one.code === field)?.label
      return { type: type?.shortTitle ?? code, part: label ?? field ?? null }
    }
    const [, owner, rule] = RULE.exec(path) ?? []
    if (owner !== undefined)
      return { type: typeOf(owner)?.shortTitle ?? owner, part: pack.reference[rule!]?.title ?? rule! }
    const [, shared = path] = SHARED.exec(path) ?? []
    return { type: null, part: pack.reference[shared]?.title ?? shared }
  })
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()]
}

import { foldForKey } from '@shared/kernel/text'
import type { PackSettingView } from '@shared/contract/views/standard-views'
import { settingPlaceText } from '@shared/texts/zh-CN/pack-settings'
import type { CodeList, FieldSpec } from '@shared/standard/pack'
import type { ReferenceRule } from '@shared/standard/reference'

/** Whether every word of a search occurs in one of some texts, whatever its width and brackets. */
function matches(search: string, texts: readonly string[]): boolean {
  const folded = foldForKey(texts.join(' '))
  return search
    .split(/\s+/u)
    .filter((word) => word !== '')
    .every((word) => folded.includes(foldForKey(word)))
}

/** Rules whose id, title, sentence, basis or fields say the words; of one record type when given. */
export const searchRules = (
  rules: readonly ReferenceRule[],
  search: string,
  type: string | null,
): readonly ReferenceRule[] =>
  rules.filter(
    (rule) =>
      (type === null || rule.uses.some((use) => use.type === type)) &&
      matches(search, [
        rule.id,
        rule.title,
        rule.sentence,
        rule.basis,
        ...rule.uses.flatMap((use) => [
          use.type,
          use.title,
          ...use.fields.flatMap(({ code, label }) => [code, label]),
        ]),
      ]),
  )

/** Fields that are shown, imported and sent and whose label, code, help or other names say the words. */
export const searchFields = (fields: readonly FieldSpec[], search: string): readonly FieldSpec[] =>
  fields.filter(
    (field) =>
      field.envelope !== true &&
      matches(search, [field.code, field.label, field.help ?? '', field.group, ...field.aliases]),
  )

/** The items of a list that say the words. */
export const searchCodes = (list: CodeList, search: string): CodeList['items'] =>
  list.items.filter((item) => matches(search, [item.value, item.label, ...item.aliases]))

/** Settings whose title, source or places say the words. */
export const searchSettings = (
  settings: readonly PackSettingView[],
  search: string,
): readonly PackSettingView[] =>
  settings.filter(({ id, title, source, places }) =>
    matches(search, [id, title, source, ...places.map(settingPlaceText)]),
  )

import { texts } from '@renderer/texts/zh-CN'
import { screenOrder, shortcuts } from './shortcut-table'
import type { OrderedScreen, Shortcut, ShortcutId } from './shortcut-table'

const names: Readonly<Record<string, string>> = texts.shortcuts.keyNames

/** A combination as it is printed on keys, e.g. `Alt+↑`. */
const combinationText = (combination: string): string =>
  combination
    .split('+')
    .map((part) => names[part] ?? part)
    .join('+')

/** The combinations of a shortcut as people read them; of a row of keys its first and last. */
export function keyTexts(id: ShortcutId): readonly string[] {
  const { keys, isRange = false }: Shortcut = shortcuts[id]
  const all = keys.map(combinationText)
  return isRange ? [texts.shortcuts.range(all[0] ?? '', all.at(-1) ?? '')] : all
}

/** A label with the first key of its shortcut behind it, for a tooltip. */
export function withKey(label: string, id: ShortcutId): string {
  return texts.shortcuts.labelled(label, keyTexts(id)[0] ?? '')
}

/** The name of a screen with the key that goes there. */
export function withScreenKey(label: string, screen: OrderedScreen): string {
  return texts.shortcuts.labelled(
    label,
    combinationText(shortcuts['app.screen'].keys[screenOrder.indexOf(screen)] ?? ''),
  )
}

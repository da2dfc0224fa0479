import { shortcuts } from './shortcut-table'
import type { Shortcut, ShortcutId } from './shortcut-table'

interface Combination {
  readonly key: string
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
}

/** Full-width signs of a Chinese input method are the same keys; letters count without their case. */
const keyName = (key: string): string => (key.length === 1 ? key.normalize('NFKC').toUpperCase() : key)

function combinationOf(text: string): Combination {
  const parts = text.split('+')
  const held = parts.slice(0, -1)
  return {
    key: keyName(parts.at(-1) ?? ''),
    ctrl: held.includes('Ctrl'),
    alt: held.includes('Alt'),
    shift: held.includes('Shift'),
  }
}

const combinations: ReadonlyMap<string, readonly Combination[]> = new Map(
  Object.entries(shortcuts).map(([id, { keys }]) => [id, keys.map(combinationOf)]),
)

const isTextInput = (element: HTMLElement): boolean =>
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement ||
  (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(element.type)) ||
  element.isContentEditable

/** Whether keys or pasted text that arrive here belong to a field somebody types in. */
export function isTyping({ target }: Event): boolean {
  return target instanceof HTMLElement && isTextInput(target)
}

/** Whether this key belongs to an input method that is composing: it commits or gives up a candidate and means nothing else. */
export function isOfComposition(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** A sign such as `?` needs Shift on some keyboards and not on others; a letter or a named key says what it wants. */
const isSign = (key: string): boolean => key.length === 1 && key !== ' ' && !/[A-Z]/.test(key)

function fits(event: KeyboardEvent, wanted: Combination): boolean {
  const key = keyName(event.key)
  const isPlain = !wanted.ctrl && !wanted.alt
  return (
    key === wanted.key &&
    (event.ctrlKey || event.metaKey) === wanted.ctrl &&
    event.altKey === wanted.alt &&
    (event.shiftKey === wanted.shift || isSign(key)) &&
    // What would be typed is typed.
    !(isPlain && key.length === 1 && isTyping(event))
  )
}

/**
 * Whether a key is this shortcut. Never while an input method composes, and never a bare character in a field that takes
 * text.
 */
export function isPressed(event: KeyboardEvent, id: ShortcutId): boolean {
  return whichKey(event, id) !== null
}

/** Which of the keys of a shortcut this is, from zero; null when it is none of them. */
export function whichKey(event: KeyboardEvent, id: ShortcutId): number | null {
  if (isOfComposition(event)) return null
  const at = (combinations.get(id) ?? []).findIndex((wanted) => fits(event, wanted))
  return at < 0 ? null : at
}

/** Whether a dialog lies over the page and keeps the keys to itself. */
const hasDialog = (): boolean =>
  [...document.querySelectorAll<HTMLElement>('[aria-modal="true"]')].some(
    (dialog) => dialog.closest<HTMLElement>('.el-overlay')?.style.display !== 'none',
  )

/** Whether a key pressed anywhere on the page is this shortcut and free for it. */
export function isPressedAnywhere(event: KeyboardEvent, id: ShortcutId): boolean {
  const { isOverDialogs = false }: Shortcut = shortcuts[id]
  return !event.defaultPrevented && isPressed(event, id) && (isOverDialogs || !hasDialog())
}

/** Where a shortcut works; the sheet shows them by these groups, in this order. */
export const shortcutGroups = ['app', 'list', 'form', 'search', 'columns', 'dialog'] as const
export type ShortcutGroup = (typeof shortcutGroups)[number]

/** One shortcut: where it works and the combinations that do the same, e.g. `Ctrl+S`; the last part is a `KeyboardEvent.key`. */
export interface Shortcut {
  readonly group: ShortcutGroup
  readonly keys: readonly string[]
  /** The keys are one row, said by its first and last. */
  readonly isRange?: boolean
  /** Also while a dialog lies over the page. */
  readonly isOverDialogs?: boolean
}

/** The screens in the order of the navigation; Alt with its number goes to each. */
export const screenOrder = [
  'desk',
  'records',
  'import',
  'inbox',
  'batches',
  'publicity',
  'reports',
  'reference',
  'settings',
] as const
export type OrderedScreen = (typeof screenOrder)[number]

const moves = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']

/**
 * Every shortcut of the client, once: what handles keys asks this table, and so do the sheet and the tooltips.
 */
export const shortcuts = {
  'app.sheet': { group: 'app', keys: ['?', 'Ctrl+/'] },
  'app.guide': { group: 'app', keys: ['F1'], isOverDialogs: true },
  'app.search': { group: 'app', keys: ['Ctrl+F', '/', 'Ctrl+K'] },
  'app.screen': { group: 'app', keys: screenOrder.map((_, index) => `Alt+${index + 1}`), isRange: true },
  'list.move': { group: 'list', keys: moves },
  'list.open': { group: 'list', keys: ['Enter'] },
  'list.select': { group: 'list', keys: [' '] },
  'list.extend': { group: 'list', keys: moves.map((key) => `Shift+${key}`), isRange: true },
  'list.all': { group: 'list', keys: ['Ctrl+A'] },
  'list.copy': { group: 'list', keys: ['Ctrl+C'] },
  'list.paste': { group: 'list', keys: ['Ctrl+V'] },
  'list.create': { group: 'list', keys: ['Alt+N'] },
  'list.leave': { group: 'list', keys: ['Escape'] },
  'form.save': { group: 'form', keys: ['Ctrl+S'] },
  'form.saveNext': { group: 'form', keys: ['Ctrl+Enter'] },
  'form.previous': { group: 'form', keys: ['Alt+ArrowUp'] },
  'form.next': { group: 'form', keys: ['Alt+ArrowDown'] },
  'form.take': { group: 'form', keys: ['Alt+Enter'] },
  'form.earlier': { group: 'form', keys: ['Ctrl+D'] },
  'form.paste': { group: 'form', keys: ['Ctrl+V'] },
  'form.close': { group: 'form', keys: ['Escape'] },
  'search.go': { group: 'search', keys: ['Enter'] },
  'search.clear': { group: 'search', keys: ['Escape'] },
  'columns.move': { group: 'columns', keys: ['ArrowUp', 'ArrowDown'] },
  'columns.undo': { group: 'columns', keys: ['Ctrl+Z'] },
  'columns.next': { group: 'columns', keys: ['Ctrl+Enter'] },
  'dialog.save': { group: 'dialog', keys: ['Enter'] },
  'dialog.confirm': { group: 'dialog', keys: ['Ctrl+Enter'] },
} as const satisfies Record<string, Shortcut>

export type ShortcutId = keyof typeof shortcuts

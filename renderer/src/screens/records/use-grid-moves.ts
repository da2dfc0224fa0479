import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { isPressed } from '@renderer/shortcuts/pressed'
import type { GridRows, Selection } from './use-selection'

/** What keys and clicks on the grid do. */
export interface GridMoves {
  /** The row that keys act on: the first one until somebody moved; -1 when there is none. */
  readonly active: ComputedRef<number>
  readonly onKey: (event: KeyboardEvent) => void
  readonly onClick: (event: MouseEvent, index: number) => void
  /** A click on the box of a row. */
  readonly onPick: (event: MouseEvent, index: number) => void
  /** Moves the keyboard row by `step` from a record and opens what is there. */
  readonly openBeside: (recordId: string | null, step: number) => void
}

/**
 * Keys: arrows, Page, Home, End move; Enter opens; Space selects; Shift extends; Ctrl+A selects all; Esc gives
 * up the selection, then asks to leave. A click opens; with Ctrl it selects, with Shift it extends.
 */
export function useGridMoves(grid: {
  readonly rows: () => GridRows
  readonly selection: () => Selection
  /** Rows in view at a time. */
  readonly pageRows: () => number
  readonly scrollTo: (index: number) => void
  readonly open: (recordId: string, isByKeyboard: boolean) => void
  readonly escape: () => void
}): GridMoves {
  const active = computed(() => (grid.rows().count() === 0 ? -1 : Math.max(grid.selection().active.value, 0)))

  function moveTo(index: number, extend: boolean): void {
    const selection = grid.selection()
    selection.move(index)
    const to = selection.active.value
    if (to < 0) return
    if (extend) void selection.extendTo(to)
    grid.scrollTo(to)
  }

  function open(index: number, isByKeyboard: boolean): void {
    const row = grid.rows().rowAt(index)
    if (row === undefined) return
    grid.selection().move(index)
    grid.open(row.recordId, isByKeyboard)
  }

  function targetOf(key: string): number | undefined {
    const now = active.value
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: now + 1,
      ArrowUp: now - 1,
      PageDown: now + grid.pageRows(),
      PageUp: now - grid.pageRows(),
      Home: 0,
      End: grid.rows().count() - 1,
    }
    return Object.hasOwn(targets, key) ? targets[key] : undefined
  }

  function leave(): void {
    const selection = grid.selection()
    if (selection.ids.value.size > 0) selection.clear()
    else grid.escape()
  }

  function act(event: KeyboardEvent): boolean {
    const target = targetOf(event.key)
    if (target !== undefined && isPressed(event, 'list.move')) moveTo(target, false)
    else if (target !== undefined && isPressed(event, 'list.extend')) moveTo(target, true)
    else if (isPressed(event, 'list.all')) void grid.selection().selectAll()
    else if (isPressed(event, 'list.open')) open(active.value, true)
    else if (isPressed(event, 'list.select')) grid.selection().toggle(active.value)
    else if (isPressed(event, 'list.leave')) leave()
    else return false
    return true
  }

  const onKey = (event: KeyboardEvent): void => {
    if (act(event)) event.preventDefault()
  }

  return {
    active,
    onKey,
    onClick(event, index) {
      if (event.shiftKey) void grid.selection().extendTo(index)
      else if (event.ctrlKey || event.metaKey) grid.selection().toggle(index)
      else open(index, false)
    },
    onPick(event, index) {
      if (event.shiftKey) void grid.selection().extendTo(index)
      else grid.selection().toggle(index)
    },
    openBeside(recordId, step) {
      const at = recordId === null ? -1 : grid.rows().indexOf(recordId)
      moveTo((at < 0 ? active.value : at) + step, false)
      open(grid.selection().active.value, false)
    },
  }
}

import { describe, expect, it } from 'vitest'
import { useGridMoves } from '@renderer/screens/records/use-grid-moves'
import { MOST_SELECTED, useSelection } from '@renderer/screens/records/use-selection'
import type { GridRows } from '@renderer/screens/records/use-selection'
import { rowOf } from '@test/fixtures/demo/demo-records'

const rows = Array.from({ length: 30 }, (_, index) => rowOf(index))

/** Rows as the grid has them: those up to `read` are here, the others have to be read. */
function gridRows(shown = rows, read = shown.length): GridRows {
  return {
    count: () => shown.length,
    rowAt: (index) => (index < read ? shown[index] : undefined),
    indexOf: (recordId) => shown.slice(0, read).findIndex((row) => row.recordId === recordId),
    rowsIn: (first, last) => Promise.resolve(shown.slice(first, last + 1)),
  }
}

function openGrid(shown = gridRows()) {
  const selection = useSelection(shown)
  const opened: (readonly [string, boolean])[] = []
  const left: string[] = []
  const moves = useGridMoves({
    rows: () => shown,
    selection: () => selection,
    pageRows: () => 10,
    scrollTo: () => undefined,
    open: (recordId, isByKeyboard) => opened.push([recordId, isByKeyboard]),
    escape: () => left.push('left'),
  })
  const press = (key: string, held: Partial<KeyboardEventInit> = {}): boolean => {
    const event = new KeyboardEvent('keydown', { key, cancelable: true, ...held })
    moves.onKey(event)
    return event.defaultPrevented
  }
  return { selection, opened, left, moves, press }
}
const idOf = (index: number): string => rows[index]!.recordId

describe('the keys of the grid', () => {
  it('move within the rows and open what they stand on', () => {
    const { moves, press, opened } = openGrid()
    expect(moves.active.value).toBe(0)
    press('ArrowUp')
    expect(moves.active.value).toBe(0)
    for (const key of ['ArrowDown', 'ArrowDown', 'PageDown', 'ArrowUp']) press(key)
    expect(moves.active.value).toBe(11)
    press('End')
    press('Enter')
    press('Home')
    press('Enter')
    expect(opened).toEqual([
      [idOf(29), true],
      [idOf(0), true],
    ])
  })

  it('select, extend, take everything, and give it up before they leave', () => {
    const { selection, press, left } = openGrid()
    press('ArrowDown')
    press(' ')
    press('ArrowDown', { shiftKey: true })
    expect([...selection.ids.value]).toEqual([idOf(1), idOf(2)])
    expect(press('a', { ctrlKey: true })).toBe(true)
    expect(selection.ids.value.size).toBe(30)
    press('Escape')
    expect(selection.ids.value.size).toBe(0)
    expect(left).toEqual([])
    press('Escape')
    expect(left).toEqual(['left'])
  })

  it('leave alone what is not theirs: an input method, other combinations, a grid without rows', () => {
    const { press, opened } = openGrid()
    expect(press('Enter', { isComposing: true })).toBe(false)
    expect(press('ArrowDown', { altKey: true })).toBe(false)
    expect(press('c', { ctrlKey: true })).toBe(false)
    expect(press('x')).toBe(false)
    expect(opened).toEqual([])
    const empty = openGrid(gridRows([]))
    expect(empty.moves.active.value).toBe(-1)
    empty.press('Enter')
    empty.press('ArrowDown')
    expect(empty.opened).toEqual([])
  })

  it('a click opens; with Ctrl it selects, with Shift it extends; the box always selects', () => {
    const { moves, selection, opened } = openGrid()
    moves.onClick(new MouseEvent('click'), 3)
    moves.onClick(new MouseEvent('click', { ctrlKey: true }), 4)
    moves.onClick(new MouseEvent('click', { shiftKey: true }), 6)
    moves.onPick(new MouseEvent('click'), 9)
    expect(opened).toEqual([[idOf(3), false]])
    expect([...selection.ids.value]).toEqual([idOf(4), idOf(5), idOf(6), idOf(9)])
    moves.openBeside(idOf(3), 1)
    expect(opened.at(-1)).toEqual([idOf(4), false])
  })

  it('select rows that have not been read, and no more than one call may carry', async () => {
    const many = Array.from({ length: MOST_SELECTED + 20 }, (_, index) => rowOf(index))
    const { selection, press } = openGrid(gridRows(many, 10))
    press('ArrowDown')
    press(' ')
    selection.move(15)
    await selection.extendTo(15)
    expect(selection.ids.value.size).toBe(15)
    press('a', { ctrlKey: true })
    await Promise.resolve()
    expect(selection.selected.value).toHaveLength(MOST_SELECTED)
  })

  it('a span that is read after the selection was given up selects nothing', async () => {
    const { selection, press } = openGrid(gridRows(rows, 10))
    const reading = selection.extendTo(20)
    press('Escape')
    selection.clear()
    await reading
    expect(selection.ids.value.size).toBe(0)
  })
})

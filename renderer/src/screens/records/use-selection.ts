import { computed, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { RecordRow } from '@shared/contract/views/record-views'

/** The rows of a grid by number; only some of them are here. */
export interface GridRows {
  /** Rows that there are. */
  readonly count: () => number
  readonly rowAt: (index: number) => RecordRow | undefined
  /** Number of a record among the rows that are here; -1 when it is not. */
  readonly indexOf: (recordId: string) => number
  /** Rows of a span, ends included, read where they are not here. */
  readonly rowsIn: (first: number, last: number) => Promise<readonly RecordRow[]>
}

export interface Selection {
  readonly ids: ComputedRef<ReadonlySet<string>>
  readonly selected: ComputedRef<readonly RecordRow[]>
  /** Row that the keyboard is on; -1 when there is none. */
  readonly active: Ref<number>
  readonly toggle: (index: number) => void
  /** Selects from the last chosen row to this one. */
  readonly extendTo: (index: number) => Promise<void>
  /** Selects all rows, or the first `MOST_SELECTED`. */
  readonly selectAll: () => Promise<void>
  readonly clear: () => void
  /** Moves the keyboard row, within bounds. */
  readonly move: (to: number) => void
}

/** The contract takes at most so many records in one call. */
export const MOST_SELECTED = 5_000

/** Which rows are chosen and which one the keyboard is on. Rows are remembered, so scrolling and refetching keep them. */
export function useSelection(rows: GridRows): Selection {
  const picked = shallowRef<ReadonlyMap<string, RecordRow>>(new Map())
  const active = ref(-1)
  let anchor = -1
  /** A span that is still being read belongs to the selection that it was asked for. */
  let turn = 0

  const ids = computed(() => new Set(picked.value.keys()))
  const selected = computed(() =>
    [...picked.value.values()].map((row) => rows.rowAt(rows.indexOf(row.recordId)) ?? row),
  )

  function toggle(index: number): void {
    const row = rows.rowAt(index)
    if (row === undefined) return
    const next = new Map(picked.value)
    if (!next.delete(row.recordId)) next.set(row.recordId, row)
    picked.value = next
    anchor = index
    active.value = index
  }

  async function pickSpan(first: number, last: number): Promise<void> {
    const mine = turn
    const end = Math.min(last, first + MOST_SELECTED - 1)
    const here = Array.from({ length: end - first + 1 }, (_, at) => rows.rowAt(first + at))
    const isHere = (found: typeof here): found is RecordRow[] => !found.includes(undefined)
    const span = isHere(here) ? here : await rows.rowsIn(first, end)
    if (mine !== turn) return
    const next = new Map(picked.value)
    for (const row of span) if (next.size < MOST_SELECTED) next.set(row.recordId, row)
    picked.value = next
  }

  function extendTo(index: number): Promise<void> {
    if (anchor < 0) anchor = Math.max(active.value, 0)
    active.value = index
    return pickSpan(Math.min(anchor, index), Math.max(anchor, index))
  }

  function selectAll(): Promise<void> {
    picked.value = new Map()
    return pickSpan(0, rows.count() - 1)
  }

  function clear(): void {
    turn++
    picked.value = new Map()
    anchor = -1
  }

  function move(to: number): void {
    const last = rows.count() - 1
    active.value = last < 0 ? -1 : Math.min(Math.max(to, 0), last)
  }

  return { ids, selected, active, toggle, extendTo, selectAll, clear, move }
}

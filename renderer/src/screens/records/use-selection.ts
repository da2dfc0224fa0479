import { computed, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { RecordRow } from '@shared/contract/views/record-views'

export interface Selection {
  readonly ids: ShallowRef<ReadonlySet<string>>
  readonly selected: ComputedRef<readonly RecordRow[]>
  /** Row that the keyboard is on; -1 when there is none. */
  readonly active: Ref<number>
  readonly toggle: (index: number) => void
  /** Selects from the last chosen row to this one. */
  readonly extendTo: (index: number) => void
  readonly selectAll: () => void
  readonly clear: () => void
  /** Moves the keyboard row, within bounds. */
  readonly move: (to: number) => void
}

/** Which rows are chosen and which one the keyboard is on. Rows are remembered by id, so refetching keeps them. */
export function useSelection(rows: () => readonly RecordRow[]): Selection {
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  const active = ref(-1)
  let anchor = -1

  const selected = computed(() => rows().filter((row) => ids.value.has(row.recordId)))

  function toggle(index: number): void {
    const row = rows()[index]
    if (row === undefined) return
    const next = new Set(ids.value)
    if (!next.delete(row.recordId)) next.add(row.recordId)
    ids.value = next
    anchor = index
    active.value = index
  }

  function extendTo(index: number): void {
    if (anchor < 0) anchor = Math.max(active.value, 0)
    const [from, to] = anchor < index ? [anchor, index] : [index, anchor]
    const between = rows().slice(from, to + 1)
    ids.value = new Set([...ids.value, ...between.map((row) => row.recordId)])
    active.value = index
  }

  function selectAll(): void {
    ids.value = new Set(rows().map((row) => row.recordId))
  }

  function clear(): void {
    ids.value = new Set()
    anchor = -1
  }

  function move(to: number): void {
    const last = rows().length - 1
    active.value = last < 0 ? -1 : Math.min(Math.max(to, 0), last)
  }

  return { ids, selected, active, toggle, extendTo, selectAll, clear, move }
}

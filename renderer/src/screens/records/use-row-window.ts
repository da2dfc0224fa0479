import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue'
import type { ComputedRef } from 'vue'

/** Browsers draw nothing beyond some thirty million pixels: a longer grid scrolls over less, and is moved along. */
const TALLEST = 8_000_000
/** Rows drawn above and below those in view. */
const OVERSCAN = 12
/** Within so many views of an end positions are true; a bar that moves further at once was dragged. */
const EDGE_VIEWS = 3

/** Which rows are drawn and where. */
export interface RowWindow {
  /** Height of the scrolled area, pixels. */
  readonly height: ComputedRef<number>
  /** Rows in view, ends included. */
  readonly first: ComputedRef<number>
  readonly last: ComputedRef<number>
  /** Numbers of the drawn rows. A number has the same place in the list while it is drawn, so rows are moved, not made. */
  readonly drawn: ComputedRef<readonly number[]>
  /** Top of a row in the scrolled area, pixels. */
  readonly topOf: (index: number) => number
  readonly scrollToRow: (index: number) => void
  readonly scrollToTop: () => void
}

/**
 * A window over very many rows of one height. While all of them fit into what a browser can scroll, a row lies where its
 * number says. Beyond that, wheel and keys move by pixels as ever, the bar moves by share, and `shift` is what lies
 * between both.
 */
export function useRowWindow(grid: {
  readonly box: () => HTMLElement | null
  readonly count: () => number
  readonly rowHeight: () => number
}): RowWindow {
  const top = ref(0)
  const view = ref(0)
  const shift = ref(0)
  let lastTop = 0

  const full = computed(() => grid.count() * grid.rowHeight())
  const height = computed(() => Math.min(full.value, TALLEST))
  const isScaled = computed(() => full.value > height.value)
  /** How far the rows are scrolled, pixels. */
  const position = computed(() => top.value + shift.value)

  const first = computed(() => Math.max(0, Math.floor(position.value / grid.rowHeight())))
  const last = computed(() =>
    Math.min(grid.count() - 1, Math.ceil((position.value + view.value) / grid.rowHeight())),
  )
  /** As many at every place, so that scrolling changes what rows show and makes none. */
  const slots = computed(() =>
    Math.min(grid.count(), Math.ceil(view.value / grid.rowHeight()) + 2 + 2 * OVERSCAN),
  )
  const from = computed(() => Math.max(0, Math.min(first.value - OVERSCAN, grid.count() - slots.value)))
  const drawn = computed(() =>
    Array.from({ length: slots.value }, (_, slot) => {
      const ahead = (slot - (from.value % slots.value) + slots.value) % slots.value
      return from.value + ahead
    }),
  )

  /** Where the bar stands for a position: true near both ends, by share between them. */
  function barOf(wanted: number): number {
    const edge = EDGE_VIEWS * view.value
    const [most, mostBar] = [full.value - view.value, height.value - view.value]
    if (!isScaled.value || wanted <= edge) return wanted
    if (wanted >= most - edge) return mostBar - (most - wanted)
    return edge + ((wanted - edge) / (most - 2 * edge)) * (mostBar - 2 * edge)
  }

  /** The position for which the bar stands there. */
  function positionOf(bar: number): number {
    const edge = EDGE_VIEWS * view.value
    const [most, mostBar] = [full.value - view.value, height.value - view.value]
    if (!isScaled.value || bar <= edge) return bar
    if (bar >= mostBar - edge) return most - (mostBar - bar)
    return edge + ((bar - edge) / (mostBar - 2 * edge)) * (most - 2 * edge)
  }

  function moveTo(wanted: number): void {
    const box = grid.box()
    if (box === null) return
    const bounded = Math.max(0, Math.min(wanted, full.value - view.value))
    const bar = Math.round(barOf(bounded))
    lastTop = bar
    top.value = bar
    shift.value = isScaled.value ? bounded - bar : 0
    box.scrollTop = bar
  }

  function onScroll(): void {
    const box = grid.box()
    if (box === null) return
    const bar = box.scrollTop
    const step = Math.abs(bar - lastTop)
    lastTop = bar
    top.value = bar
    if (!isScaled.value) {
      shift.value = 0
      return
    }
    const edge = EDGE_VIEWS * view.value
    if (step > edge) {
      shift.value = positionOf(bar) - bar
      return
    }
    const [most, mostBar] = [full.value - view.value, height.value - view.value]
    const isNearEnd = (at: number, end: number): boolean => at < edge || at > end - edge
    const isOff = Math.abs(barOf(position.value) - bar) > 1
    if (isOff && (isNearEnd(position.value, most) || isNearEnd(bar, mostBar))) moveTo(position.value)
  }

  function measure(): void {
    const box = grid.box()
    // The head covers one row of the box.
    view.value = Math.max(0, (box?.clientHeight ?? 0) - grid.rowHeight())
  }

  const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(measure)
  onMounted(() => {
    measure()
    const box = grid.box()
    if (box === null) return
    observer?.observe(box)
    box.addEventListener('scroll', onScroll, { passive: true })
  })
  onBeforeUnmount(() => {
    observer?.disconnect()
    grid.box()?.removeEventListener('scroll', onScroll)
  })
  watch([() => grid.rowHeight()], ([height], [before]) => {
    const row = position.value / before
    measure()
    moveTo(row * height)
  })
  // Fewer rows than before: what was in view may be behind the end.
  watch(full, () => {
    if (position.value > full.value - view.value) moveTo(full.value - view.value)
  })

  return {
    ...{ height, first, last, drawn },
    topOf: (index) => index * grid.rowHeight() - shift.value,
    scrollToRow(index) {
      const start = index * grid.rowHeight()
      const end = start + grid.rowHeight()
      if (start < position.value) moveTo(start)
      else if (end > position.value + view.value) moveTo(end - view.value)
    },
    scrollToTop: () => moveTo(0),
  }
}

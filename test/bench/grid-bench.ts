import { printDurations } from './duration-table'
import type { GridTold } from './grid-programs'
import { measure, measureEngine } from './measured-process'

/** How long a desk of so many records takes to answer its pages: with nothing in memory, and the same again. */
export async function benchGrid(records: number): Promise<void> {
  const { told: folder } = await measure<string>('mixed-desk', String(records))
  const { told, peakMb } = await measureEngine<GridTold>('ask-grid', folder, String(records))
  const { openMs, grid, pages } = told
  printDurations(`Pages of the grid over ${records} records`, grid)
  printDurations(
    `Other pages over the same; open in ${openMs.toFixed(0)} ms, peak ${(peakMb ?? 0).toFixed(0)} MB`,
    pages,
  )
}

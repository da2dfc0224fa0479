import type { ImportSummary } from '@shared/contract/views/import-views'

/** Where problem rows are best repaired: in the desk record by record, or in the file all at once. */
export type RepairAdvice = 'here' | 'file'

/** Up to this many rows a clerk is done sooner in the form than by editing and importing the file again. */
const FEW_ROWS = 20

/** What to recommend after an import; null when there is nothing to repair. */
export function adviseRepair(summary: Pick<ImportSummary, 'blocked' | 'warned'>): RepairAdvice | null {
  const problems = summary.blocked + summary.warned
  if (problems === 0) return null
  return problems <= FEW_ROWS ? 'here' : 'file'
}

/**
 * The life of one case of credit repair at the bureau (city rule: the bureau asks its superior, then the sharing platform
 * is told; national rule: one entry at 信用中国, which decides within ten working days).
 *
 * collecting -> approved (the superior agrees) -> applied (handed in at 信用中国) -> granted | refused
 * granted -> done (display has ended, or the mark is accepted)
 * any open state but granted -> withdrawn
 */
export const repairStates = [
  'collecting',
  'approved',
  'applied',
  'granted',
  'refused',
  'withdrawn',
  'done',
] as const
export type RepairState = (typeof repairStates)[number]

export const repairMoves: Readonly<Record<RepairState, readonly RepairState[]>> = {
  collecting: ['approved', 'applied', 'withdrawn'],
  approved: ['applied', 'collecting', 'withdrawn'],
  applied: ['granted', 'refused', 'withdrawn'],
  granted: ['done'],
  refused: [],
  withdrawn: [],
  done: [],
}

/** Whether a case may move from one state to another. */
export const canMoveRepair = (from: RepairState, to: RepairState): boolean => repairMoves[from].includes(to)

/** States in which somebody still has something to do. */
export const openRepairStates: readonly RepairState[] = ['collecting', 'approved', 'applied', 'granted']

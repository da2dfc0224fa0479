/**
 * Finds what the platform will not have in a batch that it refuses. An item that it names goes into quarantine; where it
 * names none, the items of the refused part are halved, each half in a batch of its own, until one item is left alone.
 * The rest goes on at once. A batch that was taken apart is never closed and never sent again, and a record is in one
 * live batch at a time: both halves are sealed in the transaction that ends the whole.
 */
import type { Failure } from '@shared/kernel/failure'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchEntity } from '@engine/repos/repo-types'
import type { PlatformStatus } from '@engine/transports/transport-port'
import type { BreakUp, SealingService } from './sealing-service'
import type { Fault } from './submission-halt'
import type { Walk } from './submission-steps'

export interface Isolation {
  /** How many refusals in a row are enough to take the batch apart. */
  refusalsOf(batch: BatchEntity): number
  /** Takes a stopped batch apart; the batches in its place, or null when a person has to decide. */
  isolate(walk: Walk, fault: Fault, cause: Failure): Promise<readonly string[] | null>
  /** The platform has settled the batch: not everything of the desk is refused. Nothing is left to do: null. */
  settled(batchId: string): null
}

/** The batches that came of one, and what they have shown so far. */
interface Family {
  readonly label: string
  hasTaken: boolean
  splits: number
  quarantined: number
}

/** The same refusal of the same bytes so many times in a row is for good. */
const MOST_REFUSALS = 3
/** While nothing at all was taken, the fault is hardly in single items: a person looks at it. */
const SPLITS_WITHOUT_SUCCESS = 31
const QUARANTINED_WITHOUT_SUCCESS = 3

const range = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index)

/** Numbers of the items among which the fault is. */
function suspectsOf({ manifest, itemCount }: BatchEntity, { itemNo, partNo }: Fault): readonly number[] {
  if (itemNo !== null) return [itemNo]
  let first = 1
  for (const { no, items } of manifest.parts) {
    if (no === partNo) return range(first, items)
    first += items
  }
  return range(1, itemCount)
}

export function createIsolation(deps: {
  readonly batches: Pick<BatchRepo, 'find'>
  readonly sealing: Pick<SealingService, 'breakUp'>
}): Isolation {
  const families = new Map<string, Family>()

  const familyOf = ({ batchId, label }: BatchEntity): Family =>
    families.get(batchId) ?? { label, hasTaken: false, splits: 0, quarantined: 0 }

  /** Whether the platform certainly counts nothing of the batch yet; its state, or null where it must not be touched. */
  const uncounted = async ({
    batchId,
    transport,
    task,
  }: Walk): Promise<{ readonly status: PlatformStatus | null } | null> => {
    const reply = await transport.state(batchId, task.signal)
    if (reply.kind !== 'ok' || (reply.value !== null && reply.value.state !== 'open')) return null
    if (transport.traits.countsAtClose) return { status: reply.value }
    const trace = await transport.lookup({ batchId }, task.signal)
    return trace.kind === 'ok' && trace.value.length === 0 ? { status: null } : null
  }

  const planOf = (batch: BatchEntity, family: Family, fault: Fault, cause: Failure): BreakUp | null => {
    const suspects = suspectsOf(batch, fault)
    const isAlone = fault.itemNo !== null || batch.itemCount === 1
    const [first] = suspects
    if (isAlone && first !== undefined) {
      if (!family.hasTaken && family.quarantined >= QUARANTINED_WITHOUT_SUCCESS) return null
      family.quarantined++
      return { label: family.label, aside: { itemNo: first, cause } }
    }
    if (!family.hasTaken && family.splits >= SPLITS_WITHOUT_SUCCESS) return null
    family.splits++
    const middle = Math.ceil(suspects.length / 2)
    return { label: family.label, apart: [suspects.slice(0, middle), suspects.slice(middle)] }
  }

  return {
    refusalsOf: (batch) => (families.has(batch.batchId) && batch.itemCount > 1 ? 1 : MOST_REFUSALS),

    async isolate(walk, fault, cause) {
      const batch = deps.batches.find(walk.batchId)
      const found = await uncounted(walk)
      if (batch === null || found === null) return null
      const family = familyOf(batch)
      const missing = found.status?.missingParts.length ?? batch.manifest.partCount
      if (missing < batch.manifest.partCount) family.hasTaken = true
      const plan = planOf(batch, family, fault, cause)
      const made = plan === null ? null : deps.sealing.breakUp(walk.batchId, plan)
      if (made === null) return null
      families.delete(walk.batchId)
      for (const batchId of made) families.set(batchId, family)
      return made
    },

    settled(batchId) {
      const family = families.get(batchId)
      if (family !== undefined) family.hasTaken = true
      families.delete(batchId)
      return null
    },
  }
}

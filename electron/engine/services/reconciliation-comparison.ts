/**
 * Compares one settled batch with what the platform holds of it: its counts, the digest of its outcomes against the one
 * in the verified receipt, and the hashes of its contents. Only where these differ are items compared one by one. What
 * seems to be lost is looked up by its content before it counts as lost.
 */
import type { LookupHit, OutcomeCounts } from '@shared/domain/exchange'
import { isAccepted } from '@shared/domain/record-status'
import { failure, FailureError } from '@shared/kernel/failure'
import { itemsSha256 } from '@engine/crypto/items-digest'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { FetchedItem } from '@engine/repos/batch-rows'
import type { FindingEntity } from '@engine/repos/reconciliation-repo'
import type { BatchEntity, RecordRepo } from '@engine/repos/repo-types'
import type { ItemRow, Reply, Transport } from '@engine/transports/transport-port'
import { itemResultOf } from './submission-item-result'

/** A finding before it has its place in a run. */
export type Found = Omit<FindingEntity, 'runId' | 'findingNo' | 'resolvedAt' | 'resolution'>

export interface Comparison {
  /** What differs; nothing when both sides agree. Throws the failure of the link when the platform cannot be asked. */
  compare(batch: BatchEntity, transport: Transport, signal: AbortSignal): Promise<readonly Found[]>
  /** Whether the platform holds an accepted revision under whatever batch. */
  isHeld(
    item: Pick<FetchedItem, 'recordId' | 'revision' | 'sha256'>,
    transport: Transport,
    signal: AbortSignal,
  ): Promise<boolean>
}

const PAGE = 500
/** A look-up by batch gives all its items in one answer; larger batches are compared by their digest alone. */
const LARGEST_LOOK_UP = 5_000
/** Items beyond those we sent that are still listed as such. */
const MOST_SURPLUS = 5_000

/** The value of a reply; throws the failure of any other. */
export const clear = <T>(reply: Reply<T>): T => {
  if (reply.kind !== 'ok') throw new FailureError(reply.failure)
  return reply.value
}

const isSame = (ours: OutcomeCounts, theirs: OutcomeCounts): boolean =>
  ours.accepted === theirs.accepted &&
  ours.warned === theirs.warned &&
  ours.rejected === theirs.rejected &&
  ours.duplicate === theirs.duplicate &&
  theirs.pending === 0

export function createComparison(deps: {
  readonly batches: Pick<BatchRepo, 'items' | 'results'>
  readonly records: Pick<RecordRepo, 'revision' | 'find'>
}): Comparison {
  const { batches, records } = deps

  /** Every item as the platform lists it now; a list without an end is no answer. */
  const fetchRows = async (
    { batchId, itemCount }: BatchEntity,
    transport: Transport,
    signal: AbortSignal,
  ): Promise<readonly ItemRow[]> => {
    const rows: ItemRow[] = []
    for (let after = 0; ;) {
      const page = clear(await transport.items(batchId, after, PAGE, signal))
      rows.push(...page.rows)
      if (page.next === null || page.next <= after) return rows
      if (page.rows.length === 0 || rows.length > itemCount + MOST_SURPLUS)
        throw new FailureError(failure('transport.protocol', { detail: 'items' }))
      after = page.next
    }
  }

  const tallyOf = (batchId: string): OutcomeCounts => {
    const counts = { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 0 }
    for (const json of batches.results(batchId)) counts[itemResultOf(json).outcome]++
    return counts
  }

  const ofItem = (batchId: string, item: FetchedItem) => {
    const { itemNo, recordId, revision } = item
    const result = item.resultJson === null ? null : itemResultOf(item.resultJson)
    const platformRef = result?.platformRef ?? result?.duplicateOf?.platformRef ?? null
    return {
      ...{ batchId, itemNo, recordId, revision },
      ours: { outcome: result?.outcome ?? null, platformRef, sha256: item.sha256 },
    }
  }

  const isHeld: Comparison['isHeld'] = async (item, transport, signal) =>
    clear(await transport.lookup({ sha256: item.sha256 }, signal)).some(
      (hit) =>
        hit.recordId === item.recordId &&
        hit.revision === item.revision &&
        (hit.outcome === 'accepted' || hit.outcome === 'warned'),
    )

  /** Whether the desk takes this revision for what the platform holds of the record. */
  const counts = (item: FetchedItem): boolean =>
    records.find(item.recordId)?.acceptedRevision === item.revision &&
    isAccepted(records.revision(item.recordId, item.revision)?.delivery ?? 'none')

  const differs = (item: FetchedItem, row: ItemRow): boolean => {
    if (item.resultJson === row.canonical || item.resultJson === null) return false
    const ours = itemResultOf(item.resultJson)
    const { result } = row
    // A late rejection that has been applied is no news.
    const isRevoked = records.revision(item.recordId, item.revision)?.delivery === 'revoked'
    if (isRevoked && result.outcome === 'rejected') return false
    return ours.outcome !== result.outcome || ours.platformRef !== result.platformRef
  }

  function* itemsOf(batchId: string): Generator<FetchedItem> {
    for (let after = 0; ;) {
      const page = batches.items(batchId, after, PAGE)
      yield* page
      if (page.length < PAGE) return
      after = page.at(-1)!.itemNo
    }
  }

  const surplusOf = (
    batchId: string,
    known: ReadonlySet<string>,
    listed: readonly { itemNo: number; recordId: string; revision: number; outcome: string }[],
  ): Found[] =>
    listed
      .filter(({ recordId, revision }) => !known.has(`${recordId}/${revision}`))
      .map(({ itemNo, recordId, revision, outcome }) => ({
        ...{ kind: 'surplus' as const, batchId, itemNo, recordId, revision },
        ...{ ours: {}, theirs: { outcome } },
      }))

  const compareItems = async (
    batch: BatchEntity,
    rows: readonly ItemRow[],
    hits: readonly LookupHit[] | null,
    transport: Transport,
    signal: AbortSignal,
  ): Promise<readonly Found[]> => {
    const { batchId } = batch
    const byKey = new Map(rows.map((row) => [`${row.result.recordId}/${row.result.revision}`, row]))
    const hitByKey = new Map((hits ?? []).map((hit) => [`${hit.recordId}/${hit.revision}`, hit]))
    const known = new Set<string>()
    const found: Found[] = []
    for (const item of itemsOf(batchId)) {
      const key = `${item.recordId}/${item.revision}`
      known.add(key)
      const row = byKey.get(key)
      const hit = hitByKey.get(key)
      const isMissing = row === undefined || (hits !== null && hit === undefined)
      if (isMissing) {
        if (counts(item) && !(await isHeld(item, transport, signal)))
          found.push({ kind: 'lost', ...ofItem(batchId, item), theirs: {} })
        continue
      }
      const isOther = hit !== undefined && hit.sha256 !== item.sha256
      if (!isOther && !differs(item, row)) continue
      const { outcome, platformRef } = row.result
      const theirs = { outcome, platformRef, ...(hit === undefined ? {} : { sha256: hit.sha256 }) }
      found.push({ kind: 'differs', ...ofItem(batchId, item), theirs })
    }
    const listed = [...rows.map(({ result }) => result), ...(hits ?? [])]
    const seen = new Set<string>()
    for (const one of surplusOf(batchId, known, listed)) {
      if (seen.has(`${one.recordId}/${one.revision}`)) continue
      seen.add(`${one.recordId}/${one.revision}`)
      found.push(one)
    }
    return found
  }

  return {
    isHeld,

    async compare(batch, transport, signal) {
      const { batchId, itemCount } = batch
      const status = clear(await transport.state(batchId, signal))
      if (status === null) return compareItems(batch, [], null, transport, signal)
      const rows = await fetchRows(batch, transport, signal)
      const hits = itemCount > LARGEST_LOOK_UP ? null : clear(await transport.lookup({ batchId }, signal))
      const isListed = itemsSha256(rows.map((row) => row.canonical)) === itemsSha256(batches.results(batchId))
      const isCounted = isSame(tallyOf(batchId), status.counts) && rows.length === itemCount
      const isWhole = hits === null || hits.length === itemCount
      const contents = new Map(hits?.map((hit) => [hit.itemNo, hit.sha256]))
      let isContent = true
      if (hits !== null && isWhole)
        for (const item of itemsOf(batchId)) isContent &&= contents.get(item.itemNo) === item.sha256
      if (isListed && isCounted && isWhole && isContent) return []
      return compareItems(batch, rows, hits, transport, signal)
    },
  }
}

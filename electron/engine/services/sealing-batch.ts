/**
 * One batch as it comes together: items become lines, lines become parts as they come, and `seal` writes all of it.
 * Only the parts and what the store keeps of each item stay in memory.
 */
import type { Manifest, PlatformLimits, StandardRef, WireItem } from '@shared/domain/exchange'
import { manifestSha256 } from '@engine/crypto/manifest-digest'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemEntity } from '@engine/repos/batch-rows'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { AuditNote, AuditRepo } from '@engine/repos/repo-types'
import { createPartCutter } from './sealing-parts'

/** An item before it has its number in a batch. */
export type UnnumberedItem = Omit<WireItem, 'itemNo'>

/** The NDJSON line of an item under a number, with its line feed. `json` is the JSON of the item without one. */
export const lineOf = (itemNo: number, json: string): string => `{"itemNo":${itemNo},${json.slice(1)}\n`

/** What is the same for every item of a batch. */
export interface BatchHead {
  readonly batchId: string
  readonly label: string
  readonly bureau: string
  readonly standard: StandardRef
  readonly sealedAt: string
  readonly actor: string
}

/** A batch that still takes items. */
export interface BatchInMaking {
  readonly batchId: string
  readonly size: number
  /** Takes the next item; `json` is its JSON. */
  add(item: UnnumberedItem, json: string): void
  /** Writes batch, parts, items, outbox row and audit rows and closes the records; inside the caller's transaction. */
  seal(): void
}

/** Begins a batch of which nothing is stored yet. */
export function createBatchInMaking(
  head: BatchHead,
  limits: PlatformLimits,
  repos: { readonly batches: BatchRepo; readonly outbox: OutboxRepo; readonly audit: AuditRepo },
): BatchInMaking {
  const { batchId, label, bureau, standard, sealedAt, actor } = head
  const cutter = createPartCutter(limits)
  const items: BatchItemEntity[] = []

  const manifestOf = (parts: Manifest['parts']): Manifest => {
    const content = { batchId, bureau, standard, itemCount: items.length, partCount: parts.length, parts }
    return { ...content, manifestSha256: manifestSha256(content) }
  }

  function* notes(manifest: Manifest): Generator<AuditNote> {
    const entry = { at: sealedAt, actor, act: 'batch.sealed' }
    for (const { recordId, revision } of items)
      yield { ...entry, ref: recordId, body: { batchId, label, revision } }
    const { itemCount, partCount, manifestSha256: sha256 } = manifest
    yield {
      ...entry,
      ref: batchId,
      body: { label, items: itemCount, parts: partCount, manifestSha256: sha256 },
    }
  }

  return {
    batchId,
    get size() {
      return items.length
    },

    add({ recordId, revision, op, sha256 }, json) {
      const itemNo = items.length + 1
      items.push({ itemNo, recordId, revision, op, sha256 })
      cutter.add(lineOf(itemNo, json))
    },

    seal() {
      const parts = cutter.finish()
      const manifest = manifestOf(
        parts.map(({ no, items: count, bytes, sha256 }) => ({
          no,
          items: count,
          bytes: bytes.length,
          sha256,
        })),
      )
      repos.batches.insert(
        {
          batchId,
          label,
          standardId: standard.id,
          standardVersion: standard.version,
          state: 'sealed',
          itemCount: items.length,
          manifest,
          sealedAt,
          receivedAt: null,
          settledAt: null,
          receiptNo: null,
          counts: null,
        },
        parts,
        items,
      )
      repos.outbox.insert(batchId)
      repos.batches.sealRecords(batchId, items.length, sealedAt)
      repos.audit.appendAll(notes(manifest))
    },
  }
}

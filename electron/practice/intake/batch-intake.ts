import type { Manifest, StandardRef } from '@shared/domain/exchange'
import type { Clock } from '@shared/kernel/clock'
import { ProtocolError } from '@practice/http/protocol-error'
import type { BatchRepo, PlatformBatch } from '@practice/store/batch-repo'
import type { Desk } from '@practice/store/desk-repo'
import type { ItemRepo } from '@practice/store/item-repo'
import type { PracticeDatabase } from '@practice/store/practice-database'
import { assertStandardTaken, readManifest } from './manifest-reader'
import { readPart } from './part-reader'

/** Takes batches in, whichever way they come. Every step may be repeated and throws a `ProtocolError` when refused. */
export interface BatchIntake {
  /** Opens a batch by the bytes of its manifest; `isNew` is false for one that was open already. */
  open(
    desk: Desk,
    batchId: string,
    manifest: unknown,
  ): { readonly batch: PlatformBatch; readonly isNew: boolean }
  part(batch: PlatformBatch, no: number, bytes: Uint8Array): void
  /** Closes a complete batch; the state it has from then on. */
  close(batch: PlatformBatch): PlatformBatch['state']
}

export function createBatchIntake(deps: {
  readonly db: PracticeDatabase
  readonly batches: BatchRepo
  readonly items: ItemRepo
  readonly clock: Clock
  /** The standards taken today. */
  readonly standardsTaken: () => readonly StandardRef[]
  /** Hears of a batch that was closed just now. */
  readonly onClosed: (batchId: string) => void
}): BatchIntake {
  const { db, batches, items } = deps

  const known = (manifest: Manifest): PlatformBatch | null => {
    const batch = batches.find(manifest.batchId)
    if (batch === null || batch.manifestSha256 === manifest.manifestSha256) return batch
    throw new ProtocolError(409, 'manifest_conflict', 'the batch was opened with another manifest')
  }

  return {
    open(desk, batchId, body) {
      const manifest = readManifest(body, batchId)
      if (manifest.bureau !== desk.bureau.code) {
        throw new ProtocolError(403, 'bureau_refused', 'this client may not speak for that bureau')
      }
      const open = known(manifest)
      if (open !== null) return { batch: open, isNew: false }
      assertStandardTaken(manifest.standard, deps.standardsTaken())
      const { manifestSha256 } = manifest
      const receivedAt = deps.clock.now()
      db.transaction(() => batches.insert({ manifest, manifestSha256, receivedAt })).immediate()
      return { batch: batches.find(batchId)!, isNew: true }
    },

    part(batch, no, bytes) {
      const part = batch.manifest.parts.find((one) => one.no === no)
      if (part === undefined) throw new ProtocolError(404, 'not_found', 'no such part')
      const lines = readPart(bytes, part, batch.manifest.itemCount)
      db.transaction(() => {
        if (batches.hasPart(batch.batchId, part.no)) return
        for (const item of lines) {
          if (items.insert(batch.batchId, batch.bureau, item)) continue
          const details = { part: part.no, itemNo: item.itemNo, member: 'itemNo' }
          throw new ProtocolError(422, 'item_invalid', 'the batch has two items of this number', details)
        }
        batches.insertPart(batch.batchId, part.no)
      }).immediate()
    },

    close(batch) {
      if (batch.state === 'open') {
        const missingParts = batches.missingParts(batch)
        if (missingParts.length > 0) {
          throw new ProtocolError(409, 'parts_missing', 'parts are missing', { missingParts })
        }
        batches.close(batch.batchId)
        deps.onClosed(batch.batchId)
      }
      return batches.find(batch.batchId)!.state
    },
  }
}

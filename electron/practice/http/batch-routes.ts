import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { StandardRef } from '@shared/domain/exchange'
import type { Clock } from '@shared/kernel/clock'
import { assertStandardTaken, readManifest } from '@practice/intake/manifest-reader'
import { readPart } from '@practice/intake/part-reader'
import { limits, MAX_PAGE_ITEMS } from '@practice/protocol-limits'
import type { BatchRepo, PlatformBatch } from '@practice/store/batch-repo'
import type { Desk } from '@practice/store/desk-repo'
import type { ItemRepo } from '@practice/store/item-repo'
import type { PracticeDatabase } from '@practice/store/practice-database'
import { ProtocolError } from './protocol-error'
import { queryNumber } from './query-reader'
import { bodyBytes } from './request-guard'
import type { RequestGuard } from './request-guard'

export interface BatchRoutesDeps {
  readonly db: PracticeDatabase
  readonly guard: RequestGuard
  readonly batches: BatchRepo
  readonly items: ItemRepo
  readonly clock: Clock
  /** The standards taken today. */
  readonly standardsTaken: () => readonly StandardRef[]
  /** Hears of a batch that was closed just now. */
  readonly onClosed: (batchId: string) => void
}

const paramOf = (request: FastifyRequest, name: string): string =>
  (request.params as Record<string, string>)[name] ?? ''

/** Protocol section 3: open, part, close, state, items, receipt. Every step may be repeated at any time. */
export function batchRoutes(app: FastifyInstance, deps: BatchRoutesDeps): void {
  const { db, guard, batches, items, clock } = deps

  const opened = (batch: PlatformBatch) => ({
    state: batch.state,
    receivedAt: batch.receivedAt,
    missingParts: batch.state === 'open' ? batches.missingParts(batch) : [],
  })

  /** A batch of another bureau does not exist for a desk. */
  const ownBatch = (desk: Desk, request: FastifyRequest): PlatformBatch => {
    const batch = batches.find(paramOf(request, 'batchId'))
    if (batch?.bureau === desk.bureau.code) return batch
    throw new ProtocolError(404, 'not_found', 'no such batch')
  }

  app.put('/batches/:batchId', (request, reply) => {
    const desk = guard(request)
    const manifest = readManifest(request.body, paramOf(request, 'batchId'))
    if (manifest.bureau !== desk.bureau.code) {
      throw new ProtocolError(403, 'bureau_refused', 'this client may not speak for that bureau')
    }
    const known = batches.find(manifest.batchId)
    if (known !== null) {
      if (known.manifestSha256 === manifest.manifestSha256) return reply.code(200).send(opened(known))
      throw new ProtocolError(409, 'manifest_conflict', 'the batch was opened with another manifest')
    }
    assertStandardTaken(manifest.standard, deps.standardsTaken())
    const { manifestSha256 } = manifest
    db.transaction(() => batches.insert({ manifest, manifestSha256, receivedAt: clock.now() })).immediate()
    return reply.code(201).send(opened(batches.find(manifest.batchId)!))
  })

  app.put('/batches/:batchId/parts/:no', { bodyLimit: limits.maxPartBytes }, (request, reply) => {
    const desk = guard(request)
    const batch = ownBatch(desk, request)
    const part = batch.manifest.parts.find((one) => String(one.no) === paramOf(request, 'no'))
    if (part === undefined) throw new ProtocolError(404, 'not_found', 'no such part')
    assertPartMedia(request)
    const lines = readPart(bodyBytes(request), part, batch.manifest.itemCount)
    db.transaction(() => {
      if (batches.hasPart(batch.batchId, part.no)) return
      for (const item of lines) {
        if (items.insert(batch.batchId, batch.bureau, item)) continue
        const details = { part: part.no, itemNo: item.itemNo, member: 'itemNo' }
        throw new ProtocolError(422, 'item_invalid', 'the batch has two items of this number', details)
      }
      batches.insertPart(batch.batchId, part.no)
    }).immediate()
    return reply.code(204).send()
  })

  app.post('/batches/:batchId/close', (request, reply) => {
    const desk = guard(request)
    const batch = ownBatch(desk, request)
    if (batch.state === 'open') {
      const missingParts = batches.missingParts(batch)
      if (missingParts.length > 0) {
        throw new ProtocolError(409, 'parts_missing', 'parts are missing', { missingParts })
      }
      batches.close(batch.batchId)
      deps.onClosed(batch.batchId)
    }
    const state = batches.find(batch.batchId)!.state
    return reply.code(202).send({ state })
  })

  app.get('/batches/:batchId', (request) => {
    const batch = ownBatch(guard(request), request)
    const { state, receivedAt, missingParts } = opened(batch)
    return { state, receivedAt, counts: items.counts(batch.batchId), missingParts }
  })

  app.get('/batches/:batchId/items', (request) => {
    const batch = ownBatch(guard(request), request)
    const after = queryNumber(request, 'after', 0, Number.MAX_SAFE_INTEGER)
    const limit = Math.max(1, queryNumber(request, 'limit', limits.maxPartItems, MAX_PAGE_ITEMS))
    const page = items.page(batch.batchId, after, limit + 1)
    const shown = page.slice(0, limit)
    return { items: shown, next: page.length > limit ? shown.at(-1)!.itemNo : null }
  })

  app.get('/batches/:batchId/receipt', (request, reply) => {
    const batch = ownBatch(guard(request), request)
    if (batch.receiptJson === null) {
      throw new ProtocolError(409, 'still_processing', 'the batch is not settled', { state: batch.state })
    }
    return reply.type('application/json; charset=utf-8').send(batch.receiptJson)
  })
}

function assertPartMedia(request: FastifyRequest): void {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  const encoding = request.headers['content-encoding']?.trim().toLowerCase()
  if (type === 'application/x-ndjson' && encoding === 'gzip') return
  throw new ProtocolError(415, 'unsupported_media', 'a part is application/x-ndjson in gzip')
}

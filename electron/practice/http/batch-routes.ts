import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { BatchIntake } from '@practice/intake/batch-intake'
import { limits, MAX_PAGE_ITEMS } from '@practice/protocol-limits'
import type { BatchRepo, PlatformBatch } from '@practice/store/batch-repo'
import type { Desk } from '@practice/store/desk-repo'
import type { ItemRepo } from '@practice/store/item-repo'
import { ProtocolError } from './protocol-error'
import { queryNumber } from './query-reader'
import { bodyBytes } from './request-guard'
import type { RequestGuard } from './request-guard'

export interface BatchRoutesDeps {
  readonly guard: RequestGuard
  readonly intake: BatchIntake
  readonly batches: BatchRepo
  readonly items: ItemRepo
}

const paramOf = (request: FastifyRequest, name: string): string =>
  (request.params as Record<string, string>)[name] ?? ''

/** Protocol section 3: open, part, close, state, items, receipt. Every step may be repeated at any time. */
export function batchRoutes(app: FastifyInstance, deps: BatchRoutesDeps): void {
  const { guard, intake, batches, items } = deps

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
    const { batch, isNew } = intake.open(guard(request), paramOf(request, 'batchId'), request.body)
    return reply.code(isNew ? 201 : 200).send(opened(batch))
  })

  app.put('/batches/:batchId/parts/:no', { bodyLimit: limits.maxPartBytes }, (request, reply) => {
    const batch = ownBatch(guard(request), request)
    const no = paramOf(request, 'no')
    if (!/^[1-9]\d{0,5}$/.test(no)) throw new ProtocolError(404, 'not_found', 'no such part')
    if (batch.manifest.parts.some((part) => part.no === Number(no))) assertPartMedia(request)
    intake.part(batch, Number(no), bodyBytes(request))
    return reply.code(204).send()
  })

  app.post('/batches/:batchId/close', (request, reply) => {
    const state = intake.close(ownBatch(guard(request), request))
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

import type { FastifyInstance } from 'fastify'
import type { Capabilities, FeedPage } from '@shared/domain/exchange'
import type { Clock } from '@shared/kernel/clock'
import { readJsonBody } from '@practice/intake/json-body'
import { noticeAnswerSchema } from '@practice/intake/wire-schemas'
import { IDEMPOTENCY_WINDOW_DAYS, limits, MAX_FEED_EVENTS, MAX_LOOKUP_HITS } from '@practice/protocol-limits'
import type { FeedRepo } from '@practice/store/feed-repo'
import type { ItemRepo, LookupQuery } from '@practice/store/item-repo'
import { readCursor, writeCursor } from './feed-cursor'
import { ProtocolError } from './protocol-error'
import { queryNumber, queryText } from './query-reader'
import type { RequestGuard } from './request-guard'

export interface ExchangeRoutesDeps {
  readonly guard: RequestGuard
  readonly items: ItemRepo
  readonly feed: FeedRepo
  readonly clock: Clock
  readonly platformId: string
  readonly standards: () => Capabilities['standards']
  readonly calendarVersion: string
  /** The signed package of a standard, or null. */
  readonly packageText: (id: string, version: string) => string | null
}

/** Protocol sections 2, 3 (look-up) and 5. */
export function exchangeRoutes(app: FastifyInstance, deps: ExchangeRoutesDeps): void {
  const { guard, items, feed, clock, platformId } = deps

  app.get('/capabilities', (request): Capabilities => {
    const desk = guard(request)
    return {
      serverTime: clock.now(),
      protocol: ['1'],
      bureau: desk.bureau,
      standards: deps.standards(),
      limits,
      calendar: { version: deps.calendarVersion },
      idempotencyWindowDays: IDEMPOTENCY_WINDOW_DAYS,
    }
  })

  app.get('/lookup', (request) => {
    const desk = guard(request)
    const batchId = queryText(request, 'batchId')
    const sha256 = queryText(request, 'sha256')
    const naturalKey = queryText(request, 'naturalKey')
    const queries: LookupQuery[] = []
    if (batchId !== null) queries.push({ batchId })
    if (sha256 !== null) queries.push({ sha256 })
    if (naturalKey !== null) queries.push({ naturalKey, op: queryText(request, 'op') })
    const query = queries[0]
    if (query === undefined || queries.length > 1) {
      throw new ProtocolError(400, 'malformed_request', 'one of batchId, sha256, naturalKey is needed')
    }
    return { found: items.lookup(desk.bureau.code, query, MAX_LOOKUP_HITS) }
  })

  app.get('/feed', (request): FeedPage => {
    const desk = guard(request)
    const limit = Math.max(1, queryNumber(request, 'limit', 200, MAX_FEED_EVENTS))
    const afterSeq = readCursor(queryText(request, 'cursor') ?? '', platformId, feed.lastSeq())
    const now = clock.now()
    if (afterSeq === null) return { events: [], cursor: '', highWater: now, resyncRequired: true }
    const found = feed.page(desk.bureau.code, afterSeq, limit + 1)
    const events = found.slice(0, limit)
    const last = events.at(-1)
    return {
      events,
      cursor: writeCursor(last?.seq ?? afterSeq, platformId),
      highWater: found.length > limit ? last!.at : (feed.waitingSince() ?? now),
      resyncRequired: false,
    }
  })

  app.post('/notices/:noticeId/answer', (request) => {
    const desk = guard(request)
    const { noticeId } = request.params as { noticeId: string }
    const answer = readJsonBody(noticeAnswerSchema, request.body)
    if (!feed.hasNotice(noticeId, desk.bureau.code))
      throw new ProtocolError(404, 'not_found', 'no such notice')
    return { noticeId, answer: answer.answer, receivedAt: feed.answer(noticeId, answer, clock.now()) }
  })

  app.get('/standards/:id/:version', (request, reply) => {
    guard(request)
    const { id, version } = request.params as { id: string; version: string }
    const text = deps.packageText(id, version)
    if (text === null) throw new ProtocolError(404, 'not_found', 'no such standard')
    return reply.type('application/json; charset=utf-8').send(text)
  })

  app.get('/calendars/:version', (request) => {
    guard(request)
    throw new ProtocolError(404, 'not_found', 'this platform publishes no calendars')
  })
}

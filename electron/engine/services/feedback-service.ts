/**
 * Feedback: pulls the platform's feed up to its high water, and brings it the answers that wait. A page's events and the cursor are one transaction; the
 * feed repeats itself, so events seen before are dropped by their id. A resync starts over with an empty cursor and
 * changes nothing that was applied already.
 */
import * as v from 'valibot'
import type { PullResult } from '@shared/contract/views/exchange-views'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import { sha256Hex } from '@engine/crypto/digest'
import type { EventBus } from '@engine/event-bus'
import type { FeedRepo } from '@engine/repos/feed-repo'
import type { AuditRepo, Store } from '@engine/repos/repo-types'
import { backOffMs } from '@engine/transports/back-off'
import type { Fraction, Pause } from '@engine/transports/back-off'
import { isCertain } from '@engine/transports/transport-port'
import type { Transport, UnreadFeedPage } from '@engine/transports/transport-port'
import type { ConnectionService } from './connection-port'
import type { FeedApplication } from './feedback-application'
import { envelopeSchema, readEvent } from './feedback-events'
import type { NoticeAnswersService } from './notice-answers-service'
import type { StandardsService } from './standards-service'
import type { TaskHandle } from './tasks-service'

export interface FeedbackService {
  /** Pulls to high water, over the connection or from another transport; one without a feed brings nothing. Refuses `connection.missing`, `platform.auth-refused`, `transport.*` when attempts run out. */
  pull(task: TaskHandle, transport?: Transport): Promise<PullResult>
  /** Applies events that had to wait for verdicts; runs inside the caller's transaction. */
  applyParked(): void
}

export interface FeedbackDeps {
  readonly store: Store
  readonly feed: FeedRepo
  readonly application: FeedApplication
  readonly audit: AuditRepo
  readonly connection: ConnectionService
  readonly noticeAnswers: Pick<NoticeAnswersService, 'sendDue'>
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  readonly pause: Pause
  readonly fraction: Fraction
  /** Fetches announced standards; absent where none are installed. */
  readonly standards?: Pick<StandardsService, 'fetchAnnounced'>
  /** Attempts at one page. */
  readonly attempts?: number
}

type Tally = { -readonly [Member in keyof PullResult]: number }

const PAGE = 200
const ATTEMPTS = 4
/** A feed that never comes to an end is left for the next pull. */
const MOST_PAGES = 5_000

const COUNTED: Readonly<Record<string, Exclude<keyof PullResult, 'events'>>> = {
  'item.rejected': 'rejected',
  'correction.requested': 'corrections',
  'takedown.ordered': 'takedowns',
  'standard.published': 'standards',
}

export function createFeedbackService(deps: FeedbackDeps): FeedbackService {
  const { store, feed, application, clock } = deps

  const applyOne = (raw: unknown, tally: Tally): void => {
    const envelope = v.safeParse(envelopeSchema, raw)
    const receivedAt = clock.now()
    if (!envelope.success) {
      // Without an id of its own it is known by its content, so that it is kept once.
      application.keepAside('unreadable', sha256Hex(JSON.stringify(raw) ?? '').slice(0, 32), raw, receivedAt)
      return
    }
    const { eventId, seq, type, body } = envelope.output
    if (feed.hasSeen(eventId)) return
    const event = readEvent(type, body)
    const applied = typeof event === 'string' ? event : application.apply(event, receivedAt)
    if (applied === 'malformed') application.keepAside('unreadable', eventId, body, receivedAt)
    if (applied === 'unmatched') application.keepAside('unmatched', eventId, body, receivedAt)
    feed.keep(
      { eventId, seq, type, bodyJson: JSON.stringify(body) },
      applied === 'parked' ? null : receivedAt,
    )
    tally.events++
    const counted = COUNTED[type]
    if (applied === 'applied' && counted !== undefined) tally[counted]++
  }

  const applyParked = (): void => {
    for (const parked of feed.parked()) {
      const body: unknown = JSON.parse(parked.bodyJson)
      const event = readEvent(parked.type, body)
      const applied = typeof event === 'string' ? 'unmatched' : application.apply(event, clock.now())
      if (applied === 'parked') continue
      if (applied === 'unmatched') application.keepAside('unmatched', parked.eventId, body, clock.now())
      feed.markApplied(parked.eventId, clock.now())
    }
  }

  const applyPage = (page: UnreadFeedPage, tally: Tally): void =>
    store.write(() => {
      const before = tally.events
      for (const raw of page.events) applyOne(raw, tally)
      feed.savePosition({ cursor: page.cursor, highWater: page.highWater })
      if (tally.events === before) return
      const body = { events: tally.events - before, highWater: page.highWater }
      deps.audit.append({ at: clock.now(), actor: deps.actor(), act: 'feed.applied', ref: null, body })
    })

  const fetchPage = async (
    transport: Transport,
    cursor: string,
    task: TaskHandle,
  ): Promise<UnreadFeedPage> => {
    for (let attempt = 1; ; attempt++) {
      if (task.signal.aborted) refuse('task.cancelled', {}, { kind: 'never' })
      const reply = await transport.feed(cursor, PAGE, task.signal)
      if (reply.kind === 'ok') return reply.value
      const mayRetry = (reply.kind === 'retryable' || reply.kind === 'unknown') && !isCertain(reply)
      if (!mayRetry || attempt >= (deps.attempts ?? ATTEMPTS)) throw new FailureError(reply.failure)
      await deps.pause(backOffMs(attempt, reply.retryAfterMs, deps.fraction), task.signal)
    }
  }

  const announce = (tally: Tally): void => {
    if (tally.events === 0) return
    deps.bus.emit('records.changed', { recordIds: null })
    deps.bus.emit('inbox.changed', {})
  }

  return {
    applyParked,

    async pull(task, transport = deps.connection.transport()) {
      const tally: Tally = { events: 0, rejected: 0, corrections: 0, takedowns: 0, standards: 0 }
      if (!transport.traits.hasFeed) return tally
      let hasResynced = false
      const asked = new Set<string>()
      try {
        for (let pages = 0; pages < MOST_PAGES; pages++) {
          task.progress('pulling', tally.events, null)
          const { cursor } = feed.position()
          asked.add(cursor)
          const page = await fetchPage(transport, cursor, task)
          if (page.resyncRequired) {
            if (hasResynced) break
            hasResynced = true
            asked.clear()
            store.write(() => feed.savePosition({ cursor: '', highWater: null }))
            continue
          }
          applyPage(page, tally)
          // A feed that goes in a circle has said all it has.
          if (page.events.length === 0 || asked.has(page.cursor)) break
        }
      } finally {
        announce(tally)
      }
      store.write(applyParked)
      await deps.noticeAnswers.sendDue(task.signal)
      await deps.standards?.fetchAnnounced(transport, task)
      return tally
    },
  }
}

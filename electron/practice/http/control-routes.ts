import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { scenarioNames } from '@shared/domain/practice-scenario'
import type { ScenarioName } from '@shared/domain/practice-scenario'
import { businessDate, type Clock } from '@shared/kernel/clock'
import { readJsonBody } from '@practice/intake/json-body'
import { enrolSchema, longText, shortText, uuidV7 } from '@practice/intake/wire-schemas'
import type { AnswerPackage } from '@practice/packages/package-desk'
import { MAX_PACKAGE_BYTES } from '@practice/protocol-limits'
import type { FollowUps } from '@practice/settling/follow-ups'
import type { BatchRepo } from '@practice/store/batch-repo'
import type { DeskRepo } from '@practice/store/desk-repo'
import { feedEventTypes } from '@practice/store/feed-repo'
import type { FeedRepo } from '@practice/store/feed-repo'
import type { PracticeDatabase } from '@practice/store/practice-database'
import type { Holding, RegisterRepo } from '@practice/store/register-repo'
import { ProtocolError } from './protocol-error'
import { queryNumber } from './query-reader'
import { bodyBytes } from './request-guard'

export interface ControlRoutesDeps {
  readonly db: PracticeDatabase
  readonly desks: DeskRepo
  readonly batches: BatchRepo
  readonly register: RegisterRepo
  readonly feed: FeedRepo
  readonly followUps: FollowUps
  readonly clock: Clock
  readonly platformPublicKey: string
  /** Publishes the next version of the standard, in force from a day on. */
  readonly publishStandard: (from: string) => Readonly<Record<string, string>>
  readonly answerPackage: AnswerPackage
  readonly ledgerFile: string
  readonly seed: number
  readonly scenario: { get(): ScenarioName; set(name: ScenarioName): void }
}

const heldRecord = { recordId: uuidV7, bureau: v.optional(shortText) }
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/))

const lateRejectSchema = v.object({
  ...heldRecord,
  code: v.optional(v.pipe(v.string(), v.regex(/^\d{4}$/))),
  field: v.optional(v.nullable(shortText)),
  value: v.optional(v.nullable(longText)),
  message: v.optional(longText),
})
const correctionSchema = v.object({
  ...heldRecord,
  fields: v.optional(v.array(v.object({ field: shortText, value: v.nullable(longText), message: longText }))),
  dueOn: v.optional(date),
})
const takeDownSchema = v.object({ ...heldRecord, basis: v.optional(longText), dueOn: v.optional(date) })
const eventSchema = v.object({
  type: v.picklist(feedEventTypes),
  bureau: v.optional(v.nullable(shortText), null),
  body: v.record(v.string(), v.unknown()),
})

/** Controls of the practice platform, unsigned, for the person who trains and for tests: `/practice/...`. */
export function controlRoutes(app: FastifyInstance, deps: ControlRoutesDeps): void {
  const { db, desks, register, feed, followUps, clock } = deps

  /** The latest holding of a record, of whichever enrolled bureau has it. */
  const held = (recordId: string, bureau: string | undefined): Holding => {
    const bureaus = bureau === undefined ? desks.list().map((desk) => desk.bureau.code) : [bureau]
    for (const code of bureaus) {
      const holding = register.holdingOf(code, recordId)
      if (holding !== null && holding.state !== 'revoked' && holding.state !== 'withdrawn') return holding
    }
    throw new ProtocolError(404, 'record_not_held', 'the platform does not hold this record')
  }

  app.get('/practice', () => ({
    scenario: deps.scenario.get(),
    seed: deps.seed,
    platformPublicKey: deps.platformPublicKey,
    desks: desks.list(),
    batches: deps.batches.countByState(),
    effects: register.countEffects(),
  }))

  app.post('/practice/enrol', (request) => {
    const { clientId, publicKey, bureau, replace } = readJsonBody(enrolSchema, request.body)
    const desk = { clientId, publicKey: publicKey.toLowerCase(), bureau }
    const known = desks.find(clientId)
    const isSame = known === null || (known.publicKey === desk.publicKey && known.bureau.code === bureau.code)
    if (!isSame && !replace) {
      throw new ProtocolError(409, 'client_conflict', 'this client id belongs to another desk')
    }
    desks.save(desk, clock.now())
    return { clientId, bureau, platformPublicKey: deps.platformPublicKey }
  })

  app.get('/practice/ledger', (request) => ({
    file: deps.ledgerFile,
    ...register.countEffects(),
    entries: register.effectsAfter(
      queryNumber(request, 'after', 0, Number.MAX_SAFE_INTEGER),
      queryNumber(request, 'limit', 0, 10_000),
    ),
  }))

  app.get('/practice/answers', () => ({ answers: feed.answers() }))

  app.post('/practice/late-reject', (request) => {
    const { recordId, bureau, ...given } = readJsonBody(lateRejectSchema, request.body)
    const holding = held(recordId, bureau)
    db.transaction(() => followUps.lateReject(holding, { at: clock.now() }, withoutAbsent(given))).immediate()
    return { recordId, revision: holding.revision, platformRef: holding.platformRef }
  })

  app.post('/practice/request-correction', (request) => {
    const { recordId, bureau, ...asked } = readJsonBody(correctionSchema, request.body)
    const holding = held(recordId, bureau)
    const ask = () => followUps.requestCorrection(holding, { at: clock.now() }, withoutAbsent(asked))
    return { noticeId: db.transaction(ask).immediate(), platformRef: holding.platformRef }
  })

  app.post('/practice/order-take-down', (request) => {
    const { recordId, bureau, ...order } = readJsonBody(takeDownSchema, request.body)
    const holding = held(recordId, bureau)
    const decree = () => followUps.orderTakeDown(holding, { at: clock.now() }, withoutAbsent(order))
    return { noticeId: db.transaction(decree).immediate(), platformRef: holding.platformRef }
  })

  app.post('/practice/forget', (request) => {
    const { recordIds } = readJsonBody(v.object({ recordIds: v.array(uuidV7) }), request.body)
    const holdings = recordIds.map((recordId) => held(recordId, undefined))
    const forget = (): void => holdings.forEach(({ bureau, recordId }) => register.forget(bureau, recordId))
    db.transaction(forget).immediate()
    return { forgotten: holdings.length }
  })

  app.post('/practice/events', (request) => {
    const { type, bureau, body } = readJsonBody(eventSchema, request.body)
    db.transaction(() => feed.append(bureau, type, clock.now(), body)).immediate()
    return { type }
  })

  app.post('/practice/publish-standard', (request) => {
    const { from } = readJsonBody(v.object({ from: v.optional(date) }), request.body)
    return deps.publishStandard(from ?? businessDate(clock.now()))
  })

  app.post('/practice/packages', { bodyLimit: MAX_PACKAGE_BYTES }, async (request, reply) => {
    const answer = await deps.answerPackage(bodyBytes(request))
    return reply.type('application/zip').send(answer)
  })

  app.post('/practice/scenario', (request) => {
    const { scenario } = readJsonBody(v.object({ scenario: v.picklist(scenarioNames) }), request.body)
    deps.scenario.set(scenario)
    return { scenario }
  })
}

type Present<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** The same object without members that are undefined, so that defaults apply to them. */
function withoutAbsent<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<T>
}

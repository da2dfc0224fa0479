import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import type { Clock } from '@shared/kernel/clock'
import { businessDate } from '@shared/kernel/clock'
import { batchRoutes } from '@practice/http/batch-routes'
import { exchangeRoutes } from '@practice/http/exchange-routes'
import { createProtocolApp } from '@practice/http/protocol-app'
import { createBatchIntake } from '@practice/intake/batch-intake'
import { createFollowUps } from '@practice/settling/follow-ups'
import { createJudge } from '@practice/settling/judge'
import { platformReference } from '@practice/settling/series-numbers'
import { createSettler } from '@practice/settling/settler'
import { createStandardShelf } from '@practice/settling/standard-shelf'
import { scenarioProfiles } from '@practice/scenarios/scenario-profile'
import { createBatchRepo } from '@practice/store/batch-repo'
import { createFeedRepo } from '@practice/store/feed-repo'
import { createItemRepo } from '@practice/store/item-repo'
import { createMetaRepo } from '@practice/store/meta-repo'
import { practiceSchema } from '@practice/store/practice-schema'
import { createRegisterRepo } from '@practice/store/register-repo'
import type { Effect } from '@practice/store/register-repo'
import { testBureau } from '@test/fixtures/invented-subjects'
import { platformState } from './platform-state'
import type { PlatformState } from './platform-state'

/** Signatures that cost nothing: what is tested here is the order of things. */
export const cheapSm: SmProvider = {
  ...softwareSmProvider,
  verify: (message, signature) => createHash('sha256').update(message).digest('base64') === signature,
}

const cheapKey: SigningKey = {
  publicKey: '',
  sign: (message) => createHash('sha256').update(message).digest('base64'),
  unwrap: () => null,
}

/** One request as the routes of the practice platform take it. */
export interface Question {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface InProcessPlatform {
  /** Asks the platform's own routes, without a socket. */
  ask(question: Question): Promise<{ readonly status: number; readonly type: string; readonly bytes: Buffer }>
  /** Settles what was closed. */
  settle(): Promise<void>
  /** Revokes what it holds of a record, if it does. */
  revoke(recordId: string): void
  state(): PlatformState
  close(): Promise<void>
}

type Shelf = Parameters<typeof createStandardShelf>[0]

/** The practice platform inside this process, over a store in memory; its ledger is kept apart from that store. */
export async function openPlatform(
  standards: Shelf,
  clock: Clock,
  seed: number,
  scenario: 'clean' | 'strict' | 'corrections',
): Promise<InProcessPlatform> {
  const db = new Database(':memory:')
  db.exec(practiceSchema)
  const profile = scenarioProfiles[scenario]
  const ledger: Effect[] = []
  const platformId = 'in-process'
  const meta = createMetaRepo(db)
  const shelf = createStandardShelf(standards)
  const batches = createBatchRepo(db)
  const items = createItemRepo(db)
  const register = createRegisterRepo(db, 0)
  const feed = createFeedRepo(db, platformId)
  const today = (): string => businessDate(clock.now())
  const followUps = createFollowUps({
    ...{ register, feed, meta, platformId, seed },
    profile: () => profile,
    typeOf: (item) => shelf.find(item.standard, item.recordType, today())?.type ?? null,
  })
  const judge = createJudge({
    ...{ register, shelf, seed },
    rejectedShare: () => profile.rejectedShare,
    newReference: () => platformReference(clock.now(), meta.nextNumber('reference')),
  })
  const defects: unknown[] = []
  const settler = createSettler({
    ...{ db, batches, items, register, meta, followUps, judge, clock },
    ledger: {
      get lastSeq() {
        return ledger.at(-1)?.seq ?? 0
      },
      append: (effects) => void ledger.push(...effects),
      close: () => undefined,
    },
    ...{ key: cheapKey, spelling: defaultSpelling },
    settleDelayMs: () => 0,
    onDefect: (error) => void defects.push(error),
  })
  const app = createProtocolApp((error) => void defects.push(error))
  const desk = { clientId: 'px-faults', publicKey: '', bureau: { ...testBureau } }
  const guard = () => desk
  const inForce = () => shelf.inForce(today())
  const intake = createBatchIntake({
    ...{ db, batches, items, clock },
    standardsTaken: inForce,
    onClosed: () => undefined,
  })
  batchRoutes(app, { guard, intake, batches, items })
  exchangeRoutes(app, {
    ...{ guard, items, feed, clock, platformId, standards: inForce, calendarVersion: '2026-2' },
    packageText: () => null,
  })
  await app.ready()

  return {
    async ask({ method, path, headers = {}, body }) {
      const reply = await app.inject({
        method,
        url: path,
        headers,
        ...(body === undefined ? {} : { payload: body }),
      })
      const type = String(reply.headers['content-type'] ?? '')
      return { status: reply.statusCode, type, bytes: reply.rawPayload }
    },
    async settle() {
      settler.wake()
      while (batches.queue().length > 0 && defects.length === 0) await turn()
      if (defects.length > 0) throw defects[0]
    },
    revoke(recordId) {
      const holding = register.holdingOf(testBureau.code, recordId)
      if (holding?.state === 'live')
        db.transaction(() => followUps.lateReject(holding, { at: clock.now() }, {})).immediate()
    },
    state: () => platformState(db, ledger),
    async close() {
      await settler.stop()
      await app.close()
      db.close()
    },
  }
}

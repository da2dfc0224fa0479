import { expect, test } from 'vitest'
import { BETWEEN_DENIALS_MS } from '@engine/services/submission-absence'
import type { Clock } from '@shared/kernel/clock'
import { startChaosProxy } from './chaos-proxy'
import type { Answer, Fate, SeenRequest } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  httpWithParts,
  newDeskFolder,
  openDesk,
  runningClock,
  startPlatform,
  task,
} from './exchange-fixture'

const json = { 'content-type': 'application/json' }
const absent: Answer = {
  status: 404,
  headers: json,
  body: JSON.stringify({ error: { code: 'not_found', message: '', details: {} } }),
}
const found = (hits: readonly unknown[]): Answer => ({
  status: 200,
  headers: json,
  body: JSON.stringify({ found: hits }),
})

const isState = ({ method, path }: SeenRequest): boolean => method === 'GET' && /batches\/[^/]+$/.test(path)
const isClose = ({ path }: SeenRequest): boolean => path.endsWith('/close')
const isSend = ({ method }: SeenRequest): boolean => method === 'PUT'

/** A desk whose pauses move its own clock, so that a minute is over at once. */
async function startDoubtful() {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  let aheadMs = 0
  const pauses: number[] = []
  const clock: Clock = {
    now: () => new Date(Date.parse(runningClock.now()) + aheadMs).toISOString(),
  }
  const desk = openDesk(await newDeskFolder(), {
    clock,
    transportFactory: httpWithParts(2),
    pause: (ms) => {
      pauses.push(ms)
      aheadMs += ms
      return Promise.resolve()
    },
  })
  await connect(desk, platform, proxy.url)
  const ids = desk.addLicences(1, 3)
  return { platform, proxy, desk, ids, pauses }
}

/** The answer to the close is lost, and the platform denies the batch `times` times. */
function deny(times: number, otherwise: (request: SeenRequest) => Fate = () => 'pass') {
  let hasLost = false
  let denied = 0
  return (request: SeenRequest): Fate => {
    if (isClose(request) && !hasLost) {
      hasLost = true
      return 'reset-before'
    }
    if (!hasLost || denied >= times) return 'pass'
    if (isState(request)) {
      denied++
      return { answer: absent }
    }
    return otherwise(request)
  }
}

test('a batch that was open and is denied is asked for twice, a minute apart, by batch, content and key', async () => {
  const { platform, proxy, desk, ids, pauses } = await startDoubtful()
  proxy.decide(deny(2))
  const before = proxy.seen.length
  const run = await desk.submission.submit(everything, task)
  expect(run).toMatchObject({ failure: null, batches: [{ state: 'settled', counts: { accepted: 3 } }] })
  const seen = proxy.seen.slice(before)
  const lost = seen.findIndex(isClose)
  const resent = seen.findIndex((request, at) => at > lost && isSend(request))
  const asked = seen.slice(lost, resent)
  expect(asked.filter(isState)).toHaveLength(2)
  for (const by of ['batchId', 'sha256', 'naturalKey']) {
    expect(asked.filter(({ path }) => path.includes(`lookup?${by}=`)).length).toBeGreaterThanOrEqual(2)
  }
  expect(BETWEEN_DENIALS_MS).toBeGreaterThanOrEqual(60_000)
  expect(pauses).toContain(BETWEEN_DENIALS_MS)
  // The same bytes under the same ids.
  const bodies = (part: SeenRequest[]) =>
    part.filter(isSend).map(({ path, body }) => `${path} ${body.toString('hex')}`)
  expect(new Set(bodies(seen)).size).toBe(new Set(bodies(seen.slice(0, lost))).size)
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
})

test('a platform that denies once and then remembers is not sent anything again', async () => {
  const { platform, proxy, desk } = await startDoubtful()
  proxy.decide(deny(1))
  const before = proxy.seen.length
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([{ state: 'settled' }])
  const sends = proxy.seen.slice(before).filter(isSend)
  expect(new Set(sends.map(({ path }) => path)).size).toBe(sends.length)
  expect(new Set(effectKeys(platform)).size).toBe(3)
  expect(desk.database.prepare('SELECT absent_at FROM outbox').pluck().all()).toEqual([null])
})

test('a revision that the platform holds under another batch is not sent again', async () => {
  const { proxy, desk, ids } = await startDoubtful()
  const hit = {
    ...{ batchId: 'another-batch', itemNo: 1, recordId: ids[0], revision: 1, outcome: 'accepted' },
    ...{ platformRef: 'PX-1', sha256: 'x', receivedAt: '2026-03-02T01:00:00Z' },
  }
  proxy.decide(
    deny(1_000, ({ path }) => (path.includes('lookup?sha256=') ? { answer: found([hit]) } : 'pass')),
  )
  const before = proxy.seen.length
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ state: 'unknown', lastFailure: 'transport.protocol' }])
  const seen = proxy.seen.slice(before)
  expect(seen.slice(seen.findIndex(isClose)).filter(isSend)).toEqual([])
  expect(desk.batchViews.open()).toMatchObject([{ counts: { unknown: 3 } }])
})

test('the two denials survive a kill between them', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const folder = await newDeskFolder()
  const patience = { attempts: 1, settleWithinMs: 60_000, longestPauseMs: 0 }
  const first = openDesk(folder, { patience, transportFactory: httpWithParts(2) })
  await connect(first, platform, proxy.url)
  first.addLicences(1, 3)
  proxy.decide(deny(2))
  await first.submission.submit(everything, task)
  const denied = await first.submission.resume(task)
  expect(denied.failure).toMatchObject({ code: 'platform.batch-denied', retry: { kind: 'auto' } })
  expect(denied.batches).toMatchObject([{ state: 'unknown', lastFailure: 'platform.batch-denied' }])
  first.close()
  const later: Clock = {
    now: () => new Date(Date.parse(runningClock.now()) + BETWEEN_DENIALS_MS).toISOString(),
  }
  const second = openDesk(folder, { clock: later, transportFactory: httpWithParts(2) })
  expect((await second.submission.resume(task)).batches).toMatchObject([
    { state: 'settled', counts: { accepted: 3 } },
  ])
  expect(new Set(effectKeys(platform)).size).toBe(3)
})

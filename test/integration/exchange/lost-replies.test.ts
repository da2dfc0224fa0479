import { describe, expect, test } from 'vitest'
import { startChaosProxy } from './chaos-proxy'
import type { Fate, SeenRequest } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  httpWithParts,
  newDeskFolder,
  openDesk,
  startPlatform,
  task,
} from './exchange-fixture'

async function startThroughProxy(
  records: number,
  patience = { attempts: 5, settleWithinMs: 60_000, longestPauseMs: 1e9 },
) {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder(), { patience, transportFactory: httpWithParts(2) })
  await connect(desk, platform, proxy.url)
  const ids = desk.addLicences(1, records)
  return { platform, proxy, desk, ids }
}

const nameOf = ({ method, path }: SeenRequest): string =>
  path.endsWith('/capabilities')
    ? 'capabilities'
    : path.includes('/parts/')
      ? 'part'
      : path.endsWith('/close')
        ? 'close'
        : path.includes('/items')
          ? 'items'
          : path.endsWith('/receipt')
            ? 'receipt'
            : path.includes('/lookup')
              ? 'lookup'
              : method === 'PUT'
                ? 'open'
                : 'state'

const fates: readonly (readonly [string, Fate])[] = [
  ['reset before the platform read it', 'reset-before'],
  ['reply lost after the commit', 'drop-reply'],
  ['reply torn at its first byte', { tearAt: 1 }],
  ['reply torn in the middle', { tearAt: 20 }],
  ['502 of a gateway after the commit', { answerAfter: { status: 502, body: 'bad gateway' } }],
  ['500 before the platform saw it', { answer: { status: 500, body: 'oops' } }],
  [
    'page of a captive portal',
    { answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>login' } },
  ],
]

describe.each(['open', 'part', 'close', 'state', 'items', 'receipt'])('an accident at %s', (name) => {
  test.each(fates)('%s', async (_title, fate) => {
    const { platform, proxy, desk, ids } = await startThroughProxy(5)
    let accidents = 0
    proxy.decide((request) => (nameOf(request) === name && accidents++ === 0 ? fate : 'pass'))
    const run = await desk.submission.submit(everything, task)
    expect(accidents).toBeGreaterThan(0)
    expect(run).toMatchObject({ failure: null, batches: [{ state: 'settled', counts: { accepted: 5 } }] })
    expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
    expect(desk.deliveries()).toEqual({ accepted: 5 })
    expect(desk.audit.firstBroken()).toBeNull()
  })
})

test('after a doubtful close the platform is asked before anything is sent again', async () => {
  const { proxy, desk } = await startThroughProxy(2)
  proxy.decide((request) => (nameOf(request) === 'close' && accident++ === 0 ? 'drop-reply' : 'pass'))
  let accident = 0
  const start = proxy.seen.length
  await desk.submission.submit(everything, task)
  const calls = proxy.seen.slice(start).map(nameOf)
  expect(calls.slice(0, 5)).toEqual(['capabilities', 'open', 'part', 'close', 'state'])
  expect(calls.filter((call) => call === 'part' || call === 'open' || call === 'close')).toHaveLength(3)
})

test('a batch is `sending` on disk before its first byte leaves', async () => {
  const { proxy, desk } = await startThroughProxy(2)
  const states: unknown[] = []
  proxy.decide((request) => {
    if (nameOf(request) === 'open') {
      states.push(desk.database.prepare('SELECT state FROM batch').pluck().get(), desk.database.inTransaction)
    }
    return 'pass'
  })
  await desk.submission.submit(everything, task)
  expect(states).toEqual(['sending', false])
})

test('what the platform never saw is sent again with the same ids and the same bytes', async () => {
  const { proxy, desk } = await startThroughProxy(4)
  let accidents = 0
  proxy.decide((request) =>
    ['open', 'part'].includes(nameOf(request)) && accidents++ < 3 ? 'reset-before' : 'pass',
  )
  await desk.submission.submit(everything, task)
  for (const kind of ['open', 'part']) {
    const sent = new Map<string, Set<string>>()
    for (const request of proxy.seen.filter((one) => nameOf(one) === kind)) {
      sent.set(request.path, (sent.get(request.path) ?? new Set()).add(request.body.toString('hex')))
    }
    expect([...sent.values()].every((bodies) => bodies.size === 1)).toBe(true)
  }
  // "No such batch" was confirmed by a look-up before the batch was opened again.
  const calls = proxy.seen.map(nameOf)
  expect(calls.indexOf('lookup')).toBeGreaterThan(calls.indexOf('open'))
  expect(calls.lastIndexOf('open')).toBeGreaterThan(calls.indexOf('lookup'))
})

test('a platform that knows items of a batch which it denies is not sent anything again', async () => {
  const { platform, proxy, desk } = await startThroughProxy(2)
  const json = { 'content-type': 'application/json' }
  let isOpened = false
  proxy.decide((request) => {
    const kind = nameOf(request)
    if (kind === 'open') {
      if (isOpened) throw new Error('opened again')
      isOpened = true
      return 'drop-reply'
    }
    if (kind === 'state') {
      const body = JSON.stringify({ error: { code: 'not_found', message: '', details: {} } })
      return { answer: { status: 404, headers: json, body } }
    }
    if (kind !== 'lookup') return 'pass'
    const [batchId] = desk.batchViews.open().map((batch) => batch.batchId)
    const hit = { batchId, itemNo: 1, recordId: 'r', revision: 1, outcome: 'pending', platformRef: null }
    const found = [{ ...hit, sha256: 'x', receivedAt: '2026-03-02T01:00:00Z' }]
    return { answer: { status: 200, headers: json, body: JSON.stringify({ found }) } }
  })
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ state: 'unknown', lastFailure: 'transport.protocol' }])
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  expect(new Set(effectKeys(platform)).size).toBe(2)
})

test('a 404 page of a gateway is not the platform saying "absent"', async () => {
  const { platform, proxy, desk } = await startThroughProxy(2)
  let opened = 0
  proxy.decide((request) => {
    if (nameOf(request) === 'open') return opened++ === 0 ? 'drop-reply' : 'pass'
    if (nameOf(request) !== 'state' || opened > 1) return 'pass'
    return { answer: { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' } }
  })
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'transport.captive-page' })
  expect(run.batches).toMatchObject([
    { state: 'unknown', counts: { unknown: 2 }, lastFailure: 'transport.captive-page' },
  ])
  expect(opened).toBe(1)
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  expect(new Set(effectKeys(platform)).size).toBe(2)
})

test('without a platform the run gives up, keeps everything, and goes on later', async () => {
  const { platform, proxy, desk, ids } = await startThroughProxy(3)
  proxy.decide((request) => (nameOf(request) === 'capabilities' ? 'pass' : 'reset-before'))
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'transport.offline', retry: { kind: 'auto' } })
  expect(run.batches).toMatchObject([{ state: 'unknown', attempts: 5, lastFailure: 'transport.offline' }])
  expect(run.batches[0]!.nextTryAt).not.toBeNull()
  expect(desk.connection.link()).toMatchObject({ state: 'offline', failureCode: 'transport.offline' })
  expect(effectKeys(platform)).toEqual([])
  expect(desk.deliveries()).toEqual({ unknown: 3 })
  proxy.decide(() => 'pass')
  const resumed = await desk.submission.resume(task)
  expect(resumed).toMatchObject({
    failure: null,
    batches: [{ state: 'settled', attempts: 0, lastFailure: null }],
  })
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
  expect(desk.connection.link().state).toBe('ok')
})

test('Retry-After is obeyed; no attempt is made before', async () => {
  const pauses: number[] = []
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder(), { pause: (ms) => Promise.resolve(void pauses.push(ms)) })
  await connect(desk, platform, proxy.url)
  desk.addLicences(1, 1)
  let refused = 0
  const busy = {
    status: 429,
    headers: { 'retry-after': '7', 'content-type': 'application/json' },
    body: '{}',
  }
  proxy.decide((request) => (nameOf(request) === 'open' && refused++ === 0 ? { answer: busy } : 'pass'))
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([{ state: 'settled' }])
  expect(pauses[0]).toBe(7_000)
})

test('a line that loses most answers while the platform works does not use up the patience', async () => {
  const { proxy, desk } = await startThroughProxy(2)
  let polls = 0
  proxy.decide((request) => {
    if (nameOf(request) !== 'state' || polls >= 30) return 'pass'
    const processing = (body: Buffer): string =>
      body.toString().replace('"state":"done"', '"state":"processing"')
    return polls++ % 3 === 0 ? { replace: processing } : 'reset-before'
  })
  const run = await desk.submission.submit(everything, task)
  expect(run).toMatchObject({ failure: null, batches: [{ state: 'settled' }] })
})

test('a platform that never comes to an end is left for later', async () => {
  const patience = { attempts: 5, settleWithinMs: 6_000, longestPauseMs: 1e9 }
  const { proxy, desk } = await startThroughProxy(2, patience)
  proxy.decide((request) =>
    nameOf(request) === 'state'
      ? { replace: (body: Buffer) => body.toString().replace('"state":"done"', '"state":"processing"') }
      : 'pass',
  )
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.still-processing' })
  expect(run.batches).toMatchObject([{ state: 'processing', counts: { pending: 2 } }])
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
})

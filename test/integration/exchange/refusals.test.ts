import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Failure } from '@shared/kernel/failure'
import { FailureError } from '@shared/kernel/failure'
import { startChaosProxy } from './chaos-proxy'
import type { Answer } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  runningClock,
  startPair,
  startPlatform,
  task,
} from './exchange-fixture'

const json = { 'content-type': 'application/json' }
const refusal = (status: number, code: string, details = {}): Answer => ({
  status,
  headers: json,
  body: JSON.stringify({ error: { code, message: 'no', details } }),
})

async function startRefusing(kind: RegExp, answer: Answer) {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  desk.addLicences(1, 2)
  proxy.decide(({ method, path }) => (kind.test(`${method} ${path}`) ? { answer } : 'pass'))
  return { platform, proxy, desk }
}

const open = /^PUT \/api\/v1\/batches\/[^/]+$/
const part = /^PUT .*\/parts\//
const refusedWith = async (work: Promise<unknown>): Promise<Failure | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof FailureError ? error.failure : null),
  )

test('a desk that the platform does not know seals nothing and stops', async () => {
  const { desk } = await startRefusing(/capabilities/, refusal(401, 'unknown_client'))
  expect(await refusedWith(desk.submission.submit(everything, task))).toMatchObject({
    code: 'platform.auth-refused',
  })
  expect(desk.deliveries()).toEqual({ none: 2 })
  expect(desk.connection.link()).toMatchObject({ state: 'auth' })
})

test('a 401 in the middle stops the queue, counts no attempt, and the rest waits', async () => {
  const { platform, proxy, desk } = await startRefusing(part, refusal(401, 'unknown_client'))
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.auth-refused' })
  expect(run.batches).toMatchObject([
    { state: 'sending', attempts: 0, nextTryAt: null, lastFailure: 'platform.auth-refused' },
  ])
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  expect(new Set(effectKeys(platform)).size).toBe(2)
})

test('another manifest under our batch id is for a person; nothing is sent over it', async () => {
  const { platform, proxy, desk } = await startRefusing(open, refusal(409, 'manifest_conflict'))
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ state: 'stopped', lastFailure: 'platform.manifest-conflict' }])
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([
    { state: 'stopped', lastFailure: 'platform.manifest-conflict' },
  ])
  expect(effectKeys(platform)).toEqual([])
})

test('content that is refused three times in a row stops the batch', async () => {
  const { proxy, desk } = await startRefusing(part, refusal(422, 'part_mismatch'))
  const before = proxy.seen.length
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ state: 'stopped', lastFailure: 'platform.refused' }])
  expect(proxy.seen.slice(before).filter(({ path }) => path.includes('/parts/'))).toHaveLength(3)
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
})

test('a state outside the contract stops the batch', async () => {
  const answer = { status: 200, headers: json, body: JSON.stringify({ state: 'meditating' }) }
  const { desk } = await startRefusing(/^POST .*\/close$/, answer)
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ state: 'stopped', lastFailure: 'transport.protocol' }])
})

test.each([
  ['breaks the contract', { status: 200, headers: json, body: JSON.stringify({ state: 'meditating' }) }],
  ['fails', { status: 500, headers: json, body: '' }],
])('a batch at which the platform %s each time keeps no other back', async (_, answer) => {
  const { proxy, desk } = await startRefusing(/^(POST .*\/close|GET .*\/batches\/[^/]+)$/, answer)
  const [sick] = (await desk.submission.submit(everything, task)).batches
  proxy.decide(() => 'reset-before')
  desk.addLicences(10, 2)
  desk.sealing.seal(everything)
  await desk.submission.resume(task)
  proxy.decide(({ path }) => (path.includes(sick!.batchId) ? { answer } : 'pass'))
  await desk.submission.resume(task)
  await desk.submission.resume(task)
  expect(desk.deliveries()).toMatchObject({ accepted: 2 })
  proxy.decide(() => 'pass')
  await desk.submission.resume(task)
  expect(desk.deliveries()).toEqual({ accepted: 4 })
})

test('R3 a redirect is not followed', async () => {
  const elsewhere = await startChaosProxy('http://127.0.0.1:9/api/v1')
  const moved = { status: 302, headers: { location: `${elsewhere.url}/batches` } }
  const { desk, proxy } = await startRefusing(/./, moved)
  expect((await desk.connection.test()).steps.at(-1)).toMatchObject({ step: 'page', ok: false })
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'transport.redirected' })
  expect(elsewhere.seen).toEqual([])
  // Certain: an address that has moved is not asked again in the same run.
  const asked = proxy.seen.length
  await desk.submission.resume(task)
  expect(proxy.seen.length).toBe(asked + 1)
  await expect(desk.feedback.pull(task)).rejects.toMatchObject({ failure: { code: 'transport.redirected' } })
  expect(proxy.seen.length).toBe(asked + 2)
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
})

test('R1 R2 a gzip bomb and an endless answer are cut off at the cap', async () => {
  const bomb = {
    status: 200,
    headers: { ...json, 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(200e6, ' ')),
  }
  const { proxy, desk } = await startRefusing(/capabilities/, bomb)
  expect((await desk.connection.refresh()).kind).toBe('retryable')
  expect(desk.connection.link()).toMatchObject({ failureCode: 'transport.reply-too-large' })
  proxy.decide(() => ({ answer: { status: 200, headers: json, body: Buffer.alloc(11e6, ' ') } }))
  expect(await desk.connection.refresh()).toMatchObject({ failure: { code: 'transport.reply-too-large' } })
})

test('a platform that takes another standard is not sent anything', async () => {
  const { proxy, desk } = await startRefusing(/nothing/, refusal(500, 'x'))
  proxy.decide(({ path }) =>
    path.endsWith('/capabilities')
      ? { replace: (body: Buffer) => body.toString().replaceAll('2026.1', '2027.1') }
      : 'pass',
  )
  expect(await refusedWith(desk.submission.submit(everything, task))).toMatchObject({
    code: 'platform.standard-refused',
  })
  expect((await desk.connection.test()).steps.at(-1)).toMatchObject({ step: 'standard', ok: false })
  expect(desk.deliveries()).toEqual({ none: 2 })
})

test("a wrong clock is corrected by the platform's time, and told", async () => {
  const slow = { now: () => new Date(Date.parse(runningClock.now()) - 3_600_000).toISOString() }
  const { platform, desk } = await startPair({}, { clock: slow })
  desk.addLicences(1, 1)
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ state: 'settled' }])
  expect(effectKeys(platform)).toHaveLength(1)
  expect(desk.connection.link().state).toBe('skew')
  expect(desk.connection.link().skewSeconds).toBeGreaterThan(3_500)
  const { steps } = await desk.connection.test()
  expect(steps.every((step) => step.ok)).toBe(true)
  expect(steps.find((step) => step.step === 'clock')?.message).toContain('秒')
})

test('cancelled before the batch was opened, the records go back to the clerk', async () => {
  const { platform, desk } = await startPair()
  desk.addLicences(1, 2)
  const abort = new AbortController()
  const progress = (step: string): void => {
    if (step === 'sealing') abort.abort()
  }
  expect(
    await refusedWith(desk.submission.submit(everything, { signal: abort.signal, progress })),
  ).toMatchObject({
    code: 'task.cancelled',
  })
  expect(desk.deliveries()).toEqual({ none: 2 })
  expect(effectKeys(platform)).toEqual([])
})

test('cancelled on the way, the batch stays open and is finished later, once', async () => {
  const { platform, desk } = await startPair()
  desk.addLicences(1, 2)
  const abort = new AbortController()
  const progress = (step: string): void => {
    if (step === 'sending') abort.abort()
  }
  expect(
    await refusedWith(desk.submission.submit(everything, { signal: abort.signal, progress })),
  ).toMatchObject({
    code: 'task.cancelled',
  })
  const [batch] = desk.batchViews.open()
  expect(['sending', 'unknown']).toContain(batch!.state)
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  expect(effectKeys(platform)).toHaveLength(2)
})

test('two runs at once never send the same batch twice', async () => {
  const { platform, desk } = await startPair()
  const ids = desk.addLicences(1, 4)
  desk.sealing.seal(everything)
  const runs = await Promise.all([
    desk.submission.resume(task),
    desk.submission.resume(task),
    desk.submission.resume(task),
  ])
  expect(runs.map((run) => run.batches[0]?.state)).toEqual(['settled', 'settled', 'settled'])
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
})

import { expect, test } from 'vitest'
import { patientRun } from '@engine/services/submission-patience'
import type { PracticeOptions } from '@practice/practice-options'
import type { Clock } from '@shared/kernel/clock'
import { startChaosProxy } from './chaos-proxy'
import type { Answer, Fate, SeenRequest } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  runningClock,
  startPlatform,
  task,
} from './exchange-fixture'

/** Pauses after which a run that should have ended is broken off. */
const MOST_PAUSES = 40

const answer = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const refusal = (status: number, code: string, details = {}): Answer =>
  answer(status, { error: { code, message: '', details } })

const isState = ({ method, path }: SeenRequest): boolean => method === 'GET' && /batches\/[^/]+$/.test(path)
const isPart = ({ path }: SeenRequest): boolean => path.includes('/parts/')
const isClose = ({ path }: SeenRequest): boolean => path.endsWith('/close')
const isLookup = ({ path }: SeenRequest): boolean => path.includes('/lookup')

/** A desk whose pauses move its own clock, behind a line that answers as the test says. */
async function startBehind(decide: (request: SeenRequest) => Fate, options: Partial<PracticeOptions> = {}) {
  const platform = await startPlatform(options)
  const proxy = await startChaosProxy(platform.server.url)
  let aheadMs = 0
  let pauses = 0
  const clock: Clock = { now: () => new Date(Date.parse(runningClock.now()) + aheadMs).toISOString() }
  const desk = openDesk(await newDeskFolder(), {
    clock,
    patience: { ...patientRun, settleWithinMs: 20_000 },
    pause: (ms) => {
      if (++pauses > MOST_PAUSES) throw new Error('this run does not end')
      aheadMs += ms
      return Promise.resolve()
    },
  })
  await connect(desk, platform, proxy.url)
  desk.addLicences(1, 2)
  proxy.decide(decide)
  return { platform, proxy, desk }
}

test('parts that are taken and missed again at every close stop the batch at the third time', async () => {
  const missed = refusal(409, 'parts_missing', { missingParts: [1] })
  const { platform, proxy, desk } = await startBehind((request) =>
    isClose(request) ? { answer: missed } : 'pass',
  )
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ state: 'stopped', lastFailure: 'platform.refused' }])
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  expect(new Set(effectKeys(platform)).size).toBe(2)
})

test('a visit of the outbox at a time comes to the same end', async () => {
  const missed = refusal(409, 'parts_missing', { missingParts: [1] })
  const { desk } = await startBehind((request) => (isClose(request) ? { answer: missed } : 'pass'))
  const { batchIds } = desk.sealing.seal(everything)
  const visit = { attempts: 1, settleWithinMs: 60_000, longestPauseMs: 0 }
  for (let visits = 0; visits < 3; visits++) await desk.submission.visit(batchIds[0]!, task, visit)
  expect(desk.batchViews.view(batchIds[0]!)).toMatchObject({ state: 'stopped' })
})

test('a batch that the opening knows and the state denies is left in doubt, not asked about for ever', async () => {
  let isClosed = false
  const { platform, proxy, desk } = await startBehind((request) => {
    if (isClose(request) && !isClosed) {
      isClosed = true
      return 'drop-reply'
    }
    if (isState(request)) return { answer: refusal(404, 'not_found') }
    return isLookup(request) ? { answer: answer(200, { found: [] }) } : 'pass'
  })
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'transport.protocol' })
  expect(run.batches).toMatchObject([{ state: 'unknown' }])
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  expect(new Set(effectKeys(platform)).size).toBe(2)
})

test('a batch that is opened anew at each attempt and known to no other call does not keep a run busy', async () => {
  const { desk } = await startBehind((request) => {
    if (isState(request) || isPart(request)) return { answer: refusal(404, 'not_found') }
    return isLookup(request) ? { answer: answer(200, { found: [] }) } : 'pass'
  })
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).not.toBeNull()
  expect(run.batches).toMatchObject([{ receiptNo: null }])
})

test('a line that gives every second answer of a platform that never settles is not waited at for ever', async () => {
  let states = 0
  const { desk } = await startBehind(
    (request) => (isState(request) && ++states % 2 === 1 ? 'reset-before' : 'pass'),
    { settleDelayMs: 3_600_000 },
  )
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ receiptNo: null }])
  expect(states).toBeGreaterThan(4)
})

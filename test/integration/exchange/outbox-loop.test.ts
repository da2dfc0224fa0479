import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { systemPause } from '@engine/transports/system-waiting'
import type { Pause } from '@engine/transports/back-off'
import { startChaosProxy } from './chaos-proxy'
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

/** A clock that runs a hundred times as fast, and pauses to match it. */
const startMs = Date.parse(runningClock.now())
const originMs = performance.now()
const fastClock = {
  now: () => new Date(startMs + (performance.now() - originMs) * 100).toISOString(),
}
const fastPause: Pause = (ms, signal) => systemPause(ms / 100, signal)

test('the loop finishes what a run had to leave, by itself, and stops when told', async () => {
  const platform = await startPlatform({ clock: fastClock })
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder(), {
    clock: fastClock,
    pause: fastPause,
    patience: { attempts: 1, settleWithinMs: 1_000, longestPauseMs: 0 },
  })
  await connect(desk, platform, proxy.url)
  desk.addLicences(1, 3)
  proxy.decide(() => 'reset-before')
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'transport.offline' })
  desk.outboxLoop.start()
  desk.outboxLoop.start()
  await sleep(100)
  proxy.decide(() => 'pass')
  while (desk.batchViews.open().length > 0) await sleep(20)
  await desk.outboxLoop.stop()
  expect(desk.deliveries()).toEqual({ accepted: 3 })
  expect(effectKeys(platform)).toHaveLength(3)
  desk.addLicences(10, 1)
  const { batchIds } = desk.sealing.seal(everything)
  await sleep(50)
  expect(desk.batchViews.view(batchIds[0]!).state).toBe('sealed')
})

test('the loop rests while the platform does not know the desk', async () => {
  const platform = await startPlatform({ clock: fastClock })
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder(), { clock: fastClock, pause: fastPause })
  await connect(desk, platform, proxy.url)
  desk.addLicences(1, 1)
  desk.sealing.seal(everything)
  const body = JSON.stringify({ error: { code: 'unknown_client', message: '', details: {} } })
  proxy.decide(() => ({ answer: { status: 403, headers: { 'content-type': 'application/json' }, body } }))
  const before = proxy.seen.length
  desk.outboxLoop.start()
  await sleep(1_500)
  await desk.outboxLoop.stop()
  expect(proxy.seen.length - before).toBe(1)
  expect(desk.connection.link().state).toBe('auth')
})

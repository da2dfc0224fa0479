import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { TransportFactory } from '@engine/transports/transport-port'
import { startChaosProxy } from './chaos-proxy'
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

const never = new Promise<never>(() => undefined)

type When = 'before' | 'after'

/** A transport whose n-th call never comes back: the world stops there, as at a kill. */
function dyingAt(
  call: number,
  when: When,
): { readonly factory: TransportFactory; readonly died: Promise<void> } {
  let count = 0
  let die: () => void = () => undefined
  const died = new Promise<void>((done) => (die = done))
  const forEver = (): Promise<never> => {
    die()
    return new Promise(() => undefined)
  }
  const factory: TransportFactory = (connection) => {
    const real = httpWithParts(3)(connection)
    const watch =
      <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        const isLast = ++count === call
        if (isLast && when === 'before') return forEver()
        const reply = await work(...args)
        return isLast ? forEver() : count > call ? forEver() : reply
      }
    return {
      ...real,
      capabilities: watch(real.capabilities),
      open: watch(real.open),
      part: watch(real.part),
      close: watch(real.close),
      state: watch(real.state),
      items: watch(real.items),
      receipt: watch(real.receipt),
      lookup: watch(real.lookup),
    }
  }
  return { factory, died }
}

/** Runs until the given call, or for so long, and abandons the engine there; false when the run ended before that. */
async function runAndDie(folder: string, call: number, when: When, afterMs?: number): Promise<boolean> {
  const { factory, died } = dyingAt(call, when)
  const desk = openDesk(folder, { transportFactory: factory })
  const ended = desk.submission
    .resume(task)
    .then(() => desk.submission.submit(everything, task))
    .then(() => 'ended' as const)
  const late = afterMs === undefined ? never : sleep(afterMs).then(() => 'died' as const)
  const how = await Promise.race([died.then(() => 'died' as const), late, ended])
  // The store is torn away without any farewell: leases stay, nothing is tidied up.
  desk.database.close()
  return how === 'died'
}

async function startFolder(records: number) {
  const platform = await startPlatform()
  const folder = await newDeskFolder()
  const desk = openDesk(folder)
  await connect(desk, platform)
  const ids = desk.addLicences(1, records)
  desk.close()
  return { platform, folder, ids }
}

async function expectWhole(
  folder: string,
  platform: Awaited<ReturnType<typeof startPlatform>>,
  ids: string[],
) {
  const desk = openDesk(folder)
  const resumed = await desk.submission.resume(task)
  const run = await desk.submission.submit(everything, task)
  expect([resumed.failure, run.failure]).toEqual([null, null])
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
  expect(desk.deliveries()).toEqual({ accepted: ids.length })
  expect(desk.batchViews.open()).toEqual([])
  expect(desk.audit.firstBroken()).toBeNull()
  const verified = desk.database.prepare('SELECT count(*) FROM receipt WHERE verified = 1').pluck().get()
  const settled = desk.database.prepare("SELECT count(*) FROM batch WHERE state = 'settled'").pluck().get()
  expect(verified).toBe(settled)
  desk.close()
}

test.each(['before', 'after'] as const)(
  'killed %s each call in turn, every record arrives once',
  async (when) => {
    let kills = 0
    for (let call = 1; ; call++) {
      const { platform, folder, ids } = await startFolder(7)
      if (!(await runAndDie(folder, call, when))) break
      kills++
      await expectWhole(folder, platform, ids)
    }
    // capabilities, open, 3 parts, close, state at least once, items, receipt
    expect(kills).toBeGreaterThanOrEqual(9)
  },
)

test.each(['before', 'after', 'on the way'] as const)(
  'killed at 90 percent of the parts (%s the answer), at most one part is sent again',
  async (when) => {
    const platform = await startPlatform()
    const proxy = await startChaosProxy(platform.server.url)
    const folder = await newDeskFolder()
    const first = openDesk(folder)
    await connect(first, platform, proxy.url)
    const ids = first.addLicences(1, 120)
    first.close()
    // 40 parts of three; before them capabilities and open.
    const nearTheEnd = 2 + 36
    const parts = () => proxy.seen.filter(({ path }) => path.includes('/parts/')).map(({ path }) => path)
    // The bytes have left and never arrive: the platform cannot know of them.
    if (when === 'on the way')
      proxy.decide(({ path }) => (path.includes('/parts/') && parts().length === 36 ? 'swallow' : 'pass'))
    expect(await runAndDie(folder, nearTheEnd, when === 'before' ? 'before' : 'after', 3_000)).toBe(true)
    const sentBefore = new Set(parts())
    expect(sentBefore.size).toBeGreaterThanOrEqual(35)
    proxy.decide(() => 'pass')
    const seenBefore = proxy.seen.length
    await expectWhole(folder, platform, ids)
    const again = proxy.seen.slice(seenBefore).filter(({ path }) => sentBefore.has(path))
    expect(again.length).toBeLessThanOrEqual(when === 'on the way' ? 1 : 0)
    expect(new Set(parts()).size).toBe(40)
  },
)

test('killed again during each recovery, every record arrives once', async () => {
  for (const seed of [3, 5, 8]) {
    const { platform, folder, ids } = await startFolder(7)
    for (let kill = 0; kill < 6; kill++)
      await runAndDie(folder, 1 + ((seed * (kill + 3)) % 7), kill % 2 === 0 ? 'after' : 'before')
    await expectWhole(folder, platform, ids)
  }
})

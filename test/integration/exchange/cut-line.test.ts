import { resourceUsage } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { TaskHandle } from '@engine/services/tasks-service'
import { startChaosProxy } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  httpWithParts,
  newDeskFolder,
  openDesk,
  startPlatform,
} from './exchange-fixture'

/** How many records the long run sends in one batch, see `npm run faults:long-line`; 0 in every other run. */
const LONG = Number(process.env['XINBAO_LONG_LINE'] ?? 0)
const RECORDS = LONG === 0 ? 240 : LONG
const PART = LONG === 0 ? 4 : 500
/** Records made in one transaction: the log of a larger one makes every later look at a page slow. */
const LOT = 1_000
const LONG_RUN_MS = 3_600_000
const peakMegabytes = (): number => Math.round(resourceUsage().maxRSS / 1024)

test(
  'a batch of many parts gets over a line that is cut again and again, each part only once',
  async () => {
    const platform = await startPlatform()
    const proxy = await startChaosProxy(platform.server.url)
    const folder = await newDeskFolder()
    const transportFactory = httpWithParts(PART)
    const patience = { attempts: 3, settleWithinMs: LONG === 0 ? 60_000 : LONG_RUN_MS, longestPauseMs: 1e9 }
    // A platform that settles so much is not asked every few milliseconds.
    const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
      sleep(Math.min(ms, 1_000), undefined, { signal })
    const changes = { transportFactory, patience, ...(LONG > 0 && { pause }) }
    let desk = openDesk(folder, changes)
    await connect(desk, platform, proxy.url)
    for (let from = 1; from <= RECORDS; from += LOT) {
      desk.store.write(() => desk.addLicences(from, Math.min(LOT, RECORDS - from + 1)))
    }
    if (LONG > 0) console.log(`${LONG} records made`)

    let requests = 0
    const taken = new Map<string, number>()
    proxy.decide(({ path }) => {
      if (!path.includes('/parts/')) return 'pass'
      // After every nine parts the line is gone: first the request is lost, then a run of answers.
      const isCut = ++requests % 9 === 0
      if (isCut && requests % 2 === 0) return 'reset-before'
      taken.set(path, (taken.get(path) ?? 0) + 1)
      return isCut ? 'drop-reply' : 'pass'
    })
    const shown: number[] = []
    const task: TaskHandle = {
      signal: new AbortController().signal,
      progress: (step, done, total) => {
        if (step === 'sending' && total === RECORDS / PART) shown.push(done)
      },
    }
    let run = await desk.submission.submit(everything, task)
    // The client may be closed in the middle; what has arrived counts.
    for (let runs = 0; run.batches[0]!.state !== 'settled' && runs < 60; runs++) {
      desk.close()
      desk = openDesk(folder, changes)
      run = await desk.submission.resume(task)
    }
    expect(run).toMatchObject({ failure: null, batches: [{ state: 'settled', items: RECORDS }] })
    expect(desk.deliveries()).toEqual({ accepted: RECORDS })
    expect(taken.size).toBe(RECORDS / PART)
    // A part whose answer was lost is known to the platform: nothing that it has is sent to it again.
    expect([...taken.values()].every((times) => times === 1)).toBe(true)
    expect(new Set(effectKeys(platform)).size).toBe(RECORDS)
    expect(effectKeys(platform)).toHaveLength(RECORDS)
    // Progress goes on from what has arrived: only a part whose answer was lost is counted with the next look.
    expect(shown.every((done, at) => at === 0 || done >= shown[at - 1]!)).toBe(true)
    expect(shown.at(-1)).toBeGreaterThanOrEqual(RECORDS / PART - 1)
    if (LONG > 0) console.log(`${requests} requests for ${taken.size} parts, peak ${peakMegabytes()} MB`)
  },
  LONG === 0 ? undefined : LONG_RUN_MS,
)

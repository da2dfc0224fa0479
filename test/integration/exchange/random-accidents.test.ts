import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startChaosProxy } from './chaos-proxy'
import type { Fate } from './chaos-proxy'
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

const json = { 'content-type': 'application/json' }
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { arbitrary: fc.constant('pass' as const), weight: 5 },
  { arbitrary: fc.constantFrom('reset-before' as const, 'drop-reply' as const), weight: 4 },
  { arbitrary: fc.integer({ min: 0, max: 120 }).map((tearAt) => ({ tearAt })), weight: 2 },
  {
    arbitrary: fc
      .constantFrom(429, 500, 502, 503, 504, 408)
      .map((status) => ({ answer: { status, headers: json, body: '{}' } })),
    weight: 2,
  },
  {
    arbitrary: fc.constantFrom(500, 502, 504).map((status) => ({ answerAfter: { status, body: 'gateway' } })),
    weight: 2,
  },
  {
    arbitrary: fc.constantFrom('<html>login</html>', '', '{}', 'null', '{"state":"open"').map((body) => ({
      answerAfter: { status: 200, headers: { 'content-type': 'text/html' }, body },
    })),
    weight: 1,
  },
)

test('whatever happens on the line and however often the engine dies, each record arrives once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { minLength: 5, maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
      async (fates, deaths) => {
        const platform = await startPlatform()
        const proxy = await startChaosProxy(platform.server.url)
        const folder = await newDeskFolder()
        const options = {
          transportFactory: httpWithParts(2),
          patience: { attempts: 3, settleWithinMs: 1_000, longestPauseMs: 1e9 },
        }
        const first = openDesk(folder, options)
        await connect(first, platform, proxy.url)
        const ids = first.addLicences(1, 5)
        first.sealing.seal(everything)
        first.close()
        let requests = 0
        proxy.decide(() => fates[requests++] ?? 'pass')
        for (const death of deaths) {
          const desk = openDesk(folder, options)
          const dieAt = requests + death
          const run = desk.submission.resume(task).catch(() => undefined)
          while (requests < dieAt) {
            const isOver = await Promise.race([
              run.then(() => true),
              new Promise<false>((done) => setTimeout(() => done(false), 5)),
            ])
            if (isOver) break
          }
          // Torn away in the middle of whatever it is doing.
          desk.database.close()
          await run
        }
        proxy.decide(() => 'pass')
        const desk = openDesk(folder, options)
        const run = await desk.submission.resume(task)
        expect(run.failure).toBeNull()
        expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
        expect(desk.deliveries()).toEqual({ accepted: 5 })
        expect(desk.audit.firstBroken()).toBeNull()
        desk.close()
      },
    ),
    { numRuns: 25 },
  )
})

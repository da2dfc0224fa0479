import { afterEach, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { createProtocolApp } from '@practice/http/protocol-app'
import { installFaults } from '@practice/scenarios/fault-hooks'
import { scenarioProfiles } from '@practice/scenarios/scenario-profile'
import type { ScenarioProfile } from '@practice/scenarios/scenario-profile'

let app: FastifyInstance
afterEach(() => app.close())

/** Asks a server under a profile a number of times: status codes, 0 where no answer came, and how many were served. */
async function ask(profile: Partial<ScenarioProfile>, times = 30, seed = 5) {
  let served = 0
  app = createProtocolApp((error) => {
    throw error
  })
  installFaults(app, seed, () => ({ ...scenarioProfiles.clean, ...profile }))
  app.get('/', () => ({ served: ++served }))
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const statuses: number[] = []
  const retryAfter = new Set<string | null>()
  for (let time = 0; time < times; time++) {
    const answer = await fetch(origin).catch(() => null)
    statuses.push(answer?.status ?? 0)
    if (answer?.status === 429) retryAfter.add(answer.headers.get('retry-after'))
    await answer?.arrayBuffer().catch(() => null)
  }
  return { statuses, served, retryAfter }
}

describe('faults', () => {
  it('are none in the clean scenario', async () => {
    const { statuses, served } = await ask({})
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(served).toBe(30)
  })

  it('of load come before a request is served and say when to come again', async () => {
    const { statuses, served, retryAfter } = await ask({ busyShare: 0.6 })
    expect(new Set(statuses)).toEqual(new Set([200, 429, 503]))
    expect(statuses.filter((status) => status === 200)).toHaveLength(served)
    expect(retryAfter).toEqual(new Set(['1']))
  })

  it('of loss come after a request was served', async () => {
    const { statuses, served } = await ask({ lostAnswerShare: 0.5 })
    expect(new Set(statuses)).toEqual(new Set([0, 200]))
    expect(served).toBeGreaterThanOrEqual(30)
  })

  it('of an outage leave nothing served', async () => {
    const { statuses, served } = await ask({ outage: { everyMs: 1_000, downMs: 1_000 } })
    expect(new Set(statuses)).toEqual(new Set([0, 503]))
    expect(served).toBe(0)
  })

  it('of slowness delay and do no more', async () => {
    const { statuses } = await ask({ slowestAnswerMs: 5 }, 5)
    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  it('are the same for the same seed', async () => {
    const first = await ask({ busyShare: 0.5 })
    await app.close()
    expect((await ask({ busyShare: 0.5 })).statuses).toEqual(first.statuses)
    await app.close()
    expect((await ask({ busyShare: 0.5 }, 30, 6)).statuses).not.toEqual(first.statuses)
  })
})

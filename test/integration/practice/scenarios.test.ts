import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { FeedPage } from '@shared/domain/exchange'
import type { ScenarioName } from '@shared/domain/practice-scenario'
import { licenceItem } from './invented-items'
import { startHarness } from './practice-harness'
import { sealBatch } from './signed-client'
import type { Answer } from './signed-client'

/** Sends one batch with a client that repeats every step until it is answered in the end. */
async function submitStubbornly(scenario: ScenarioName) {
  const harness = await startHarness({ scenario, seed: 3 })
  const { client, desk } = harness
  const tally = { lost: 0, refused: new Map<number, number>() }
  const insist = async (step: () => Promise<Answer>): Promise<Answer> => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const answer = await step().catch(() => null)
      if (answer === null) tally.lost++
      else if (answer.status < 400) return answer
      else tally.refused.set(answer.status, (tally.refused.get(answer.status) ?? 0) + 1)
    }
    throw new Error('never answered')
  }
  const batchId = uuidv7()
  const items = Array.from({ length: 20 }, (_, index) => licenceItem(index + 1, index + 1))
  const { manifest, parts } = sealBatch(desk, batchId, items, 2)
  await insist(() => client.open(manifest))
  for (const [index, bytes] of parts.entries()) await insist(() => client.part(batchId, index + 1, bytes))
  await insist(() => client.close(batchId))
  for (let state = ''; state !== 'done';) {
    state = ((await insist(() => client.get(`/batches/${batchId}`))).json as { state: string }).state
  }
  const ledger = harness.ledger()
  expect(harness.defects).toEqual([])
  await harness.end()
  return { tally, ledger }
}

describe('scenarios', () => {
  it('busy refuses many requests with 429 and 503 before reading them, and loses nothing', async () => {
    const { tally, ledger } = await submitStubbornly('busy')
    expect(tally.lost).toBe(0)
    expect([...tally.refused.keys()].sort()).toEqual([429, 503])
    expect(ledger).toHaveLength(20)
  })

  it('lossy loses answers after the commit, and repeats have no second effect', async () => {
    const { tally, ledger } = await submitStubbornly('lossy')
    expect(tally.lost).toBeGreaterThan(0)
    expect(ledger).toHaveLength(20)
    expect(new Set(ledger.map((line) => line.recordId)).size).toBe(20)
  })

  it('can be changed while the platform runs; an outage is announced', async () => {
    const harness = await startHarness()
    const answer = await harness.control('/scenario', { scenario: 'outage' })
    expect(answer).toEqual({ status: 200, json: { scenario: 'outage' } })
    expect((await harness.control('')).json).toMatchObject({ scenario: 'outage', seed: 1 })
    await harness.control('/scenario', { scenario: 'clean' })
    const { events } = (await harness.client.get('/feed')).json as FeedPage
    expect(events).toMatchObject([
      {
        type: 'outage.announced',
        body: { from: harness.clock.now(), to: '2026-03-02T02:00:00.000Z', extendsDeadlines: false },
      },
    ])
    expect((await harness.control('/scenario', { scenario: 'chaos' })).status).toBe(400)
    await harness.end()
  })

  it('are counted by the ledger page', async () => {
    const harness = await startHarness()
    await harness.client.submit([licenceItem(1, 1), licenceItem(2, 2)], uuidv7())
    const { json } = await harness.control('/ledger?limit=1&after=1')
    expect(json).toMatchObject({
      total: 2,
      byOp: { create: 2 },
      byOutcome: { accepted: 2 },
      entries: [{ seq: 2 }],
    })
    await harness.end()
  })
})

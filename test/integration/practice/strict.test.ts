import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ItemResult, WireItem } from '@shared/domain/exchange'
import { licenceItem, nextRevision } from './invented-items'
import { startHarness } from './practice-harness'
import type { PracticeHarness } from './practice-harness'

const RECORDS = 2_000
let harness: PracticeHarness
let items: WireItem[]
let results: ItemResult[]
beforeAll(async () => {
  harness = await startHarness({ scenario: 'strict', seed: 7 })
  items = Array.from({ length: RECORDS }, (_, index) => licenceItem(index + 1, index + 1))
  results = await harness.client.submit(items, uuidv7())
})
afterAll(async () => {
  expect(harness.defects).toEqual([])
  await harness.end()
})

const rejectedOf = (outcomes: readonly ItemResult[]) =>
  outcomes.filter((result) => result.outcome === 'rejected')

describe('the strict scenario', () => {
  it('refuses about 8 % of flawless records, under several codes that fit a field which they have', () => {
    const rejected = rejectedOf(results)
    expect(rejected.length).toBeGreaterThan(RECORDS * 0.05)
    expect(rejected.length).toBeLessThan(RECORDS * 0.11)
    expect(new Set(results.map((result) => result.outcome))).toEqual(new Set(['accepted', 'rejected']))
    const seen = new Set<string>()
    for (const result of rejected) {
      expect(result).toMatchObject({ platformRef: null, duplicateOf: null })
      expect(result.errors).toHaveLength(1)
      const error = result.errors[0]!
      seen.add(error.code)
      const { payload } = items[result.itemNo - 1]!
      expect(error).toMatchObject({ severity: 'error', value: payload[error.field!] ?? null })
      expect(error.message).toMatch(/\p{Script=Han}/u)
      if (error.code !== '1003') expect(payload).toHaveProperty(error.field!)
    }
    expect(seen.size).toBeGreaterThanOrEqual(6)
    expect(rejected.filter((result) => result.errors[0]!.code === '1001').length).toBeGreaterThan(
      rejected.length / 5,
    )
  })

  it('writes effects for the others only, each once', () => {
    const ledger = harness.ledger()
    expect(ledger).toHaveLength(RECORDS - rejectedOf(results).length)
    expect(new Set(ledger.map((line) => `${line.bureau} ${line.recordId} ${line.revision}`)).size).toBe(
      ledger.length,
    )
    expect(ledger.map((line) => line.seq)).toEqual(ledger.map((_, index) => index + 1))
  })

  it('accepts the next revision of every record that it refused, changed or not', async () => {
    const refused = rejectedOf(results).map((result) => items[result.itemNo - 1]!)
    const next = refused.map((item, index) => {
      const payload = index % 2 === 0 ? item.payload : { ...item.payload, BZ: `已核实${index}` }
      return nextRevision(item, 'create', null, { itemNo: index + 1, payload, inReplyTo: 1 })
    })
    const again = await harness.client.submit(next, uuidv7())
    expect(new Set(again.map((result) => result.outcome))).toEqual(new Set(['accepted']))
  })

  it('hits the same content under the same seed, and other content under another', async () => {
    const hit = rejectedOf(results).map((result) => result.itemNo)
    const repeat = async (seed: number) => {
      const other = await startHarness({ scenario: 'strict', seed })
      try {
        const fresh = Array.from({ length: RECORDS }, (_, index) => licenceItem(RECORDS - index, index + 1))
        const outcomes = rejectedOf(await other.client.submit(fresh, uuidv7()))
        return outcomes.map((result) => RECORDS + 1 - result.itemNo).sort((a, b) => a - b)
      } finally {
        await other.end()
      }
    }
    expect(await repeat(7)).toEqual(hit)
    expect(await repeat(8)).not.toEqual(hit)
  })
})

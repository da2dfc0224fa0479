import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256Hex } from '@engine/crypto/digest'
import { createPartCutter, saneLimits } from '@engine/services/sealing-parts'

const line = fc.string({ minLength: 1, maxLength: 400 }).map((text) => `${JSON.stringify(text)}\n`)

test('parts hold every line once and in order, within the limits', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 600, max: 5_000 }),
      (lines, maxPartItems, maxPartBytes) => {
        const limits = { maxPartItems, maxPartBytes, maxBatchItems: 1_000, minPollSeconds: 1 }
        const cutter = createPartCutter(limits)
        for (const one of lines) cutter.add(one)
        const parts = cutter.finish()
        expect(parts.map((part) => gunzipSync(part.bytes).toString()).join('')).toBe(lines.join(''))
        expect(parts.map((part) => part.no)).toEqual(parts.map((_, index) => index + 1))
        for (const part of parts) {
          expect(part.items).toBeLessThanOrEqual(maxPartItems)
          if (part.items > 1) expect(part.bytes.length).toBeLessThanOrEqual(maxPartBytes)
          expect(part.sha256).toBe(sha256Hex(part.bytes))
          expect(gunzipSync(part.bytes).toString().split('\n')).toHaveLength(part.items + 1)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('whatever limits a platform tells, sealing stays possible and bounded', () => {
  const any = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -1, NaN, Infinity, -Infinity, 1e308))
  fc.assert(
    fc.property(any, any, any, any, (maxPartBytes, maxPartItems, maxBatchItems, minPollSeconds) => {
      const limits = saneLimits({ maxPartBytes, maxPartItems, maxBatchItems, minPollSeconds })
      for (const value of Object.values(limits)) expect(Number.isSafeInteger(value) && value >= 1).toBe(true)
      expect(limits.maxBatchItems).toBeLessThanOrEqual(100_000)
      expect(limits.maxPartBytes).toBeLessThanOrEqual(8 * 1_048_576)
    }),
  )
})

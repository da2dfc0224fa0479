import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '@engine/crypto/digest'
import { readCursor, writeCursor } from '@practice/http/feed-cursor'
import { isScenarioName } from '@shared/domain/practice-scenario'
import { seededShare } from '@practice/settling/seeded-share'
import { platformReference, receiptNumber } from '@practice/settling/series-numbers'

describe('running numbers', () => {
  it('carry the business date of China', () => {
    expect(receiptNumber('2026-03-02T01:00:00.000Z', 123)).toBe('R20260302-000123')
    expect(platformReference('2026-03-02T01:00:00.000Z', 1)).toBe('PX-20260302-0000001')
    expect(receiptNumber('2026-03-02T16:00:00.000Z', 1)).toBe('R20260303-000001')
    expect(platformReference('2026-12-31T16:00:00.000Z', 12_345_678)).toBe('PX-20270101-12345678')
  })
})

describe('feed cursors', () => {
  it('come back as they were written, for their platform only', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seq, more) => {
        const cursor = writeCursor(seq, 'abc123')
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(readCursor(cursor, 'abc123', seq + more)).toBe(seq)
        expect(readCursor(cursor, 'abc124', seq + more)).toBeNull()
        expect(readCursor(cursor, 'abc123', seq - 1)).toBeNull()
      }),
    )
  })

  it('begin with the empty one, and nothing else is taken for one', () => {
    expect(readCursor('', 'abc123', 5)).toBe(0)
    fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => readCursor(text, 'abc123', 5) === null))
  })
})

describe('seeded shares', () => {
  it('are even, repeatable and differ by seed and purpose', () => {
    const contents = Array.from({ length: 4_000 }, (_, index) => sha256Hex(String(index)))
    const shares = contents.map((content) => seededShare(1, 'reject', content))
    expect(shares.every((share) => share >= 0 && share < 1)).toBe(true)
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02)
    expect(contents.map((content) => seededShare(1, 'reject', content))).toEqual(shares)
    expect(contents.map((content) => seededShare(2, 'reject', content))).not.toEqual(shares)
    expect(contents.map((content) => seededShare(1, 'code', content))).not.toEqual(shares)
  })
})

describe('scenario names', () => {
  it('are a closed list', () => {
    expect(isScenarioName('strict')).toBe(true)
    expect(isScenarioName('chaos')).toBe(false)
  })
})

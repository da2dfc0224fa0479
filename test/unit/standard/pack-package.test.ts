import { FailureError } from '@shared/kernel/failure'
import { isNestedDeeper } from '@shared/kernel/json-nesting'
import { refuseOversizedPack } from '@shared/standard/pack-limits'
import { isBureauIn, readSignedPackage } from '@shared/standard/pack-package'
import { comparePackVersions, isPackVersion } from '@shared/standard/pack-version'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('nesting', () => {
  it.each<[string, number, boolean]>([
    ['[]', 1, false],
    ['[[]]', 1, true],
    ['{"a":[{}]}', 3, false],
    ['{"a":[{}]}', 2, true],
    ['"[[[["', 0, false],
    ['["\\"[[[", 1]', 1, false],
    ['["\\\\", [1]]', 1, true],
    ['[][][]', 1, false],
  ])('of %s is deeper than %i: %s', (text, limit, expected) => {
    expect(isNestedDeeper(text, limit)).toBe(expected)
  })

  it('is that of the value, whatever its strings hold', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 + Math.max(0, ...Object.values(value).map((one) => depthOf(one)))
        : 0
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const depth = depthOf(value)
        const text = JSON.stringify(value)
        expect(isNestedDeeper(text, depth)).toBe(false)
        if (depth > 0) expect(isNestedDeeper(text, depth - 1)).toBe(true)
      }),
    )
  })
})

describe('versions', () => {
  it('are ordered as numbers', () => {
    const versions = ['2026.10', '2026.9', '2025.12', '2026.1', '2030.1']
    expect(versions.sort(comparePackVersions)).toEqual(['2025.12', '2026.1', '2026.9', '2026.10', '2030.1'])
    expect(comparePackVersions('2026.1', '2026.1')).toBe(0)
  })

  it('are a year and a number', () => {
    expect(['2026.1', '2026.9999'].every(isPackVersion)).toBe(true)
    expect(['2026', '2026.', 'v2026.1', '2026.1/..', '2026.1\n', '26.1', '../2026.1'].some(isPackVersion)).toBe(false)
  })
}) // prettier-ignore

describe('the region of a package', () => {
  it.each<[string, string, boolean]>([
    ['360300', '11360302MB1234567A', true],
    ['360300', '11360300014500006J', true],
    ['360302', '11360302MB1234567A', true],
    ['360302', '11360300014500006J', false],
    ['360100', '11360302MB1234567A', false],
    ['360000', '11360302MB1234567A', true],
    ['360000', '11440302MB1234567A', false],
  ])('%s covers the bureau %s: %s', (region, bureau, expected) => {
    expect(isBureauIn(region, bureau)).toBe(expected)
  })
})

describe('a signed package', () => {
  it('of any text at all is read or refused, never worse', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map((value) => JSON.stringify({ package: value, signature: 'x' }))), (text) => {
        try {
          const { document } = readSignedPackage(text)
          expect(typeof document).toBe('object')
        } catch (error) {
          expect(error).toBeInstanceOf(FailureError)
        }
      }),
    )
  }) // prettier-ignore
})

describe('the bounds of a pack', () => {
  const refusal = (pack: object): string => {
    try {
      refuseOversizedPack(pack)
      return 'taken'
    } catch (error) {
      return String((error as FailureError).failure.params['reason'])
    }
  }

  it.each<[string, object, string]>([
    ['a small one', { recordTypes: [{ fields: [{ code: 'A' }] }] }, 'taken'],
    ['many fields', { recordTypes: [{ fields: Array.from({ length: 501 }, () => ({})) }] }, 'more than 500'],
    ['many rules of a type', { rules: { A: Array.from({ length: 1_001 }, () => ({})) } }, 'more than 1000'],
    ['many words', { rules: { A: [{ options: { words: Array.from({ length: 501 }, () => 'a') } }] } }, 'more than 500'],
    ['many codes', { codeLists: { A: { items: Array.from({ length: 20_001 }, () => ({})) } } }, 'more than 20000'],
    ['a long text', { title: 'x'.repeat(20_001) }, 'too long'],
    ['many values', { codeLists: Array.from({ length: 100 }, () => Array.from({ length: 5_000 }, () => 1)) }, 'values'],
  ])('%s', (_, pack, expected) => {
    expect(refusal(pack)).toContain(expected)
  }) // prettier-ignore
})

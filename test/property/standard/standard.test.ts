import { canonicalJson } from '@shared/kernel/canonical-json'
import { cut } from '@shared/kernel/text'
import { maskValue } from '@shared/standard/mask'
import type { FieldValues } from '@shared/standard/pack'
import type { RawValue } from '@shared/standard/standard'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allTypes, anyRawRecord, anyText, anyValues } from './pack-fields'

const RUNS = { numRuns: 400 }
const context = { today: '2026-11-23' }

const asRaw = (values: FieldValues): Record<string, RawValue> =>
  Object.fromEntries(Object.entries(values).map(([code, text]) => [code, { text, kind: 'text' }]))

describe.each(allTypes.map((type) => [type.spec.code, type] as const))('%s', (_, type) => {
  it('normalises to what normalising leaves alone', () => {
    fc.assert(
      fc.property(anyRawRecord(type), (raw) => {
        const once = type.normalise(raw).values
        const twice = type.normalise(asRaw(once))
        expect(twice.values).toEqual(once)
        expect(twice.changes).toEqual([])
      }),
      RUNS,
    )
  })

  it('accounts for every cell: kept, shown as changed, refused with an issue, or blank', () => {
    fc.assert(
      fc.property(anyRawRecord(type), (raw) => {
        const { values, changes, issues } = type.normalise(raw)
        for (const [code, { text }] of Object.entries(raw)) {
          const isShown = changes.some((change) => change.field === code && change.raw === text)
          const isRefused = issues.some((issue) => issue.field === code)
          const isBlank = values[code] === undefined && !/[^\p{C}\s'\u200b-\u200f]/u.test(text)
          expect([code, text, values[code] === text || isShown || isRefused || isBlank]).toEqual([
            code,
            text,
            true,
          ])
        }
      }),
      RUNS,
    )
  })

  it('judges anything without failing, the same every time, and can say every issue', () => {
    fc.assert(
      fc.property(anyValues(type), (values) => {
        const issues = type.check(values, context)
        expect(type.check(values, context)).toEqual(issues)
        for (const issue of issues)
          expect(type.message(issue)).not.toMatch(/\{(?:label|max|min|other\w+|allowed)\}/)
        type.naturalKey(values)
        expect(type.payloadText(values)).toBe(canonicalJson(type.payload(values)))
        type.searchValues(values)
      }),
      RUNS,
    )
  })

  it('says any issue whatsoever', () => {
    const params = fc.dictionary(fc.string({ maxLength: 12 }), fc.oneof(anyText, fc.integer()))
    const issue = fc.record({
      code: anyText,
      severity: fc.constant('error' as const),
      field: fc.option(anyText),
      value: fc.option(anyText),
      params,
    })
    fc.assert(
      fc.property(issue, (any) => {
        expect(typeof type.message(any)).toBe('string')
      }),
      RUNS,
    )
  })

  it('gives one natural key for all spellings of brackets, widths and blanks', () => {
    const documentNumber = fc.constantFrom(
      '萍市监许〔2026〕12号',
      '萍市监许[2026]12号',
      '萍市监许(2026)12号',
      '萍市监许（２０２６）12 号',
      '萍市监许【2026】１２号',
    )
    const code = type.spec.search.docNo!
    const others = Object.fromEntries(
      type.spec.naturalKey.flatMap((part) => part.split('|')).map((field) => [field, '甲']),
    )
    fc.assert(
      fc.property(documentNumber, documentNumber, (a, b) => {
        expect(type.naturalKey({ ...others, [code]: a })).toBe(type.naturalKey({ ...others, [code]: b }))
      }),
    )
  })
})

/** Least processor time of several runs in ms, so that a busy machine does not decide. */
function fastest(work: () => unknown): number {
  let best = Infinity
  for (let run = 0; run < 5; run++) {
    const start = process.cpuUsage()
    work()
    best = Math.min(best, process.cpuUsage(start).user / 1_000)
  }
  return best
}

describe('hostile texts (I9)', () => {
  const LONG = 50_000
  const hostile = [
    'a', '(', ' ', '1', '1,', "'", '\n', '\u200b', '一', '罚款1', '其他-', '-', ';', '、', '2024-', '0', 'e\u0301',
  ] // prettier-ignore
  const type = allTypes.find((one) => one.spec.code === 'XZCF_FR')!
  const everywhere = (text: string): FieldValues =>
    Object.fromEntries(type.fields.map((field) => [field.code, text]))

  /** Sixteen times the text takes some sixteen times as long; quadratic work would take 256 times. */
  it.each(hostile)('takes linear time over a long run of %j', (unit) => {
    const work = (length: number) => {
      const values = everywhere(unit.repeat(Math.ceil(length / unit.length)) + '!')
      return fastest(() => {
        type.check(values, context)
        type.normalise(asRaw(values))
        type.naturalKey(values)
      })
    }
    work(LONG / 16)
    const short = Math.max(work(LONG / 16), 0.5)
    expect(work(LONG) / short).toBeLessThan(100)
  })
})

describe('surrogate pairs (N4)', () => {
  const astral = fc.string({ unit: fc.constantFrom('𠮷', '𬱖', '中', 'a'), maxLength: 60 })
  const isWhole = (text: string): boolean => text.isWellFormed()

  it('are never split by a cut, a mask or a sentence', () => {
    fc.assert(
      fc.property(astral, fc.nat(60), (text, limit) => {
        expect(isWhole(cut(text, limit))).toBe(true)
        expect(isWhole(maskValue({ sensitivity: 'personal' }, text))).toBe(true)
        expect(isWhole(maskValue({ sensitivity: 'personal', format: 'idDocument' }, text))).toBe(true)
        const issue = {
          code: 'x',
          severity: 'error',
          field: 'BZ',
          value: text,
          params: { serverText: text },
        } as const
        for (const type of allTypes) expect(isWhole(type.message(issue))).toBe(true)
      }),
      RUNS,
    )
  })

  it('count as one character for every limit', () => {
    const type = allTypes[0]!
    const codes = (value: string) =>
      type.check({ BZ: value }, context).filter((issue) => issue.field === 'BZ' && issue.severity === 'error')
    expect(codes('𠮷'.repeat(512))).toEqual([])
    expect(codes('𠮷'.repeat(513)).map((issue) => issue.code)).toEqual(['field.length'])
  })
})

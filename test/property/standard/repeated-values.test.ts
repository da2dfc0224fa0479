import { loadShippedStandards } from '@practice/standard-folder'
import { compileStandard } from '@shared/standard/compile-standard'
import fc from 'fast-check'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordsOf } from './field-values'

const types = loadShippedStandards(resolve(import.meta.dirname, '../../../resources')).flatMap(
  ({ standard: { pack, types } }) =>
    [...types.values()].map((type) => [`${pack.id} ${pack.version} ${type.spec.code}`, pack, type] as const),
)
const days = fc.constantFrom('2026-11-23', '2019-01-01')

describe.each(types)('%s', (_, pack, type) => {
  it('judges a record the same whatever was judged before it', () => {
    // Few records in many orders and mixtures, so that fields keep their values while their neighbours change.
    const [first, second, third] = fc.sample(recordsOf(type.fields, pack), { numRuns: 3, seed: 7 })
    const mixture = fc
      .array(fc.constantFrom(first!, second!, third!, {}), {
        minLength: type.fields.length,
        maxLength: type.fields.length,
      })
      .map((sources) =>
        Object.fromEntries(
          type.fields.flatMap(({ code }, index) => {
            const value = sources[index]![code]
            return value === undefined ? [] : [[code, value]]
          }),
        ),
      )
    fc.assert(
      fc.property(fc.array(fc.tuple(mixture, days), { minLength: 2, maxLength: 8 }), (sequence) => {
        for (const [values, today] of sequence) type.check(values, { today })
        const [values, today] = sequence.at(-1)!
        const fresh = compileStandard({ ...pack, recordTypes: [type.spec] }).types.get(type.spec.code)!
        expect(type.check(values, { today })).toEqual(fresh.check(values, { today }))
      }),
      { numRuns: 100 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shapedRecords } from '@shared/kernel/shaped-record'

const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '7', '"', '\ud800'))
const keysAndRows = fc.uniqueArray(name, { maxLength: 60 }).chain((keys) =>
  fc.tuple(
    fc.constant(keys),
    fc.array(
      fc.array(fc.option(fc.string(), { nil: undefined }), {
        minLength: keys.length,
        maxLength: keys.length,
      }),
      { maxLength: 100 },
    ),
  ),
)

describe('objects made from a pattern', () => {
  it('hold what objects made key by key would, in the same order', () => {
    fc.assert(
      fc.property(keysAndRows, ([keys, rows]) => {
        const made = shapedRecords<string>(keys)
        for (const row of rows) {
          const plain = Object.fromEntries(
            keys.flatMap((key, at) => (row[at] === undefined ? [] : [[key, row[at]] as const])),
          )
          const record = made(row)
          expect(record).toEqual(plain)
          expect(Object.keys(record)).toEqual(Object.keys(plain))
        }
      }),
    )
  })

  it('share nothing with each other', () => {
    const made = shapedRecords<string>(['a', 'b'])
    const first = made(['1', undefined])
    first['a'] = 'changed'
    expect(made(['2', undefined])).toEqual({ a: '2' })
    expect(first).toEqual({ a: 'changed' })
  })
})

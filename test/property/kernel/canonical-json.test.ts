import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, compareCodePoints } from '@shared/kernel/canonical-json'

/** Order by code point, spelled out the slow way: every character as eight hex digits. */
const spelledOut = (text: string): string =>
  Array.from(text, (character) => character.codePointAt(0)!.toString(16).padStart(8, '0')).join('')

const anyText = fc.string({ unit: 'binary' })

describe('canonical JSON', () => {
  it('orders keys by code point, beyond the basic plane too', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const expected = Math.sign(spelledOut(a) < spelledOut(b) ? -1 : spelledOut(a) > spelledOut(b) ? 1 : 0)
        expect(Math.sign(compareCodePoints(a, b))).toBe(expected)
      }),
    )
    expect(compareCodePoints('\u{20bb7}', '\uff21')).toBeGreaterThan(0)
  })

  it('gives equal text for equal values, whatever the order of members, and parses back to the value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse())
        const text = canonicalJson(object)
        expect(canonicalJson(reversed)).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(object)))
      }),
    )
  })

  it('omits absent members and keeps null', () => {
    expect(canonicalJson({ b: 1, a: undefined, 名称: null })).toBe('{"b":1,"名称":null}')
  })
})

/** Any value that JSON can hold; `undefined` members are left out. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** An integer beyond what a double holds, with the digits it was written with; they are its canonical text. */
export class ExactInteger {
  constructor(readonly digits: string) {}
}

const SURROGATE = /[\ud800-\udfff]/

/** Orders strings by Unicode code point; only where a surrogate occurs does that differ from plain `<`. */
export function compareCodePoints(a: string, b: string): number {
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : a > b ? 1 : 0
  const left = Array.from(a, (character) => character.codePointAt(0)!)
  const right = Array.from(b, (character) => character.codePointAt(0)!)
  const at = left.findIndex((point, index) => point !== right[index])
  if (at === -1) return left.length - right.length
  return at < right.length ? left[at]! - right[at]! : 1
}

/** Whether keys stand in order already, with no surrogate among them to order in another way. */
function areInOrder(keys: readonly string[]): boolean {
  for (let i = 0; i < keys.length; i++) {
    if ((i > 0 && keys[i - 1]! >= keys[i]!) || SURROGATE.test(keys[i]!)) return false
  }
  return true
}

/** Sorts keys in place by code point; most sort the same way by UTF-16 unit. */
const sortKeys = (keys: string[]): string[] =>
  keys.some((key) => SURROGATE.test(key)) ? keys.sort(compareCodePoints) : keys.sort()

/**
 * The canonical text of a value (RFC 8785 with keys by code point): sorted keys, no white space, absent members
 * omitted. Equal values give equal bytes, so hashes and signatures over it can be compared.
 */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (value instanceof ExactInteger) return value.digits
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`
  const object = value as Readonly<Record<string, Json | undefined>>
  const keys = Object.keys(object)
  const holdsTexts = keys.every((key) => typeof object[key] === 'string')
  // Payloads are made in this order: then the runtime writes the very same text, and faster.
  if (holdsTexts && areInOrder(keys)) return JSON.stringify(object)
  let members = ''
  for (const key of sortKeys(keys)) {
    const member = object[key]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}

/** Any value that JSON can hold; `undefined` members are left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Orders strings by Unicode code point (plain `<` would order by UTF-16 unit). */
export function compareCodePoints(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/**
 * The canonical text of a value (RFC 8785 with keys by code point): sorted keys, no white space, absent members
 * omitted. Equal values give equal bytes, so hashes and signatures over it can be compared.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const object = value as Readonly<Record<string, Json | undefined>>
    const members = Object.keys(object)
      .filter((key) => object[key] !== undefined)
      .sort(compareCodePoints)
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key]!)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value)
}

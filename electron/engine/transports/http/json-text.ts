interface ReviverContext {
  readonly source?: string
}

/** An integer that a double cannot hold comes out as the text it was written with. */
function keepExact(_key: string, value: unknown, context: ReviverContext): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  if (!Number.isFinite(value)) throw new SyntaxError('number out of range')
  const source = context.source ?? ''
  return /^-?\d+$/.test(source) ? source : value
}

/** Where a number may begin and have sixteen digits or a long exponent: too large to be exact, or out of range. */
const LARGE_NUMBER = /(?:^|[:,[])\s*-?(?:\d{16}|\d+(?:\.\d+)?[eE]\+?\d{3})/

/**
 * Parses one JSON text. Throws a `SyntaxError` on anything else: an empty text, a byte order mark, two documents, a
 * number beyond all bounds, nesting too deep for the stack.
 */
export function parseJsonText(text: string): unknown {
  try {
    // A reviver is slow, and hardly any text has a number that needs it.
    if (!LARGE_NUMBER.test(text)) return JSON.parse(text)
    return JSON.parse(text, keepExact as (this: unknown, key: string, value: unknown) => unknown)
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError('nested too deeply', { cause: error })
    throw error
  }
}

import { ExactInteger } from '@shared/kernel/canonical-json'

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

/** The same, but for its canonical text: there it is still a number. */
function keepDigits(key: string, value: unknown, context: ReviverContext): unknown {
  const kept = keepExact(key, value, context)
  return typeof value === 'number' && typeof kept === 'string' ? new ExactInteger(kept) : kept
}

type Reviver = (this: unknown, key: string, value: unknown) => unknown

/** Where a number may begin and have sixteen digits or a long exponent: too large to be exact, or out of range. */
const LARGE_NUMBER = /(?:^|[:,[])\s*-?(?:\d{16}|\d+(?:\.\d+)?[eE]\+?\d{3})/

const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
/** Everything in the protocol is flatter. */
const SHALLOW = 32

/** Whether brackets outside strings nest no deeper than the protocol's do. */
function isShallow(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++)
          if (text.charCodeAt(at) === BACKSLASH) at++
        break
      case OPEN_BRACKET:
      case OPEN_BRACE:
        if (++depth > SHALLOW) return false
        break
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        depth--
    }
  }
  return true
}

function parse(text: string, revive: typeof keepExact): unknown {
  try {
    // The reviver, which also stumbles over deep nesting, is slow, and hardly any text needs it.
    if (!LARGE_NUMBER.test(text) && isShallow(text)) return JSON.parse(text)
    return JSON.parse(text, revive as Reviver)
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError('nested too deeply', { cause: error })
    throw error
  }
}

/**
 * Parses one JSON text. Throws a `SyntaxError` on anything else: an empty text, a byte order mark, two documents, a
 * number beyond all bounds, nesting too deep for the stack.
 */
export const parseJsonText = (text: string): unknown => parse(text, keepExact)

/**
 * Parses a text whose canonical form is hashed or signed, members that nobody reads included: an integer that a double
 * cannot hold is an `ExactInteger`. Throws as `parseJsonText` does.
 */
export const parseForDigest = (text: string): unknown => parse(text, keepDigits)

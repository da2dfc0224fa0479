/** Reads off a pattern what a text must hold for it to match, so that most texts need not be searched. */

/** What this reader does not know: escapes with arguments, look-arounds, named groups, characters of two units. */
const BEYOND = /\\[ukpPxc]|\(\?[^:]|[\ud800-\udfff]/
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/
const MAY_BE_ABSENT = /^(?:[*?]|\{0)/
const PLAIN_CLASS = /^\[[^\]\\^-]+\]/
const ANY_CLASS = /^\[(?:\\.|[^\]\\])*\]/

/** The end of the group that begins at `from`, behind its closing bracket. */
function groupEnd(pattern: string, from: number): number {
  let depth = 0
  for (let at = from; at < pattern.length; at++) {
    const unit = pattern[at]!
    if (unit === '\\') at++
    else if (unit === '[') at += ANY_CLASS.exec(pattern.slice(at))![0].length - 1
    else if (unit === '(') depth++
    else if (unit === ')' && --depth === 0) return at + 1
  }
  return pattern.length
}

/** One atom of a pattern: its length, and the characters of which it holds one; null when it may be anything. */
function atomAt(pattern: string, at: number): { readonly length: number; readonly needed: string | null } {
  const rest = pattern.slice(at)
  switch (pattern[at]) {
    case '\\':
      return { length: 2, needed: null }
    case '[': {
      const { length } = ANY_CLASS.exec(rest)![0]
      return { length, needed: PLAIN_CLASS.test(rest) ? rest.slice(1, length - 1) : null }
    }
    case '(': {
      const end = groupEnd(pattern, at)
      const start = rest.startsWith('(?:') ? at + 3 : at + 1
      return { length: end - at, needed: ofAlternatives(pattern.slice(start, end - 1)) }
    }
    case '.':
    case '^':
    case '$':
      return { length: 1, needed: null }
    default:
      return { length: 1, needed: pattern[at]! }
  }
}

/** The characters of one alternative: those of the atom that must be there and has the fewest. */
function ofSequence(pattern: string): { readonly needed: string | null; readonly length: number } {
  let fewest: string | null = null
  let at = 0
  while (at < pattern.length && pattern[at] !== '|') {
    const { length, needed } = atomAt(pattern, at)
    at += length
    const quantifier = QUANTIFIER.exec(pattern.slice(at))?.[0] ?? ''
    at += quantifier.length
    if (needed === null || MAY_BE_ABSENT.test(quantifier)) continue
    if (fewest === null || needed.length < fewest.length) fewest = needed
  }
  return { needed: fewest, length: at }
}

function ofAlternatives(pattern: string): string | null {
  let all = ''
  for (let at = 0; at <= pattern.length;) {
    const { needed, length } = ofSequence(pattern.slice(at))
    if (needed === null) return null
    all += needed
    at += length + 1
  }
  return all
}

/**
 * Characters of which every text that a pattern (flag `u` alone) matches holds at least one; null when there is no such
 * set, or it is beyond this reader. The pattern must compile.
 */
export function neededCharacters(pattern: string): string | null {
  return BEYOND.test(pattern) ? null : ofAlternatives(pattern)
}

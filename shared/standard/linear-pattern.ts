const LONGEST_PATTERN = 200
/** Back references, look-arounds, and a group that is itself repeated without a small bound. */
const RISKY = /\\[1-9k]|\(\?[=!<]|\)[*+]|\)\{\d{0,9},?\d{2,9}\}|\)\{\d{0,9},\}/
const UNBOUNDED = /(?:[*+]|\{\d{1,9},\})/g
const ESCAPED_OR_CLASS = /\\.|\[(?:\\.|[^\]])*\]/gu

/**
 * Whether a pattern of a pack is surely quick on any text: it compiles, is short, repeats no group without bound,
 * refers to nothing, and has at most one unbounded repetition, which then must be anchored at the start.
 */
export function isLinearPattern(pattern: string): boolean {
  if (pattern.length > LONGEST_PATTERN) return false
  try {
    new RegExp(pattern, 'u')
  } catch {
    return false
  }
  const bare = pattern.replace(ESCAPED_OR_CLASS, (part) => (/^\\[1-9k]/.test(part) ? part : 'x'))
  if (RISKY.test(bare)) return false
  const unbounded = bare.match(UNBOUNDED)?.length ?? 0
  return unbounded === 0 || (unbounded === 1 && bare.startsWith('^'))
}

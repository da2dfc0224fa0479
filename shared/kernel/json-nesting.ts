/**
 * Whether a JSON text nests arrays and objects deeper than `limit`. Looks at the text only, so that what is nested too
 * deep for the stack never gets as far as a parser or a walk over its members.
 */
export function isNestedDeeper(text: string, limit: number): boolean {
  let depth = 0
  let isInString = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (isInString) {
      // Backslash: the next unit ends no string.
      if (unit === 0x5c) i++
      else if (unit === 0x22) isInString = false
    } else if (unit === 0x22) isInString = true
    else if (unit === 0x7b || unit === 0x5b) {
      if (++depth > limit) return true
    } else if (unit === 0x7d || unit === 0x5d) depth--
  }
  return false
}

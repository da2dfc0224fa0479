const FULL_WIDTH = /[\u3000\uff01-\uff5e]/
const EACH_FULL_WIDTH = /[\u3000\uff01-\uff5e]/g
/** From a printable ASCII character other than the blank to its full-width form, in UTF-16 units. */
export const FULL_WIDTH_DISTANCE = 0xfee0

/** Full-width letters, digits and signs as half-width ones; everything else stays. Same text back when none occur. */
export function toHalfWidth(text: string): string {
  if (!FULL_WIDTH.test(text)) return text
  return text.replace(EACH_FULL_WIDTH, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_DISTANCE),
  )
}

const EACH_FULL_WIDTH_ALPHANUMERIC = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g

/** Only letters and digits as half-width ones: brackets of document numbers and names keep their style. */
export function toHalfWidthAlphanumeric(text: string): string {
  if (!FULL_WIDTH.test(text)) return text
  return text.replace(EACH_FULL_WIDTH_ALPHANUMERIC, (character) =>
    String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_DISTANCE),
  )
}

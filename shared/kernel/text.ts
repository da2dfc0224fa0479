/** Number of Unicode code points: the unit of every length limit in the standard. */
export function codePointLength(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

/** Bytes of a well-formed text in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0
  for (const character of text) {
    const point = character.codePointAt(0)!
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4
  }
  return length
}

const BRACKETS: Readonly<Record<string, string>> = {
  '[': '〔',
  ']': '〕',
  '(': '〔',
  ')': '〕',
  '【': '〔',
  '】': '〕',
  '（': '〔',
  '）': '〕',
  '［': '〔',
  '］': '〕',
}

/** Ideographs, digits, capitals and the one bracket style: folding leaves them as they are. */
const FOLDED = /^[\u4e00-\u9fff0-9A-Z〔〕.-]*$/

/**
 * Folds a document number or name for comparison only (never for storage): full width to half width, white space
 * removed, all bracket styles to 〔〕, upper case.
 */
export function foldForKey(text: string): string {
  if (FOLDED.test(text)) return text
  return text
    .replace(/[[\]()【】（）［］]/g, (bracket) => BRACKETS[bracket] ?? bracket)
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .toUpperCase()
}

/** Cuts a text to at most `limit` code points, never inside a surrogate pair. */
export function cut(text: string, limit: number): string {
  return codePointLength(text) <= limit ? text : [...text].slice(0, limit).join('')
}

/** A regular expression that matches exactly this text. */
export const literalPattern = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')

/** Control characters but tab and line feed, and the marks that turn the direction of writing. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * A foreign text without the characters that steer a terminal or turn what stands around them: nobody may make another
 * line say something else. Tabs, line feeds and everything that can be read stay.
 */
export const withoutDeceivers = (text: string): string => text.replace(DECEIVING, '')

import { FULL_WIDTH_DISTANCE, toHalfWidth } from './half-width'

/** What clerks and exports write for "nothing", lower case and half width. */
const BLANK_WORDS: ReadonlySet<string> = new Set([
  '空',
  '无',
  '暂无',
  'null',
  'none',
  'nil',
  'n/a',
  '/',
  '//',
  '\\',
  '-',
  '--',
  '---',
  '—',
  '——',
  '_',
  '.',
  '、',
])

/** What stands for "not known yet", or for a sum that failed: no value either, but never taken as blank. */
const UNKNOWN_WORDS: ReadonlySet<string> = new Set([
  '0',
  'nan',
  'undefined',
  '#n/a',
  '00',
  '不详',
  '未知',
  '待定',
  '待补',
  '待补充',
  '同上',
  '同前',
  '如上',
  '〃',
  '"',
  '***',
  'xxx',
  'xx',
  '测试',
  'test',
])

const LONGEST = 9

/** The UTF-16 units that such a word can begin with, in any width and case: most values are told by their first. */
const FIRST_UNITS = new Uint8Array(0x1_0000)
for (const word of [...BLANK_WORDS, ...UNKNOWN_WORDS]) {
  for (const first of [word[0]!, word[0]!.toUpperCase()]) {
    const unit = first.charCodeAt(0)
    FIRST_UNITS[unit] = 1
    if (unit > 0x20 && unit < 0x7f) FIRST_UNITS[unit + FULL_WIDTH_DISTANCE] = 1
  }
}

const maybeWord = (text: string): boolean =>
  text.length <= LONGEST && text !== '' && FIRST_UNITS[text.charCodeAt(0)] === 1

const folded = (text: string): string => toHalfWidth(text).toLowerCase()

/** Whether a text only says that there is nothing, so that an optional field counts as blank. */
export function saysNothing(text: string): boolean {
  return maybeWord(text) && BLANK_WORDS.has(folded(text))
}

/** Whether a text holds the place of a value that must be there. */
export function holdsThePlace(text: string): boolean {
  if (!maybeWord(text)) return false
  const word = folded(text)
  return BLANK_WORDS.has(word) || UNKNOWN_WORDS.has(word)
}

import { toHalfWidth } from './half-width'

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
  '***',
  'xxx',
  'xx',
  '测试',
  'test',
])

const LONGEST = 9

/** Whether a text only says that there is nothing, so that an optional field counts as blank. */
export function saysNothing(text: string): boolean {
  return text.length <= LONGEST && BLANK_WORDS.has(toHalfWidth(text).toLowerCase())
}

/** Whether a text holds the place of a value that must be there. */
export function holdsThePlace(text: string): boolean {
  return text.length <= LONGEST && (saysNothing(text) || UNKNOWN_WORDS.has(toHalfWidth(text).toLowerCase()))
}

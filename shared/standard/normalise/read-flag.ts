import { foldForKey } from '@shared/kernel/text'

const YES: ReadonlySet<string> = new Set(['1', 'TRUE', 'T', 'YES', 'Y', '是', '有', '对', '√', '✓', '✔'])
const NO: ReadonlySet<string> = new Set(['0', 'FALSE', 'F', 'NO', 'N', '否', '没有', '错', '×', '✗', '✘'])

/** Reads a yes-or-no field into `1` or `0`; null when it is neither. */
export function readFlag(text: string): '1' | '0' | null {
  const folded = foldForKey(text)
  if (YES.has(folded)) return '1'
  return NO.has(folded) ? '0' : null
}

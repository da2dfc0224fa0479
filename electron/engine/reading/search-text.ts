import { pinyin } from 'pinyin-pro'
import { foldForKey } from '@shared/kernel/text'

const initialOf = new Map<string, string>()

/** First letter of the most usual reading of a character, upper case; other characters give nothing. */
function initial(character: string): string {
  const known = initialOf.get(character)
  if (known !== undefined) return known
  const letters = /\p{Script=Han}/u.test(character)
    ? pinyin(character, { pattern: 'first', toneType: 'none' })
    : ''
  const letter = /^[a-z]$/i.test(letters) ? letters.toUpperCase() : ''
  initialOf.set(character, letter)
  return letter
}

/** Pinyin initials of a name, so that `QSSM` finds 青山商贸. Read character by character: fast, and enough to find. */
export function pinyinInitials(name: string): string {
  let initials = ''
  for (const character of name) initials += initial(character)
  return initials
}

/** The folded text over which the grid searches: document number, name, code and pinyin initials, a line each. */
export function searchText(docNo: string, subjectName: string, subjectCode: string): string {
  return [
    foldForKey(docNo),
    foldForKey(subjectName),
    foldForKey(subjectCode),
    pinyinInitials(subjectName),
  ].join('\n')
}

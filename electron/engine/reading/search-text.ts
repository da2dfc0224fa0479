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

/** Surnames whose initial is not that of the most usual reading. */
const SURNAMES: Readonly<Record<string, string>> = { 曾: 'Z', 单: 'S', 解: 'X', 查: 'Z', 仇: 'Q', 乐: 'Y' }

/**
 * Characters that names of firms use with another initial than their most usual one, as 行 in 银行. A closed list,
 * because reading in words costs many times as much as reading characters.
 */
const MANY_VOICED = /[行长重厦调朝藏盛]/u

/** Initials of a name read as words: right where the reading of a character follows from its neighbours. */
function initialsInWords(name: string): string {
  const readings = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' })
  return [...name]
    .map((character, index) => (initial(character) === '' ? '' : (readings[index] ?? '').toUpperCase()))
    .join('')
}

/**
 * Pinyin initials of a name, so that `QSSM` finds 青山商贸. Read character by character, which is fast; names with a
 * character of several initials are also read as words or by their surname: 重庆 is found by `CQ` and by `ZQ`.
 */
export function pinyinInitials(name: string): readonly string[] {
  let initials = ''
  for (const character of name) initials += initial(character)
  const other = MANY_VOICED.test(name) ? initialsInWords(name) : initials
  const surname = SURNAMES[name.charAt(0)]
  return [...new Set([initials, surname === undefined ? other : surname + other.slice(1)])]
}

/** The folded text over which the grid searches: document number, name, code and pinyin initials, a line each. */
export function searchText(docNo: string, subjectName: string, subjectCode: string): string {
  return [
    foldForKey(docNo),
    foldForKey(subjectName),
    foldForKey(subjectCode),
    ...pinyinInitials(subjectName),
  ].join('\n')
}

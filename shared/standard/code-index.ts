import { foldForKey } from '@shared/kernel/text'
import { MULTI_CODE_SEPARATOR } from './multi-code'
import type { CodeItem, CodeList } from './pack'

const DESCRIPTION = /^([^-－—–:：（(]+)([-－—–:：（(]+)(.+)$/u
const OPENING_BRACKET = /[（(]$/u
const CLOSING_BRACKET = /[）)]$/u
/** Longer texts are no codes and are not searched. */
const LONGEST_CODE = 512
const SURE_SEPARATORS = /[;；|\n]/u
/** Separators that also occur inside codes: they count only when every piece then is a code. */
const MAYBE_SEPARATORS = [/[,，]/u, /、/u] as const

/** Looks up values of one code list by value, label or alias. */
export interface CodeIndex {
  readonly list: CodeList
  /** The item behind a canonical value (`其他-补办` gives the item `其他`); undefined when not listed. */
  item(value: string): CodeItem | undefined
  /** The canonical value of any known spelling; null when nothing fits. */
  canonical(text: string): string | null
  /** The canonical form of several codes in one text, joined by the separator, each once; null when one is unknown. */
  canonicalMany(text: string): string | null
}

/** Builds the index of a list once. Spellings are compared folded, so widths and brackets do not matter. */
export function indexCodeList(list: CodeList): CodeIndex {
  const byValue = new Map(list.items.map((item) => [item.value, item]))
  const bySpelling = new Map<string, string>()
  for (const item of list.items) {
    for (const spelling of [...item.aliases, item.label, item.value]) {
      bySpelling.set(foldForKey(spelling), item.value)
    }
  }
  const openEnded = list.items.filter((item) => item.openEnded)

  const described = (value: string): CodeItem | undefined =>
    openEnded.find((item) => value.startsWith(`${item.value}-`) && value.length > item.value.length + 1)

  function canonical(text: string): string | null {
    if (text.length > LONGEST_CODE) return null
    const known = bySpelling.get(foldForKey(text))
    if (known !== undefined) return known
    const [, head, separator, description] = DESCRIPTION.exec(text) ?? []
    if (head === undefined || separator === undefined || description === undefined) return null
    const value = bySpelling.get(foldForKey(head))
    if (value === undefined || !byValue.get(value)?.openEnded) return null
    const inner = OPENING_BRACKET.test(separator) ? description.replace(CLOSING_BRACKET, '') : description
    const tail = inner.replaceAll(MULTI_CODE_SEPARATOR, ' ').trim()
    return tail === '' ? value : `${value}-${tail}`
  }

  function piecesOf(token: string): readonly string[] | null {
    const whole = canonical(token)
    if (whole !== null) return [whole]
    for (const separator of MAYBE_SEPARATORS) {
      const pieces = token.split(separator).map((piece) => canonical(piece.trim()))
      if (pieces.length > 1 && pieces.every((piece) => piece !== null)) return pieces
    }
    return null
  }

  function canonicalMany(text: string): string | null {
    const values = new Set<string>()
    for (const token of text.split(SURE_SEPARATORS)) {
      if (token.trim() === '') continue
      const pieces = piecesOf(token.trim())
      if (pieces === null) return null
      for (const piece of pieces) values.add(piece)
    }
    return values.size === 0 ? null : [...values].join(MULTI_CODE_SEPARATOR)
  }

  return { list, item: (value) => byValue.get(value) ?? described(value), canonical, canonicalMany }
}

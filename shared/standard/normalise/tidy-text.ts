import type { NormalisationKind } from '@shared/standard/standard'

/* eslint-disable no-control-regex -- control characters are what this file is about */

/** Zero-width and direction characters: invisible, and a name that holds one equals no other name. */
const ZERO_WIDTH = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const ANY_LINE_BREAK = /\r\n?|[\u2028\u2029]/g
const WHITE_SPACE = /\s+/g
const BREAK = /[\n\t]/
const LATIN = /^[\x21-\x7e]$/
const LEADING_APOSTROPHES = /^[\s']+/

/**
 * The 18 characters that GB 18030-2022 moved out of the private use area. Text from an older conversion still has
 * the private code, which equals no other spelling of the same name.
 */
const MOVED_BY_GB18030: Readonly<Record<string, string>> = {
  '\ue78d': '\ufe10', '\ue78e': '\ufe12', '\ue78f': '\ufe11', '\ue790': '\ufe13', '\ue791': '\ufe14',
  '\ue792': '\ufe15', '\ue793': '\ufe16', '\ue794': '\ufe17', '\ue795': '\ufe18', '\ue796': '\ufe19',
  '\ue81e': '\u9fb4', '\ue826': '\u9fb5', '\ue82b': '\u9fb6', '\ue82c': '\u9fb7', '\ue832': '\u9fb8',
  '\ue843': '\u9fb9', '\ue854': '\u9fba', '\ue864': '\u9fbb',
} // prettier-ignore
const MOVED = /[\ue78d-\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864]/g

/** One look tells that nothing of all this can apply; most cells pass here. */
const TIDY =
  /^[^\s\u0000-\u001f\u007f-\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff'][^\s\u0000-\u001f\u007f-\u009f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff]*$/u

/** A tidied text and what was done to it. */
export interface Tidied {
  readonly text: string
  readonly kinds: readonly NormalisationKind[]
}

const NONE: readonly NormalisationKind[] = []

/** Joins the two sides of a line break inside one line: a blank between Latin words, nothing between characters. */
function joinLines(text: string): string {
  return text.replace(WHITE_SPACE, (run, at: number) => {
    if (!BREAK.test(run)) return run
    return LATIN.test(text.charAt(at - 1)) && LATIN.test(text.charAt(at + run.length)) ? ' ' : ''
  })
}

/** Text without what nobody typed on purpose: outer blanks, invisible characters, line breaks in a single line. */
export function tidyText(raw: string, manyLines: boolean): Tidied {
  if (TIDY.test(raw)) return { text: raw, kinds: NONE }
  const kinds: NormalisationKind[] = []
  let text = raw
  const apply = (kind: NormalisationKind, next: string): void => {
    if (next !== text) kinds.push(kind)
    text = next
  }
  apply('zero-width', text.replace(ZERO_WIDTH, ''))
  apply('control-character', text.replace(CONTROL, ''))
  apply(
    'remapped-character',
    text.replace(MOVED, (character) => MOVED_BY_GB18030[character] ?? character),
  )
  apply('trimmed', text.trim())
  apply('apostrophe', text.replace(LEADING_APOSTROPHES, ''))
  apply('line-break', text.replace(ANY_LINE_BREAK, '\n'))
  if (!manyLines) apply('line-break', joinLines(text))
  apply('trimmed', text.trim())
  return { text, kinds: [...new Set(kinds)] }
}

/**
 * Characters that GB 18030-2000/2005 put into the private use area and that now have their own code points
 * (GB 18030-2022; the last six by their CJK Extension B equivalents). Decoders differ here, and one person must not
 * have two keys.
 */
const MOVED: ReadonlyMap<string, string> = new Map([
  ['\ue78d', '\ufe10'],
  ['\ue78e', '\ufe12'],
  ['\ue78f', '\ufe11'],
  ['\ue790', '\ufe13'],
  ['\ue791', '\ufe14'],
  ['\ue792', '\ufe15'],
  ['\ue793', '\ufe16'],
  ['\ue794', '\ufe17'],
  ['\ue795', '\ufe18'],
  ['\ue796', '\ufe19'],
  ['\ue7c7', '\u1e3f'],
  ['\ue81e', '\u9fb4'],
  ['\ue826', '\u9fb5'],
  ['\ue82b', '\u9fb6'],
  ['\ue82c', '\u9fb7'],
  ['\ue832', '\u9fb8'],
  ['\ue843', '\u9fb9'],
  ['\ue854', '\u9fba'],
  ['\ue864', '\u9fbb'],
  ['\ue816', '\u{20087}'],
  ['\ue817', '\u{20089}'],
  ['\ue818', '\u{200cc}'],
  ['\ue831', '\u{215d7}'],
  ['\ue83b', '\u{2298f}'],
  ['\ue855', '\u{241fe}'],
])

const CANDIDATE = /[\ue78d-\ue864]/
const CANDIDATES = /[\ue78d-\ue864]/g

/** The text with every moved character at its code point of 2022; the same string when there is none. */
export function mapPrivateUse(text: string): string {
  return CANDIDATE.test(text) ? text.replace(CANDIDATES, (old) => MOVED.get(old) ?? old) : text
}

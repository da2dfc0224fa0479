import type { Seeded } from './seeded'

/** Values that attributes and texts break on. */
const VALUES = [
  ...[
    '',
    '0',
    '-1',
    '1',
    '99999999999',
    '1e400',
    'NaN',
    'A1',
    'XFD1048576',
    'A1048577',
    'ZZZZ1',
    'a',
    '../../x',
    '/',
  ],
  ...[
    'true',
    'false',
    's',
    'str',
    'b',
    'e',
    'd',
    'n',
    'inlineStr',
    'veryHidden',
    'rId1',
    'rId99',
    '&lt;',
    '&#0;',
    '&#x10FFFF;',
  ],
  ...[
    '&lol;',
    '__proto__',
    'constructor',
    '=1+1',
    '2026-02-30',
    '45292',
    '4.40106E+17',
    '\ufeff',
    '\u0001',
    '𠮷',
    '<',
  ],
]
const PIECES = [
  ...[
    '<!-- x -->',
    '<!--',
    '-->',
    '<![CDATA[x]]>',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE x>',
    '<?pi x?>',
    '<?xml version="1.0"?>',
  ],
  ...[
    '<row>',
    '</row>',
    '<row r="2">',
    '<c>',
    '</c>',
    '<c t="s"><v>0</v></c>',
    '<c t="s"><v>999</v></c>',
    '<v>1</v>',
  ],
  ...[
    '<c r="ZZ1"/>',
    '<f>1+1</f>',
    '<is><t>x</t></is>',
    '</sheetData>',
    '<sheetData>',
    '<worksheet>',
    '</worksheet>',
  ],
  ...[
    '<mergeCell ref="A1:XFD1048576"/>',
    '<a b="c"',
    '>',
    '"',
    '&amp;',
    '&',
    '<x:y xmlns:x="z"/>',
    '<t xml:space="preserve"> </t>',
  ],
]

type TokenChange = (tokens: string[], random: Seeded) => void

const atOf = (tokens: readonly string[], random: Seeded): number => random.below(tokens.length)

const changes: readonly TokenChange[] = [
  (tokens, random) => tokens.splice(atOf(tokens, random), 1),
  (tokens, random) => {
    const at = atOf(tokens, random)
    tokens.splice(at, 0, tokens[at]!)
  },
  (tokens, random) => {
    const [one, other] = [atOf(tokens, random), atOf(tokens, random)]
    const kept = tokens[one]!
    tokens[one] = tokens[other]!
    tokens[other] = kept
  },
  (tokens, random) => tokens.splice(atOf(tokens, random), 0, random.pick(PIECES)),
  (tokens, random) => {
    const at = atOf(tokens, random)
    const token = tokens[at]!
    const value = random.pick(VALUES)
    tokens[at] = token.startsWith('<')
      ? token.replace(/="[^"]*"/g, (attribute) => (random.chance(0.5) ? `="${value}"` : attribute))
      : value
  },
  (tokens, random) => {
    const at = atOf(tokens, random)
    tokens[at] = tokens[at]!.replace(/^<(\/?)(\w+)/, (_, slash: string, name: string) =>
      random.chance(0.5) ? `<${slash}${name.toUpperCase()}` : `<${slash}p:${name}`,
    )
  },
  (tokens, random) => {
    const at = atOf(tokens, random)
    tokens[at] = tokens[at]!.replace(
      /^<(\w+)/,
      (tag) => `${tag} ${random.pick(['t', 'r', 's', 'hidden'])}="${random.pick(VALUES)}"`,
    )
  },
  (tokens, random) => {
    const at = atOf(tokens, random)
    if (!tokens[at]!.startsWith('<')) tokens[at] = tokens[at]!.repeat(1 + random.below(2_000))
  },
]

/** XML with a few of its tags, texts and attributes changed, lost, doubled or swapped. */
export function mutateXml(xml: string, random: Seeded): string {
  const tokens = xml.split(/(<[^>]*>)/).filter((token) => token !== '')
  random.times(5, () => {
    if (tokens.length > 0) random.pick(changes)(tokens, random)
  })
  return tokens.join('')
}

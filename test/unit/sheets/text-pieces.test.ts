import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Big5Count, DamagedUtf8Count } from '@engine/sheets/encoding-hints'
import { PieceDecoder } from '@engine/sheets/text-pieces'
import type { TextEncoding } from '@shared/contract/views/import-views'
import { encoded } from '@test/integration/acceptance/bad-files'

const cut = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  )

/** What comes of a text in pieces; null where it is not of the encoding. */
function decoded(pieces: readonly Buffer[], encoding: TextEncoding) {
  const decoder = new PieceDecoder(encoding)
  const parts = []
  for (const piece of pieces) {
    const part = decoder.take(piece)
    if (part === null) return null
    parts.push(part)
  }
  const last = decoder.end()
  if (last === null) return null
  parts.push(last)
  return { text: parts.map(({ text }) => text).join(''), hasMapped: parts.some(({ hasMapped }) => hasMapped) }
}

const encodings: readonly (readonly [TextEncoding, (text: string) => Buffer])[] = [
  ['utf-8', (text) => Buffer.from(text)],
  ['utf-8-bom', (text) => Buffer.from(`\ufeff${text}`)],
  ['utf-16le', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['utf-16be', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
]
const words = fc.array(fc.constantFrom('a', '甲', '\u{20087}', '\r\n', '\r', '\n', ',', '"', '\ue81e'))
const sizes = fc.integer({ min: 1, max: 7 })

describe('a text that is decoded in pieces', () => {
  it.each(encodings)(
    'C1 C10 %s: wherever it is cut, the text is the same, line ends made one',
    (name, encode) => {
      fc.assert(
        fc.property(words, sizes, (parts, size) => {
          const text = parts.join('')
          expect(decoded(cut(encode(text), size), name)).toEqual({
            text: text.replace(/\r\n?/g, '\n').replaceAll('\ue81e', '\u9fb4'),
            hasMapped: text.includes('\ue81e'),
          })
        }),
      )
    },
  )

  it('C2 C9 bytes of GB 18030, or of nothing, are the same text or none', () => {
    const bytes = fc.array(
      fc.constantFrom('61', 'd0d5', '81308130', '95328236', 'fe59', '0d0a', '0d', '81', 'ff'),
    )
    fc.assert(
      fc.property(bytes, sizes, (parts, size) => {
        const whole = Buffer.from(parts.join(''), 'hex')
        expect(decoded(cut(whole, size), 'gb18030')).toEqual(decoded([whole], 'gb18030'))
      }),
    )
    expect(decoded([encoded('姓名', 'gb18030')], 'gb18030')?.text).toBe('姓名')
    expect(decoded([Buffer.from('d0d581', 'hex')], 'gb18030')).toBeNull()
  })

  it('C9 what bytes are that are not UTF-8 does not hang on where they are cut', () => {
    const bytes = fc.array(
      fc.constantFrom('61', 'e794b2', 'e794', 'a4bda571', 'b2ce40', '81308130', 'd0d5', 'ff'),
    )
    fc.assert(
      fc.property(bytes, sizes, (parts, size) => {
        const whole = Buffer.from(parts.join(''), 'hex')
        for (const Count of [DamagedUtf8Count, Big5Count]) {
          const [once, often] = [new Count(), new Count()]
          once.take(whole)
          for (const piece of cut(whole, size)) often.take(piece)
          expect(often.verdict()).toBe(once.verdict())
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

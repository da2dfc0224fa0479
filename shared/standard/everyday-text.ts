/**
 * Everyday Chinese text as ranges of UTF-16 units: ASCII with line feeds, common punctuation, CJK ideographs,
 * full-width signs. Full-width letters and digits and the ideographic space are left out on purpose.
 */
const EVERYDAY_RANGES: readonly (readonly [number, number])[] = [
  [0x0a, 0x0a],
  [0x20, 0x7e],
  [0xb7, 0xb7],
  [0xd7, 0xd7],
  [0x2010, 0x2027],
  [0x2030, 0x2030],
  [0x2103, 0x2103],
  [0x2160, 0x2169],
  [0x2460, 0x2473],
  [0x3001, 0x3011],
  [0x3014, 0x301f],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xff01, 0xff0f],
  [0xff1a, 0xff20],
  [0xff3b, 0xff40],
  [0xff5b, 0xff65],
  [0xffe5, 0xffe5],
]

const EVERYDAY = new Uint8Array(0x1_0000)
for (const [from, to] of EVERYDAY_RANGES) EVERYDAY.fill(1, from, to + 1)

/** Whether a text holds nothing but everyday characters, so that no rule about odd ones needs to look at it. */
export function isEverydayText(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (EVERYDAY[text.charCodeAt(i)] === 0) return false
  return true
}

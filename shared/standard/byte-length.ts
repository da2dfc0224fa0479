/** How many bytes a text takes where a platform counts bytes. */
export const byteEncodings = ['gbk', 'utf-8'] as const

export type ByteEncoding = (typeof byteEncodings)[number]

/**
 * Bytes of a text. GBK has one for ASCII and two for every other character that it knows; the rare ones beyond the
 * basic plane, which it does not know, are counted four as in GB 18030.
 */
export function byteLength(text: string, encoding: ByteEncoding): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) bytes += 1
    else if (code > 0xffff) bytes += 4
    else bytes += encoding === 'gbk' || code < 0x800 ? 2 : 3
  }
  return bytes
}

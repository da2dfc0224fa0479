/**
 * Which encoding a text file has: a byte order mark, else strict UTF-8, else GB 18030. Nothing is guessed from
 * frequencies; guessing called a GBK name Big5.
 */
import { isUtf8 } from 'node:buffer'
import type { TextEncoding } from '@shared/contract/views/import-views'
import { refuseEncoding } from './file-refusals'
import { mapPrivateUse } from './gb18030-2022'

/** A text file as text. */
export interface DecodedText {
  readonly text: string
  readonly encoding: TextEncoding
  /** Characters of the old private use area were moved to their present code points. */
  readonly hasMapped: boolean
}

/**
 * Decodes a whole file. Refuses `input.unknown-encoding`; `hint` is `big5` when the bytes make sense as Big5 and
 * hardly any as Chinese in GB 18030, `utf-8` when they are UTF-8 with damage, else `none`.
 */
export function decodeText(file: string, bytes: Buffer): DecodedText {
  const { text, encoding } = decodeMarked(file, bytes) ?? decodeUnmarked(file, bytes)
  const mapped = mapPrivateUse(text)
  return { text: mapped, encoding, hasMapped: mapped !== text }
}

type Decoded = Pick<DecodedText, 'text' | 'encoding'>

function decodeMarked(file: string, bytes: Buffer): Decoded | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { text: strict(file, 'utf-8', bytes), encoding: 'utf-8-bom' }
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: strict(file, 'utf-16le', bytes), encoding: 'utf-16le' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: strict(file, 'utf-16be', bytes), encoding: 'utf-16be' }
  return null
}

function decodeUnmarked(file: string, bytes: Buffer): Decoded {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), encoding: 'utf-8' }
  if (isDamagedUtf8(bytes)) refuseEncoding(file, 'utf-8')
  if (looksLikeBig5(bytes)) refuseEncoding(file, 'big5')
  return { text: strict(file, 'gb18030', bytes), encoding: 'gb18030' }
}

function strict(file: string, encoding: string, bytes: Buffer): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return refuseEncoding(file, 'none')
  }
}

/**
 * One damaged byte makes a file no UTF-8; read as GB 18030 it would be another text from end to end. Chinese in UTF-8
 * is all sequences of three bytes, which GB 18030 makes up by chance once in sixty characters.
 */
function isDamagedUtf8(bytes: Buffer): boolean {
  const isContinuation = (at: number): boolean => (bytes[at] ?? 0) >> 6 === 0b10
  let high = 0
  let inTriples = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue
    if (bytes[i]! >> 4 === 0b1110 && isContinuation(i + 1) && isContinuation(i + 2)) {
      inTriples += 3
      high += 3
      i += 2
    } else high++
  }
  return inTriples * 3 >= high * 2
}

/**
 * Chinese text in GB 18030 lies almost wholly in the rows of GB 2312 (both bytes from A1), its first bytes spread up
 * to F7. In Big5 four characters in ten have a second byte below A1 and nearly all first bytes end at C6. A file that
 * looks like it is only refused, never read as Big5.
 */
function looksLikeBig5(bytes: Buffer): boolean {
  let pairs = 0
  let outsideGb2312 = 0
  let commonInBig5 = 0
  for (let i = 0; i + 1 < bytes.length; i++) {
    const lead = bytes[i]!
    if (lead < 0x80) continue
    const trail = bytes[++i]!
    if (trail >= 0x30 && trail <= 0x39) {
      i += 2
      continue
    }
    pairs++
    if (trail < 0xa1 || (lead >= 0xa4 && lead < 0xb0) || lead > 0xf7) outsideGb2312++
    if (lead >= 0xa1 && lead <= 0xc6) commonInBig5++
  }
  return outsideGb2312 > 2 && outsideGb2312 * 4 >= pairs && commonInBig5 * 5 >= pairs * 4
}

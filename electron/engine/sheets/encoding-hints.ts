/** What a text is that is not UTF-8, from counts over all its bytes. */

/** A count that goes through the bytes of a file in order, however they are cut. */
abstract class ByteCount {
  private rest: Uint8Array = new Uint8Array()

  take(piece: Buffer): void {
    const bytes = Buffer.concat([this.rest, piece])
    this.rest = bytes.subarray(this.count(bytes, bytes.length - LONGEST_CHARACTER))
  }

  /** After the last piece. */
  protected finish(): void {
    this.rest = this.rest.subarray(this.count(this.rest, this.rest.length))
  }

  /** Counts the characters that begin before `end`, each of which may look at what follows; gives where the next begins. */
  protected abstract count(bytes: Uint8Array, end: number): number
}

/** Bytes, in any encoding we know. */
const LONGEST_CHARACTER = 4

/**
 * One damaged byte makes a file no UTF-8; read as GB 18030 it would be another text from end to end. Chinese in UTF-8
 * is all sequences of three bytes, which GB 18030 makes up by chance once in sixty characters.
 */
export class DamagedUtf8Count extends ByteCount {
  private high = 0
  private inTriples = 0

  verdict(): boolean {
    this.finish()
    return this.inTriples * 3 >= this.high * 2
  }

  protected count(bytes: Uint8Array, end: number): number {
    const isContinuation = (at: number): boolean => (bytes[at] ?? 0) >> 6 === 0b10
    let at = 0
    for (; at < end; at++) {
      if (bytes[at]! < 0x80) continue
      if (bytes[at]! >> 4 === 0b1110 && isContinuation(at + 1) && isContinuation(at + 2)) {
        this.inTriples += 3
        this.high += 3
        at += 2
      } else this.high++
    }
    return at
  }
}

/**
 * Chinese text in GB 18030 lies almost wholly in the rows of GB 2312 (both bytes from A1), its first bytes spread up
 * to F7. In Big5 four characters in ten have a second byte below A1 and nearly all first bytes end at C6. A file that
 * looks like it is only refused, never read as Big5.
 */
export class Big5Count extends ByteCount {
  private pairs = 0
  private outsideGb2312 = 0
  private commonInBig5 = 0

  verdict(): boolean {
    this.finish()
    const { pairs, outsideGb2312, commonInBig5 } = this
    return outsideGb2312 > 2 && outsideGb2312 * 4 >= pairs && commonInBig5 * 5 >= pairs * 4
  }

  protected count(bytes: Uint8Array, end: number): number {
    let at = 0
    for (; at < end && at + 1 < bytes.length; at++) {
      const lead = bytes[at]!
      if (lead < 0x80) continue
      const trail = bytes[++at]!
      if (trail >= 0x30 && trail <= 0x39) {
        at += 2
        continue
      }
      this.pairs++
      if (trail < 0xa1 || (lead >= 0xa4 && lead < 0xb0) || lead > 0xf7) this.outsideGb2312++
      if (lead >= 0xa1 && lead <= 0xc6) this.commonInBig5++
    }
    return at
  }
}

/** Sets of characters that can be told apart in one look. */
const MOST_SETS = 31
const PAGE = 256

/** Tells in one pass over a text of which sets of UTF-16 units it holds a member. */
export class CharacterMarks {
  private readonly bitOfSet = new Map<string, number>()
  /** Bits by unit, in pages, because sets lie in a few scripts. */
  private readonly pages: (Int32Array | undefined)[] = new Array<Int32Array | undefined>(PAGE).fill(undefined)

  /** The bit that stands for a set; 0 when there are too many sets, which then tells nothing. */
  bitOf(units: string): number {
    const known = this.bitOfSet.get(units)
    if (known !== undefined) return known
    if (this.bitOfSet.size === MOST_SETS) return 0
    const bit = 1 << this.bitOfSet.size
    this.bitOfSet.set(units, bit)
    for (let i = 0; i < units.length; i++) {
      const unit = units.charCodeAt(i)
      const page = (this.pages[unit >> 8] ??= new Int32Array(PAGE))
      page[unit & 255]! |= bit
    }
    return bit
  }

  /** The bits of all sets of which the text holds a member. */
  of(text: string): number {
    let bits = 0
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      const page = this.pages[unit >> 8]
      if (page !== undefined) bits |= page[unit & 255]!
    }
    return bits
  }
}

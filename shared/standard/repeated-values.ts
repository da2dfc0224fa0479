/** Results remembered, at most. */
const REMEMBERED = 256
/** Longer texts seldom repeat, and looking them up costs more. */
const LONGEST = 64
/** Lookups that are left out after a column has shown that its values do not repeat. */
const PAUSE = 4_096

/**
 * Results of a pure function of a text, as columns repeat a few values: dates, classes, authorities. Holds a bounded
 * number of them, and rests where hardly any value comes back.
 */
export class RepeatedValues<T> {
  private readonly known = new Map<string, T>()
  private hits = 0
  private pause = 0

  constructor(private readonly make: (text: string) => T) {}

  /** The same as `make(text)`, which must give one shareable result for one text. */
  of(text: string): T {
    if (text.length > LONGEST) return this.make(text)
    if (this.pause > 0) {
      this.pause--
      return this.make(text)
    }
    const found = this.known.get(text)
    if (found !== undefined) {
      this.hits++
      return found
    }
    const made = this.make(text)
    if (this.known.size >= REMEMBERED) this.startAnew()
    this.known.set(text, made)
    return made
  }

  private startAnew(): void {
    if (this.hits < REMEMBERED) this.pause = PAUSE
    this.known.clear()
    this.hits = 0
  }
}

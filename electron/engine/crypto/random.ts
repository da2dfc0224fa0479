import { getRandomValues, randomBytes } from 'node:crypto'

/** Lower-case hex of that many bytes from the system's random source. A request nonce is `randomHex(16)`. */
export function randomHex(byteCount: number): string {
  return randomBytes(byteCount).toString('hex')
}

/** Numbers drawn from the system at once: a call for each would cost more than what is made of it. */
const DRAWN_AT_ONCE = 1_024

/** A source of random numbers of 32 bits from the system's random source. */
export function randomNumbers(): () => number {
  const numbers = new Uint32Array(DRAWN_AT_ONCE)
  let used = numbers.length
  return () => {
    if (used === numbers.length) {
      getRandomValues(numbers)
      used = 0
    }
    return numbers[used++]!
  }
}

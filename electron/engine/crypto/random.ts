import { randomBytes } from 'node:crypto'

/** Lower-case hex of that many bytes from the system's random source. A request nonce is `randomHex(16)`. */
export function randomHex(byteCount: number): string {
  return randomBytes(byteCount).toString('hex')
}

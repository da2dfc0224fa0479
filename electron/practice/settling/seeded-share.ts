import { sha256Hex } from '@engine/crypto/digest'

/**
 * A number in [0, 1) that follows from the seed, a purpose and a content hash, and from nothing else: the same record
 * meets the same luck in every run, whatever the order of arrival.
 */
export function seededShare(seed: number, purpose: string, contentSha256: string): number {
  return Number.parseInt(sha256Hex(`${seed}:${purpose}:${contentSha256}`).slice(0, 12), 16) / 0x1000000000000
}

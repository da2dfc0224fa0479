import { gzipSync } from 'node:zlib'
import { sha256Hex } from '@engine/crypto/digest'
import type { BatchPartEntity } from '@engine/repos/batch-rows'
import type { PlatformLimits } from '@shared/domain/exchange'

/** What protocol section 2 shows; used until a platform has told its own. */
export const defaultLimits: PlatformLimits = {
  maxPartBytes: 1_048_576,
  maxPartItems: 500,
  maxBatchItems: 100_000,
  minPollSeconds: 1,
}

const within = (value: number, least: number, most: number): number =>
  Number.isFinite(value) ? Math.min(most, Math.max(least, Math.floor(value))) : least

/** A platform's limits within reason, so that a wild number neither stops sealing nor exhausts this machine. */
export function saneLimits(limits: PlatformLimits | null): PlatformLimits {
  const told = limits ?? defaultLimits
  return {
    maxPartBytes: within(told.maxPartBytes, 16_384, 8 * 1_048_576),
    maxPartItems: within(told.maxPartItems, 1, 5_000),
    maxBatchItems: within(told.maxBatchItems, 1, 100_000),
    minPollSeconds: within(told.minPollSeconds, 1, 60),
  }
}

/** Level 1: parts are kept for good and sent once; time counts more than the last percent of size. */
const pack = (lines: readonly string[]): Buffer => gzipSync(lines.join(''), { level: 1 })

/** Whether an item fits into a part by itself. `line` is its NDJSON line with the line feed. */
export function fitsAlone(line: string, limits: PlatformLimits): boolean {
  return Buffer.byteLength(line) <= limits.maxPartBytes || pack([line]).length <= limits.maxPartBytes
}

/**
 * Cuts NDJSON lines, in order, into gzip parts within the limits; each line must fit alone. A part that comes out too
 * large is halved.
 */
export function cutParts(lines: readonly string[], limits: PlatformLimits): readonly BatchPartEntity[] {
  const parts: BatchPartEntity[] = []
  const add = (chunk: readonly string[]): void => {
    const bytes = pack(chunk)
    if (bytes.length > limits.maxPartBytes && chunk.length > 1) {
      const middle = Math.ceil(chunk.length / 2)
      add(chunk.slice(0, middle))
      add(chunk.slice(middle))
    } else {
      parts.push({ no: parts.length + 1, items: chunk.length, bytes, sha256: sha256Hex(bytes) })
    }
  }
  for (let at = 0; at < lines.length; at += limits.maxPartItems)
    add(lines.slice(at, at + limits.maxPartItems))
  return parts
}

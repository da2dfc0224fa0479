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
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (line.length * 3 <= limits.maxPartBytes) return true
  return Buffer.byteLength(line) <= limits.maxPartBytes || pack([line]).length <= limits.maxPartBytes
}

/** Cuts NDJSON lines, in order, into gzip parts within the limits. */
export interface PartCutter {
  /** Takes the next line, with its line feed; it must fit alone. */
  add(line: string): void
  /** Closes the last part; all parts in order. */
  finish(): readonly BatchPartEntity[]
}

/** Makes a cutter, which holds no more lines than one part has. A part that comes out too large is halved. */
export function createPartCutter(limits: PlatformLimits): PartCutter {
  const parts: BatchPartEntity[] = []
  let held: string[] = []
  const close = (lines: readonly string[]): void => {
    const bytes = pack(lines)
    if (bytes.length > limits.maxPartBytes && lines.length > 1) {
      const middle = Math.ceil(lines.length / 2)
      close(lines.slice(0, middle))
      close(lines.slice(middle))
    } else {
      parts.push({ no: parts.length + 1, items: lines.length, bytes, sha256: sha256Hex(bytes) })
    }
  }
  return {
    add(line) {
      held.push(line)
      if (held.length < limits.maxPartItems) return
      close(held)
      held = []
    },
    finish() {
      if (held.length > 0) close(held)
      held = []
      return parts
    },
  }
}

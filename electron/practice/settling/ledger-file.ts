import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { Effect } from '@practice/store/register-repo'

/**
 * The append-only ledger: one line of JSON per business effect, in the order of `seq`. The database commits effects
 * first and the ledger follows, flushed to the disk before a batch counts as done; so after a crash the ledger is
 * behind at most, never ahead, and catching up by number neither loses nor doubles a line.
 */
export interface LedgerFile {
  /** Number of the last line; 0 when there is none. */
  readonly lastSeq: number
  /** Appends effects that follow `lastSeq` and returns when they are on the disk. */
  append(effects: readonly Effect[]): void
  close(): void
}

const CHUNK = 65_536
const LINE_FEED = 0x0a

/** Opens or makes a ledger file; a torn last line, left by a crash, is cut off. */
export function openLedgerFile(path: string): LedgerFile {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'a+')
  cutTornLine(file)
  let lastSeq = readLastSeq(file)
  return {
    get lastSeq() {
      return lastSeq
    },
    append(effects) {
      if (effects.length === 0) return
      let expected = lastSeq
      for (const { seq } of effects) {
        if (seq <= expected) throw new Error(`ledger line ${seq} would follow line ${expected}`)
        expected = seq
      }
      writeFully(file, Buffer.from(effects.map((effect) => `${JSON.stringify(effect)}\n`).join(''), 'utf8'))
      fsyncSync(file)
      lastSeq = expected
    },
    close: () => closeSync(file),
  }
}

function writeFully(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
}

function cutTornLine(file: number): void {
  const end = lastLineFeed(file, fstatSync(file).size) + 1
  if (end < fstatSync(file).size) ftruncateSync(file, end)
}

function readLastSeq(file: number): number {
  const size = fstatSync(file).size
  if (size === 0) return 0
  const start = lastLineFeed(file, size - 1) + 1
  const line = Buffer.alloc(size - 1 - start)
  readSync(file, line, 0, line.length, start)
  const seq = (JSON.parse(line.toString('utf8')) as { seq?: unknown }).seq
  if (typeof seq !== 'number') throw new Error('the ledger file is not a ledger')
  return seq
}

/** Position of the last line feed before a position, or -1. */
function lastLineFeed(file: number, before: number): number {
  const chunk = Buffer.alloc(CHUNK)
  for (let end = before; end > 0;) {
    const start = Math.max(0, end - CHUNK)
    const length = readSync(file, chunk, 0, end - start, start)
    const found = chunk.subarray(0, length).lastIndexOf(LINE_FEED)
    if (found >= 0) return start + found
    end = start
  }
  return -1
}

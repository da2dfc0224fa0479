/**
 * The head mark: how far the audit trail of a store had come, kept outside the store. A store that is found behind its
 * mark, or on another way, is an older copy.
 *
 * Two slots of one sector each are written in turn, so a write that is cut off spoils the older of the two and never the
 * newest. No file is replaced: nothing can hold on to it, and a full disk does not stop it.
 */
import { closeSync, fdatasyncSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { refuse } from '@shared/kernel/failure'
import { keyedSha256 } from '@engine/crypto/digest'

/** Number and hash of an audit row. The hash covers every row before it, and so tells one store from another. */
export interface AuditHead {
  readonly seq: number
  readonly hash: string
}

export interface HeadMark {
  /** The newest mark; null when there is none that this key has written. */
  read(): AuditHead | null
  /** The mark is on the disk when this returns. Refuses `storage.*`. */
  write(head: AuditHead): void
  close(): void
}

/** Name of the mark inside a data folder. */
export const MARK_FILE = 'store.head'

const SLOT_BYTES = 512
const SLOTS = [0, 1] as const
const slotSchema = v.strictObject({
  /** Rises by one with every mark; the slot with the higher number is the newer one. */
  turn: v.pipe(v.number(), v.safeInteger()),
  seq: v.pipe(v.number(), v.safeInteger()),
  hash: v.string(),
})
type Slot = v.InferOutput<typeof slotSchema>

function openFile(file: string): number {
  try {
    return openSync(file, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const made = openSync(file, 'wx+', 0o600)
    writeSync(made, Buffer.alloc(SLOT_BYTES * SLOTS.length, ' '))
    fsyncSync(made)
    flushFolder(dirname(file))
    return made
  }
}

/** The name of a new file is on the disk only when its folder is. Windows has no such thing and does not need it. */
export function flushFolder(folder: string): void {
  let handle: number
  try {
    handle = openSync(folder, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(handle)
  } catch {
    return
  } finally {
    closeSync(handle)
  }
}

/** Opens the mark of a data folder and makes an empty one when there is none. `key`: that of the store, 64 hex digits. */
export function openHeadMark(dataDir: string, key: string): HeadMark {
  const inStorage = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === undefined) throw error
      refuse(code === 'ENOSPC' || code === 'EDQUOT' ? 'storage.full' : 'storage.io')
    }
  }
  const handle = inStorage(() => openFile(join(dataDir, MARK_FILE)))

  const slot = (index: number): Slot | null => {
    const bytes = Buffer.alloc(SLOT_BYTES)
    readSync(handle, bytes, 0, SLOT_BYTES, index * SLOT_BYTES)
    const [text = '', proof = ''] = bytes.toString('latin1').split('\n')
    if (proof !== keyedSha256(key, text)) return null
    return v.parse(slotSchema, JSON.parse(text))
  }

  const newest = (): Slot | null =>
    SLOTS.map(slot)
      .filter((one) => one !== null)
      .sort((left, right) => right.turn - left.turn)[0] ?? null

  let turn = inStorage(newest)?.turn ?? 0

  return {
    read() {
      const found = inStorage(newest)
      return found === null ? null : { seq: found.seq, hash: found.hash }
    },
    write({ seq, hash }) {
      turn++
      const text = JSON.stringify({ turn, seq, hash } satisfies Slot)
      const bytes = Buffer.alloc(SLOT_BYTES, ' ')
      bytes.write(`${text}\n${keyedSha256(key, text)}\n`, 'latin1')
      inStorage(() => {
        writeSync(handle, bytes, 0, SLOT_BYTES, (turn % SLOTS.length) * SLOT_BYTES)
        fdatasyncSync(handle)
      })
    },
    close: () => closeSync(handle),
  }
}

/** Takes the mark of a folder away whose store is about to be another one. */
export const removeHeadMark = (dataDir: string): void => rmSync(join(dataDir, MARK_FILE), { force: true })

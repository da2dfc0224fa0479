/**
 * Reads a file once, whole, so that what is hashed is what is parsed: nobody can swap it in between, no handle
 * stays open, and a file that another program writes meanwhile is refused.
 */
import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import { refuseForeign } from './file-refusals'
import type { SheetLimits } from './sheet-limits'

/** The content of a file at one moment. */
export interface FileSnapshot {
  /** What the user calls the file. */
  readonly file: string
  readonly bytes: Buffer
  /** Lower-case hex. */
  readonly sha256: string
}

const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'EIO', 'ELOOP', 'ENAMETOOLONG'])
const LOCKED = new Set(['EACCES', 'EPERM', 'EBUSY', 'ETXTBSY', 'EAGAIN'])

/**
 * Reads a file of at most `limits.fileBytes`; `file` is what the user calls it.
 * Refuses `input.missing-file`, `input.file-locked`, `input.file-too-large`, `input.file-changed` and, for folders,
 * devices and empty files, `input.not-a-workbook`.
 */
export async function readSnapshot(
  path: string,
  limits: Pick<SheetLimits, 'fileBytes'>,
  file = basename(path),
): Promise<FileSnapshot> {
  try {
    // Before opening: opening a named pipe would wait for ever.
    const named = await stat(path)
    if (named.isDirectory()) refuseForeign(file, 'folder')
    if (!named.isFile()) refuseForeign(file, 'device')
    const handle = await open(path, 'r')
    try {
      const bytes = await readStable(handle, file, limits)
      const after = await stat(path)
      if (after.ino !== named.ino || after.size !== bytes.length) refuse('input.file-changed', { file })
      if (bytes.length === 0) refuseForeign(file, 'empty')
      return { file, bytes, sha256: await sha256Hex(bytes) }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return refuseUnreadable(error, file)
  }
}

/** Refuses `input.missing-file` or `input.file-locked` for what the system says of a file; throws all else again. */
export function refuseUnreadable(error: unknown, file: string): never {
  const code = (error as NodeJS.ErrnoException).code
  if (code !== undefined && MISSING.has(code)) refuse('input.missing-file', { file })
  if (code !== undefined && LOCKED.has(code)) refuse('input.file-locked', { file })
  throw error
}

/** The whole content of an open file. Refuses `input.file-too-large`, and `input.file-changed` when it changes meanwhile. */
export async function readStable(
  handle: FileHandle,
  file: string,
  limits: Pick<SheetLimits, 'fileBytes'>,
): Promise<Buffer> {
  const before = await handle.stat()
  if (before.size > limits.fileBytes) {
    refuse('input.file-too-large', { file, limitMb: Math.floor(limits.fileBytes / 1024 / 1024) })
  }
  const bytes = Buffer.allocUnsafe(before.size)
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled)
    if (bytesRead === 0) refuse('input.file-changed', { file })
    filled += bytesRead
  }
  const after = await handle.stat()
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) refuse('input.file-changed', { file })
  return bytes
}

async function sha256Hex(bytes: Buffer): Promise<string> {
  const view = new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length)
  return Buffer.from(await crypto.subtle.digest('SHA-256', view)).toString('hex')
}

/**
 * Reads a file once, whole, so that what is hashed is what is parsed: nobody can swap it in between, no handle
 * stays open, and a file that another program writes meanwhile is refused.
 */
import type { Stats } from 'node:fs'
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
    const named = await statFile(path, file)
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

/**
 * What the system says of a file; refuses `input.not-a-workbook` for folders and devices. To be asked before opening:
 * opening a named pipe would wait for ever.
 */
export async function statFile(path: string, file: string): Promise<Stats> {
  const named = await stat(path)
  if (named.isDirectory()) refuseForeign(file, 'folder')
  if (!named.isFile()) refuseForeign(file, 'device')
  return named
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
  refuseTooLarge(before.size, file, limits)
  const bytes = Buffer.allocUnsafe(before.size)
  await fillFrom(handle, bytes, 0, file)
  const after = await handle.stat()
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) refuse('input.file-changed', { file })
  return bytes
}

/** Refuses `input.file-too-large` for more bytes than the limit. */
export function refuseTooLarge(size: number, file: string, limits: Pick<SheetLimits, 'fileBytes'>): void {
  if (size > limits.fileBytes)
    refuse('input.file-too-large', { file, limitMb: Math.floor(limits.fileBytes / 1024 / 1024) })
}

/** Fills a buffer with what stands at a position; refuses `input.file-changed` when the file ends before. */
export async function fillFrom(
  handle: FileHandle,
  bytes: Buffer,
  position: number,
  file: string,
): Promise<void> {
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, position + filled)
    if (bytesRead === 0) refuse('input.file-changed', { file })
    filled += bytesRead
  }
}

async function sha256Hex(bytes: Buffer): Promise<string> {
  const view = new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length)
  return Buffer.from(await crypto.subtle.digest('SHA-256', view)).toString('hex')
}

/**
 * Reads a file from its beginning to its end in pieces, so that it is never held whole. All that a pass reads is hashed:
 * a pass that has seen another file than the one before it ends in a refusal.
 */
import { open, stat } from 'node:fs/promises'
import { runningSha256 } from '@engine/crypto/digest'
import { refuse } from '@shared/kernel/failure'
import { refuseForeign } from './file-refusals'
import { fillFrom, refuseTooLarge, refuseUnreadable, statFile } from './file-snapshot'
import type { SheetLimits } from './sheet-limits'

const PIECE_BYTES = 1024 * 1024

/** A file to be read in passes. */
export interface FilePlace {
  readonly path: string
  /** What the user calls it. */
  readonly file: string
  readonly limits: Pick<SheetLimits, 'fileBytes'>
}

/** What a pass has read. */
export interface FileDigest {
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

/**
 * One pass, with the digest of all of it at the end; a piece is good only until the next is asked for. Refuses what
 * `readSnapshot` refuses, and `input.file-changed` when the digest is not the expected one.
 */
export async function* filePieces(
  { path, file, limits }: FilePlace,
  expectedSha256?: string,
): AsyncGenerator<Buffer, FileDigest> {
  try {
    const named = await statFile(path, file)
    const handle = await open(path, 'r')
    try {
      const before = await handle.stat()
      refuseTooLarge(before.size, file, limits)
      if (before.size === 0) refuseForeign(file, 'empty')
      const hash = runningSha256()
      const buffer = Buffer.allocUnsafe(Math.min(before.size, PIECE_BYTES))
      for (let at = 0; at < before.size; at += buffer.length) {
        const piece = buffer.subarray(0, before.size - at)
        await fillFrom(handle, piece, at, file)
        hash.update(piece)
        yield piece
      }
      const [after, namedAfter] = [await handle.stat(), await stat(path)]
      const sha256 = hash.hex()
      const isSame =
        after.size === before.size &&
        after.mtimeMs === before.mtimeMs &&
        namedAfter.ino === named.ino &&
        namedAfter.size === before.size &&
        sha256 === (expectedSha256 ?? sha256)
      if (!isSame) refuse('input.file-changed', { file })
      return { bytes: before.size, sha256 }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return refuseUnreadable(error, file)
  }
}

/** Reads a file through for its digest alone; refuses like `filePieces`. */
export async function digestOf(place: FilePlace, expectedSha256?: string): Promise<FileDigest> {
  const pieces = filePieces(place, expectedSha256)
  for (;;) {
    const step = await pieces.next()
    if (step.done === true) return step.value
  }
}

/** The first bytes of a file, at most one piece; refuses like `filePieces`. */
export async function firstPiece(place: FilePlace): Promise<Buffer> {
  for await (const piece of filePieces(place)) return piece
  throw new Error('a file with content has a first piece')
}

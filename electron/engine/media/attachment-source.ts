/** Reads a file that is to become a supporting document: itself, never what a link points to. */
import { constants } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { refuse } from '@shared/kernel/failure'
import { attachmentContentTexts } from '@shared/texts/zh-CN/attachments'
import { readStable, refuseUnreadable } from '@engine/sheets/file-snapshot'

/** Windows knows neither; there the comparison below is what holds. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0

/**
 * The bytes of a file of at most `fileMb`; `file` is what the user calls it. Refuses `attachment.link` for symbolic links
 * and junctions, `attachment.too-large`, `attachment.content-refused` for what is no file or empty, and
 * `input.missing-file`, `input.file-locked`, `input.file-changed`.
 */
export async function readAttachment(path: string, file: string, fileMb: number): Promise<Buffer> {
  const refuseContent = (problem: 'not-a-file' | 'empty'): never =>
    refuse('attachment.content-refused', { file, detail: attachmentContentTexts[problem] })
  try {
    const named = await lstat(path)
    if (named.isSymbolicLink()) refuse('attachment.link', { file })
    // Before opening: opening a named pipe would wait for ever.
    if (!named.isFile()) refuseContent('not-a-file')
    if (named.size === 0) refuseContent('empty')
    if (named.size > fileMb * 1024 * 1024) refuse('attachment.too-large', { file, limitMb: fileMb })
    const handle = await open(path, constants.O_RDONLY | NO_FOLLOW)
    try {
      const opened = await handle.stat()
      if (opened.ino !== named.ino || opened.dev !== named.dev || opened.size !== named.size)
        refuse('input.file-changed', { file })
      return await readStable(handle, file, { fileBytes: named.size })
    } finally {
      await handle.close()
    }
  } catch (error) {
    return refuseUnreadable(error, file)
  }
}

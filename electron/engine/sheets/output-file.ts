/** Puts a finished file in its place: old or new, never half. */
import { access, constants, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { FailureError, refuse } from '@shared/kernel/failure'

/** Refuses `output.not-writable` before any work is done for a file that could not be put in its place. */
export async function requireWritable(target: string): Promise<void> {
  try {
    await access(dirname(target), constants.W_OK)
  } catch {
    refuse('output.not-writable', { file: basename(target) })
  }
}

/**
 * Lets `write` fill a file beside the target and then moves it there. Refuses `output.not-writable`; the target is
 * then as it was.
 */
export async function writeWhole(target: string, write: (path: string) => Promise<void>): Promise<void> {
  const partial = `${target}.part`
  try {
    await write(partial)
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {})
    if (error instanceof FailureError || (error as NodeJS.ErrnoException).code === undefined) throw error
    refuse('output.not-writable', { file: basename(target) })
  }
}

import { readFileSync, statSync } from 'node:fs'
import { refuse } from '@shared/kernel/failure'
import { MAX_PACKAGE_BYTES } from '@shared/standard/pack-package'

/**
 * Reads a package file that a person has chosen. Refuses `input.missing-file`, `input.file-locked`, and
 * `pack.unreadable` for what is larger than any package.
 */
export function readPackageFile(path: string, name: string): Uint8Array {
  const found = statSync(path, { throwIfNoEntry: false }) ?? refuse('input.missing-file', { file: name })
  // A device or a pipe has no end.
  if (!found.isFile()) refuse('pack.unreadable', { reason: 'not a file' })
  if (found.size > MAX_PACKAGE_BYTES) refuse('pack.unreadable', { reason: 'too large' })
  try {
    return readFileSync(path)
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    return refuse('input.file-locked', { file: name })
  }
}

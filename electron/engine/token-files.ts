import type { RegisteredFile } from '@shared/contract/engine-messages'
import { refuse } from '@shared/kernel/failure'
import type { Files } from '@engine/ports'

/** Files that the shell announces as the user chooses them. */
export interface TokenFiles extends Files {
  register(file: RegisteredFile): void
}

/** Makes an empty set of files; unknown tokens are refused as the port says. */
export function createTokenFiles(): TokenFiles {
  const sources = new Map<string, RegisteredFile>()
  const targets = new Map<string, RegisteredFile>()
  return {
    register(file) {
      const known = file.role === 'source' ? sources : targets
      known.set(file.token, file)
    },
    source: (token) => sources.get(token) ?? refuse('input.missing-file', { file: '' }),
    target: (token) => targets.get(token) ?? refuse('output.not-writable', { file: '' }),
  }
}

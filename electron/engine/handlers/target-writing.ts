import { FailureError, refuse } from '@shared/kernel/failure'
import type { Files } from '@engine/ports'

/** Lets `write` fill the target of a token; where that is refused the user reads the name that they gave. */
export async function writeTarget<T>(
  files: Files,
  token: string,
  write: (path: string) => Promise<T>,
): Promise<T> {
  const { path, name } = files.target(token)
  try {
    return await write(path)
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'output.not-writable') {
      refuse('output.not-writable', { file: name }, error.failure.retry)
    }
    throw error
  }
}

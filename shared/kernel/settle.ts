import { err, ok } from './result'
import type { Result } from './result'
import { failure, FailureError } from './failure'

/**
 * Runs work and turns its end into a `Result`: a thrown `FailureError` becomes its failure; anything else is a defect,
 * which goes to `onDefect` (a log) and comes out as `defect.unexpected` without a word of its message. Never rejects.
 */
export async function settle<T>(
  work: () => T | Promise<T>,
  onDefect: (error: unknown) => void,
): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof FailureError) return err(error.failure)
    onDefect(error)
    return err(failure('defect.unexpected', {}, { kind: 'never' }))
  }
}

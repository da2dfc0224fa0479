import type { Failure } from './failure'

/** An expected outcome that crosses process borders: a value, or the reason why the world refused. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** Wraps a value as a successful result. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

/** Wraps a failure as a refused result. */
export const err = (failure: Failure): Result<never> => ({ ok: false, failure })

/** What goes wrong with a database, in the classes of the exchange. */
import type { ItemError } from '@shared/domain/exchange'
import { failure } from '@shared/kernel/failure'
import { cut } from '@shared/kernel/text'
import type { Refusal } from '@engine/transports/transport-port'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const TLS_CODE = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/
/** Wrong password, no such user, not allowed. */
const AUTH_STATES = /^(28|42501)/
/** What the settings name is not there, or is made otherwise than such a table. */
const PLACE_STATES = /^(3D000|3F000|42)/
/** A value that a column cannot take: only its own row is refused. */
const VALUE_STATES = /^(22|23)/

/** The refusal behind an error while nothing can have been committed. */
export function refusalOf(error: unknown): Refusal {
  const code = codeOf(error)
  const detail = cut(code === '' ? 'database' : code, 60)
  if (TLS_CODE.test(code) || (error instanceof Error && /does not support SSL/.test(error.message)))
    return { kind: 'retryable', failure: failure('transport.tls', { detail }), retryAfterMs: null }
  if (AUTH_STATES.test(code)) return { kind: 'auth', failure: failure('platform.auth-refused', { detail }) }
  if (PLACE_STATES.test(code)) {
    return { kind: 'conflict', code, missingParts: [], failure: failure('platform.refused', { detail }) }
  }
  const isAnswer = /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P)/.test(code)
  const made = failure(isAnswer ? 'transport.busy' : 'transport.offline', { detail }, { kind: 'auto' })
  return { kind: 'retryable', failure: made, retryAfterMs: null }
}

/** Nobody can say whether the commit was done. */
export function lostCommit(error: unknown): Refusal {
  const made = failure('transport.offline', { detail: cut(codeOf(error) || 'commit', 60) }, { kind: 'auto' })
  return { kind: 'unknown', failure: made, retryAfterMs: null }
}

/** The refusal of one row's values by the database itself; null when the error is about something else. */
export function rowRefusal(error: unknown): ItemError | null {
  const code = codeOf(error)
  if (!VALUE_STATES.test(code)) return null
  const message = error instanceof Error ? cut(error.message, 500) : code
  // 22001: a text is longer than its column.
  return {
    code: code === '22001' ? '1006' : 'unexplained',
    field: null,
    value: null,
    message,
    severity: 'error',
  }
}

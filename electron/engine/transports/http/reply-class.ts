/** Sorts an answer into the classes of protocol section 6. Texts of a platform are never judged, only its codes. */
import * as v from 'valibot'
import { failure } from '@shared/kernel/failure'
import type { Failure, FailureCode } from '@shared/kernel/failure'
import type { Refusal, Reply } from '@engine/transports/transport-port'
import { parseJsonText } from './json-text'
import { errorSchema, missingPartsSchema } from './reply-schemas'
import { readRetryAfter } from './retry-after'
import type { WireAnswer } from './wire-exchange'

/** What the caller knows of its request. */
export interface RequestTraits {
  /** True when a lost answer leaves open whether the platform acted. */
  readonly hasEffect: boolean
  /** Instant of the attempt, to read a `Retry-After` date. */
  readonly now: string
}

/** The platform's own error, if the answer carries one in the agreed form. */
export interface PlatformError {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

type Answer = Extract<WireAnswer, { kind: 'answer' }>

const soon = (code: FailureCode, params: Failure['params'] = {}): Failure =>
  failure(code, params, { kind: 'auto' })

/** Reads a JSON body in one of the ways of `json-text`; undefined when it is none. */
export function jsonOf(answer: Answer, parse = parseJsonText): unknown {
  if (answer.text === null || !/^application\/(json|[\w.+-]+\+json)\b/i.test(answer.contentType))
    return undefined
  try {
    return parse(answer.text)
  } catch {
    return undefined
  }
}

/** The platform's error envelope, or null when somebody else has answered. */
export function platformErrorOf(answer: Answer): PlatformError | null {
  const parsed = v.safeParse(errorSchema, jsonOf(answer))
  return parsed.success
    ? { code: parsed.output.error.code, details: parsed.output.error.details ?? {} }
    : null
}

/** No answer at all: what that means for a request that may have had an effect. */
export function classifySilence(
  answer: Extract<WireAnswer, { kind: 'none' }>,
  traits: RequestTraits,
): Refusal {
  const codes: Record<typeof answer.cause, FailureCode> = {
    offline: 'transport.offline',
    timeout: 'transport.timeout',
    tls: 'transport.tls',
    broken: 'transport.offline',
    'too-large': 'transport.reply-too-large',
    cancelled: 'task.cancelled',
  }
  const kind = traits.hasEffect && answer.reached ? 'unknown' : 'retryable'
  const found = codes[answer.cause]
  const made =
    answer.cause === 'tls'
      ? failure(found, { detail: answer.detail })
      : soon(found, { detail: answer.detail })
  return { kind, failure: made, retryAfterMs: null }
}

/** Somebody between us and the platform has answered in its place. */
function fromElsewhere(code: FailureCode, answer: Answer, traits: RequestTraits): Refusal {
  const made = failure(code, { status: answer.status, detail: `HTTP ${answer.status}` })
  return { kind: traits.hasEffect ? 'unknown' : 'retryable', failure: made, retryAfterMs: null }
}

const CONFLICT_FAILURES: Readonly<Record<string, FailureCode>> = {
  manifest_conflict: 'platform.manifest-conflict',
  standard_refused: 'platform.standard-refused',
}

const AUTH_FAILURES: Readonly<Record<string, FailureCode>> = {
  clock_skew: 'platform.clock-skew',
  signature_invalid: 'platform.signature-refused',
}

/** Codes of 422 that say something about the batch as a whole, not about what an item holds. */
const ABOUT_THE_BATCH = new Set(['part_mismatch', 'parts_missing', 'standard_refused', 'manifest_conflict'])

function conflict(answer: Answer, error: PlatformError): Refusal {
  const code = CONFLICT_FAILURES[error.code] ?? 'platform.refused'
  const parts = v.safeParse(missingPartsSchema, error.details)
  return {
    kind: 'conflict',
    code: error.code,
    missingParts: parts.success ? parts.output.missingParts : [],
    failure: failure(code, { detail: `${answer.status} ${error.code}` }),
  }
}

function poison(answer: Answer, error: PlatformError | null): Refusal {
  const itemNo = error?.details['itemNo']
  const code = error?.code ?? 'none'
  return {
    kind: 'poison',
    code,
    itemNo: typeof itemNo === 'number' && Number.isSafeInteger(itemNo) ? itemNo : null,
    failure: failure('platform.refused', { detail: `${answer.status} ${code}` }),
  }
}

/** The refusal in an answer whose status is not one of success. */
export function classifyRefusal(answer: Answer, traits: RequestTraits): Refusal {
  const { status } = answer
  const error = platformErrorOf(answer)
  const detail = error === null ? `HTTP ${status}` : `${status} ${error.code}`
  const retryAfterMs = readRetryAfter(answer.retryAfter, traits.now)
  if (status >= 300 && status < 400) return fromElsewhere('transport.redirected', answer, traits)
  if (status === 407 || status === 511) return fromElsewhere('transport.captive-page', answer, traits)
  if (status === 408 || status === 425 || status === 429 || status === 503) {
    return { kind: 'retryable', failure: soon('transport.busy', { detail }), retryAfterMs }
  }
  if (status >= 500) {
    const kind = traits.hasEffect ? 'unknown' : 'retryable'
    return { kind, failure: soon('transport.busy', { detail }), retryAfterMs }
  }
  if (status === 401 || status === 403) {
    const code = AUTH_FAILURES[error?.code ?? ''] ?? 'platform.auth-refused'
    return { kind: 'auth', failure: failure(code, { detail }) }
  }
  if (error?.code === 'still_processing') {
    return { kind: 'retryable', failure: soon('platform.still-processing', { detail }), retryAfterMs }
  }
  if (status === 413 || status === 400 || error?.code === 'item_invalid') return poison(answer, error)
  if (error === null) return fromElsewhere('transport.captive-page', answer, traits)
  // Of what was refused for its content, the platform need not say which item it was.
  if (status === 422 && !ABOUT_THE_BATCH.has(error.code)) return poison(answer, error)
  if (status === 409 || status === 422) return conflict(answer, error)
  if (status === 404) return poison(answer, error)
  return { kind: 'protocol', failure: failure('transport.protocol', { detail }) }
}

/** Reads the JSON of a successful answer by its schema. */
export function readOk<Schema extends v.GenericSchema>(
  answer: Answer,
  schema: Schema,
  traits: RequestTraits,
): Reply<v.InferOutput<Schema>> {
  const json = jsonOf(answer)
  if (json === undefined || json === null || typeof json !== 'object') {
    return fromElsewhere('transport.captive-page', answer, traits)
  }
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return { kind: 'ok', value: parsed.output }
  const path = v.getDotPath(parsed.issues[0]) ?? ''
  return { kind: 'protocol', failure: failure('transport.protocol', { detail: path.slice(0, 80) || 'body' }) }
}

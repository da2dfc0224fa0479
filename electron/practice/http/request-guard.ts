import type { FastifyRequest } from 'fastify'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { Clock } from '@shared/kernel/clock'
import { contentSm3, requestHeaders, verifyRequest } from '@engine/crypto/request-signature'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { MAX_SKEW_SECONDS, NONCE_MEMORY_SECONDS } from '@practice/protocol-limits'
import type { Desk, DeskRepo } from '@practice/store/desk-repo'
import { ProtocolError } from './protocol-error'
import type { ProtocolErrorCode } from './protocol-error'

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
const NONCE = /^[0-9a-fA-F]{32}$/
const HEX_256 = /^[0-9a-fA-F]{64}$/

/** The body bytes of a request; empty when it has none. */
export const bodyBytes = (request: FastifyRequest): Uint8Array =>
  request.body instanceof Uint8Array ? request.body : new Uint8Array()

/** Admits a request of an enrolled desk, or throws a 401 that says which rule of protocol section 1 it breaks. */
export type RequestGuard = (request: FastifyRequest) => Desk

const refused = (
  code: ProtocolErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): ProtocolError => new ProtocolError(401, code, message, details)

/**
 * The order matters: a desk with a wrong clock hears of its clock, and a nonce counts as seen only when the signature
 * is genuine, so that nobody can burn the nonces of another desk.
 */
export function createRequestGuard(deps: {
  provider: SmProvider
  spelling: SignatureSpelling
  desks: DeskRepo
  clock: Clock
}): RequestGuard {
  const { provider, spelling, desks, clock } = deps
  return (request) => {
    const clientId = headerOf(request, requestHeaders.clientId, /^[A-Za-z0-9._-]{1,64}$/)
    const timestamp = headerOf(request, requestHeaders.timestamp, INSTANT)
    const nonce = headerOf(request, requestHeaders.nonce, NONCE)
    const digest = headerOf(request, requestHeaders.contentSm3, HEX_256)
    const signature = headerOf(request, requestHeaders.signature, /^\S{1,100}$/)
    const desk = desks.find(clientId)
    if (desk === null) throw refused('unknown_client', 'this client id is not enrolled')
    const serverTime = clock.now()
    const skewMs = Math.abs(Date.parse(serverTime) - Date.parse(timestamp))
    if (!(skewMs <= MAX_SKEW_SECONDS * 1000)) throw refused('clock_skew', 'the clock is off', { serverTime })
    if (contentSm3(provider, bodyBytes(request)) !== digest.toLowerCase()) {
      throw refused('digest_mismatch', 'X-Content-SM3 is not that of the body')
    }
    const signed = {
      method: request.method,
      target: request.raw.url ?? '',
      timestamp,
      nonce,
      contentSm3: digest,
    }
    if (!verifyRequest(provider, signed, signature, desk.publicKey, spelling)) {
      throw refused('signature_invalid', 'the signature does not cover this request')
    }
    const forgetBefore = new Date(Date.parse(serverTime) - NONCE_MEMORY_SECONDS * 1000).toISOString()
    if (!desks.rememberNonce(clientId, nonce.toLowerCase(), serverTime, forgetBefore)) {
      throw refused('nonce_replayed', 'this nonce was used before')
    }
    return desk
  }
}

function headerOf(request: FastifyRequest, name: string, pattern: RegExp): string {
  const value = request.headers[name.toLowerCase()]
  if (typeof value === 'string' && pattern.test(value)) return value
  throw refused('signature_missing', `header ${name} is missing or malformed`, { header: name })
}

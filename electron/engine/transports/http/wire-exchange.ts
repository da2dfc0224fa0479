/**
 * One HTTP request and its whole answer: never a redirect followed, never more than the cap read, never longer than
 * the deadline, TLS 1.2 at least. Everything that can go wrong comes back as a value.
 */
import http, { Agent as HttpAgent } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import https, { Agent as HttpsAgent } from 'node:https'
import type { RequestOptions } from 'node:https'
import type { Readable } from 'node:stream'
import axios from 'axios'
import { BodyTooLargeError, BodyUnreadableError, decodeBody, readBody } from './reply-body'

/** The most that is read of one answer, inflated. */
export const BODY_CAP = 10 * 1024 * 1024

export interface WireRequest {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
}

/** What one attempt came to. `reached` says whether the platform may have read the request. */
export type WireAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly contentType: string
      readonly retryAfter: string | null
      /** Null when the bytes are not text in the encoding they claim. */
      readonly text: string | null
      readonly bytes: Buffer
    }
  | {
      readonly kind: 'none'
      readonly cause: 'offline' | 'timeout' | 'tls' | 'broken' | 'too-large' | 'cancelled'
      readonly reached: boolean
      /** A system error code, for the log. */
      readonly detail: string
    }

export interface Wire {
  send(request: WireRequest, signal: AbortSignal | undefined): Promise<WireAnswer>
  dispose(): void
}

const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
])
const TLS_CODE =
  /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA)/

/**
 * Node's own requests; but a change of protocol (101), which nobody asked for, ends one as a broken line does. To those
 * who do not listen for it Node says nothing at all, neither answer nor error.
 */
const speaking = {
  request(options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
    const request = (options.protocol === 'https:' ? https : http).request(options, onAnswer)
    return request.on('upgrade', (_answer, socket) => {
      socket.destroy()
      request.emit('error', Object.assign(new Error('protocol changed'), { code: 'ECONNRESET' }))
    })
  },
}

/** A wire to one platform with its own connection pool. A proxy of the environment is used, but never to this machine. */
export function createWire(options: { readonly isLoopback: boolean; readonly deadlineMs: number }): Wire {
  const httpAgent = new HttpAgent({ keepAlive: true })
  const httpsAgent = new HttpsAgent({ keepAlive: true, minVersion: 'TLSv1.2' })
  return {
    dispose() {
      httpAgent.destroy()
      httpsAgent.destroy()
    },
    async send(request, signal) {
      const deadline = AbortSignal.timeout(options.deadlineMs)
      const both = signal === undefined ? deadline : AbortSignal.any([deadline, signal])
      try {
        const response = await axios.request<Readable>({
          method: request.method,
          url: request.url,
          headers: { ...request.headers, 'Accept-Encoding': 'gzip', 'User-Agent': 'xinbao' },
          data: request.body ?? undefined,
          transformRequest: [(data: unknown) => data],
          responseType: 'stream',
          decompress: false,
          maxRedirects: 0,
          transport: speaking,
          maxBodyLength: Number.POSITIVE_INFINITY,
          validateStatus: () => true,
          signal: both,
          httpAgent,
          httpsAgent,
          ...(options.isLoopback ? { proxy: false } : {}),
        })
        const header = (name: string): string | null => {
          const value: unknown = response.headers[name]
          return typeof value === 'string' ? value : null
        }
        const bytes = await readBody(response.data, header('content-encoding'), BODY_CAP, both).catch(
          (error: unknown) => {
            if (error instanceof BodyUnreadableError) return null
            throw error
          },
        )
        const contentType = header('content-type') ?? ''
        return {
          kind: 'answer',
          status: response.status,
          contentType,
          retryAfter: header('retry-after'),
          text: bytes === null ? null : textOf(bytes, contentType),
          bytes: bytes ?? Buffer.alloc(0),
        }
      } catch (error) {
        if (error instanceof BodyTooLargeError) return none('too-large', true, 'body')
        if (signal?.aborted === true) return none('cancelled', true, 'aborted')
        if (deadline.aborted) return none('timeout', true, 'deadline')
        return noAnswer(error)
      }
    },
  }
}

const none = (
  cause: Extract<WireAnswer, { kind: 'none' }>['cause'],
  reached: boolean,
  detail: string,
): WireAnswer => ({ kind: 'none', cause, reached, detail })

function textOf(bytes: Buffer, contentType: string): string | null {
  try {
    return decodeBody(bytes, contentType)
  } catch (error) {
    if (error instanceof BodyUnreadableError) return null
    throw error
  }
}

/** A system error says how far the request got; an error without a code is our own mistake. */
function noAnswer(error: unknown): WireAnswer {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code === null) throw error
  if (TLS_CODE.test(code)) return none('tls', false, code)
  return NOT_REACHED.has(code) ? none('offline', false, code) : none('broken', true, code)
}

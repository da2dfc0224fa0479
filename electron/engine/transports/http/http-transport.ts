/** Exchange protocol v1 over HTTP: paths, signatures and schemas. How an answer is judged: `reply-class`. */
import * as v from 'valibot'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import type { Clock } from '@shared/kernel/clock'
import { failure, FailureError } from '@shared/kernel/failure'
import type { SigningKey } from '@engine/crypto/signing-key'
import { signRequest } from '@engine/crypto/request-signature'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { checkPlatformAddress } from '@engine/transports/platform-address'
import { exchangeTraits } from '@engine/transports/exchange-traits'
import { itemRows } from './item-rows'
import { parseForDigest } from './json-text'
import type {
  ItemsPage,
  LookupQuery,
  PlatformStatus,
  Refusal,
  Reply,
  Transport,
} from '@engine/transports/transport-port'
import { classifyRefusal, classifySilence, jsonOf, platformErrorOf, readOk } from './reply-class'
import type { RequestTraits } from './reply-class'
import {
  capabilitiesSchema,
  closeSchema,
  feedSchema,
  itemsSchema,
  lookupSchema,
  openSchema,
  serverTimeSchema,
  stateSchema,
} from './reply-schemas'
import { createWire } from './wire-exchange'
import type { WireAnswer } from './wire-exchange'

export interface HttpTransportOptions {
  readonly platformUrl: string
  readonly clientId: string
  /** Signs for the desk. */
  readonly key: SigningKey
  /** As agreed with the platform; default: that of the exchange protocol. */
  readonly spelling?: SignatureSpelling
  readonly clock: Clock
  readonly sm: SmProvider
  /** 32 hex digits, never the same twice. */
  readonly nonce: () => string
  /** For one whole request with its answer; 60 s by the protocol. */
  readonly deadlineMs?: number
}

interface Call {
  readonly method: 'GET' | 'PUT' | 'POST'
  /** Below the base address, with its query. */
  readonly path: string
  readonly body?: Uint8Array | string
  readonly headers?: Readonly<Record<string, string>>
  readonly hasEffect: boolean
  readonly signal: AbortSignal | undefined
}

type Answered = Extract<WireAnswer, { kind: 'answer' }>

const DEADLINE_MS = 60_000
const JSON_BODY = { 'Content-Type': 'application/json' }
const PART_BODY = { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' }

const segment = encodeURIComponent

const lookupText = (query: LookupQuery): string =>
  Object.entries(query)
    .map(([name, value]) => `${name}=${segment(value)}`)
    .join('&')

/** The transport over HTTP(S). The address must have passed `checkPlatformAddress`; otherwise this throws. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { clientId, key, spelling } = options
  const address = checkPlatformAddress(options.platformUrl)
  if (!address.ok) throw new Error(`platform address is ${address.problem}`)
  const wire = createWire({ isLoopback: address.isLoopback, deadlineMs: options.deadlineMs ?? DEADLINE_MS })
  let skewMs: number | null = null

  const learnTime = (serverTime: string): void => {
    skewMs = Date.parse(serverTime) - Date.parse(options.clock.now())
  }

  /** Rejects with what the holder of the key refuses. */
  const attempt = async (call: Call): Promise<WireAnswer> => {
    const url = new URL(`${address.url}${call.path}`)
    const body = call.body === undefined ? null : Buffer.from(call.body)
    const timestamp = new Date(Date.parse(options.clock.now()) + (skewMs ?? 0)).toISOString()
    const signed = signRequest(
      options.sm,
      { method: call.method, target: `${url.pathname}${url.search}`, body },
      { ...{ clientId, key, spelling, timestamp }, nonce: options.nonce() },
    )
    const headers = { ...call.headers, ...signed, Accept: 'application/json' }
    return wire.send({ method: call.method, url: url.href, headers, body }, call.signal)
  }

  /** Whether the platform refused only our clock or our nonce: another attempt with fresh ones is in order. */
  const isStale = (answer: WireAnswer): boolean => {
    if (answer.kind !== 'answer' || answer.status !== 401) return false
    const error = platformErrorOf(answer)
    if (error?.code === 'nonce_replayed') return true
    if (error?.code !== 'clock_skew') return false
    for (const place of [error.details, jsonOf(answer)]) {
      const time = v.safeParse(serverTimeSchema, place)
      if (!time.success) continue
      learnTime(time.output.serverTime)
      return true
    }
    return false
  }

  const answerTo = async (call: Call): Promise<WireAnswer> => {
    const first = await attempt(call)
    return isStale(first) ? attempt(call) : first
  }

  async function ask<T>(
    call: Call,
    read: (answer: Answered, traits: RequestTraits) => Reply<T>,
  ): Promise<Reply<T>> {
    const answer = await answerTo(call).catch(withoutKey)
    if (answer.kind === 'auth') return answer
    const traits = { hasEffect: call.hasEffect, now: options.clock.now() }
    return answer.kind === 'none' ? classifySilence(answer, traits) : read(answer, traits)
  }

  const json =
    <Schema extends v.GenericSchema>(schema: Schema) =>
    (answer: Answered, traits: RequestTraits): Reply<v.InferOutput<Schema>> =>
      answer.status >= 200 && answer.status < 300
        ? readOk(answer, schema, traits)
        : classifyRefusal(answer, traits)

  /** A signed document: the bytes are what counts, so they are given as they came. */
  const bytes = (answer: Answered, traits: RequestTraits): Reply<Uint8Array> => {
    const reply = json(v.looseObject({}))(answer, traits)
    return reply.kind === 'ok' ? { kind: 'ok', value: answer.bytes } : reply
  }

  /** Only 204 is an answer without content: a page with 200 is not. */
  const noContent = (answer: Answered, traits: RequestTraits): Reply<null> =>
    answer.status === 204 ? { kind: 'ok', value: null } : notNoContent(answer, traits)

  const get = (path: string, signal: AbortSignal | undefined): Call => ({
    method: 'GET',
    path,
    hasEffect: false,
    signal,
  })

  return {
    traits: exchangeTraits('http'),
    skewMs: () => skewMs,
    dispose: () => wire.dispose(),

    async capabilities(signal) {
      const reply = await ask(get('/capabilities', signal), json(capabilitiesSchema))
      if (reply.kind === 'ok') learnTime(reply.value.serverTime)
      return reply
    },

    open: (manifest, signal) =>
      ask(
        {
          method: 'PUT',
          path: `/batches/${segment(manifest.batchId)}`,
          body: canonicalJson(manifest as unknown as Json),
          headers: JSON_BODY,
          hasEffect: true,
          signal,
        },
        json(openSchema),
      ),

    part: (batchId, no, bytes, signal) =>
      ask(
        {
          method: 'PUT',
          path: `/batches/${segment(batchId)}/parts/${no}`,
          body: bytes,
          headers: PART_BODY,
          hasEffect: true,
          signal,
        },
        noContent,
      ),

    close: (batchId, signal) =>
      ask(
        { method: 'POST', path: `/batches/${segment(batchId)}/close`, hasEffect: true, signal },
        json(closeSchema),
      ),

    state: (batchId, signal) =>
      ask<PlatformStatus | null>(get(`/batches/${segment(batchId)}`, signal), (answer, traits) => {
        // Only the platform itself may say "absent"; a gateway's 404 page says nothing.
        const isAbsent = answer.status === 404 && platformErrorOf(answer)?.code === 'not_found'
        return isAbsent ? { kind: 'ok', value: null } : json(stateSchema)(answer, traits)
      }),

    items: (batchId, after, limit, signal) =>
      ask(get(`/batches/${segment(batchId)}/items?after=${after}&limit=${limit}`, signal), readItems),

    receipt: (batchId, signal) => ask(get(`/batches/${segment(batchId)}/receipt`, signal), bytes),

    standard: (id, version, signal) =>
      ask(get(`/standards/${segment(id)}/${segment(version)}`, signal), bytes),

    async lookup(query, signal) {
      const reply = await ask(get(`/lookup?${lookupText(query)}`, signal), json(lookupSchema))
      return reply.kind === 'ok' ? { kind: 'ok', value: reply.value.found } : reply
    },

    feed: (cursor, limit, signal) =>
      ask(get(`/feed?cursor=${segment(cursor)}&limit=${limit}`, signal), json(feedSchema)),

    answerNotice: (noticeId, answer, signal) =>
      ask(
        {
          method: 'POST',
          path: `/notices/${segment(noticeId)}/answer`,
          body: JSON.stringify(answer),
          headers: JSON_BODY,
          hasEffect: true,
          signal,
        },
        (reply, traits) =>
          reply.status === 204
            ? { kind: 'ok' as const, value: null }
            : withoutValue(json(v.looseObject({}))(reply, traits)),
      ),
  }
}

/** A holder that cannot sign has stopped the request before anything was sent. */
function withoutKey(error: unknown): Extract<Refusal, { kind: 'auth' }> {
  if (error instanceof FailureError) return { kind: 'auth', failure: error.failure }
  throw error
}

const withoutValue = (reply: Reply<unknown>): Reply<null> =>
  reply.kind === 'ok' ? { kind: 'ok', value: null } : reply

function notNoContent(answer: Answered, traits: RequestTraits): Reply<null> {
  if (answer.status < 200 || answer.status >= 300) return classifyRefusal(answer, traits)
  const page = failure('transport.captive-page', { status: answer.status, detail: `HTTP ${answer.status}` })
  return { kind: traits.hasEffect ? 'unknown' : 'retryable', failure: page, retryAfterMs: null }
}

function readItems(answer: Answered, traits: RequestTraits): Reply<ItemsPage> {
  if (answer.status < 200 || answer.status >= 300) return classifyRefusal(answer, traits)
  const page = readOk(answer, itemsSchema, traits)
  if (page.kind !== 'ok') return page
  const forDigest = jsonOf(answer, parseForDigest) as typeof page.value
  const rows = itemRows(page.value.items, forDigest.items)
  return rows.kind === 'ok' ? { kind: 'ok', value: { rows: rows.value, next: page.value.next } } : rows
}

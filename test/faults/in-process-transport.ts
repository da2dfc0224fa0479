import * as v from 'valibot'
import { exchangeTraits } from '@engine/transports/exchange-traits'
import type { Transport, Reply, TransportFactory, ItemRow } from '@engine/transports/transport-port'
import {
  classifyRefusal,
  classifySilence,
  platformErrorOf,
  readOk,
} from '@engine/transports/http/reply-class'
import {
  capabilitiesSchema,
  closeSchema,
  feedSchema,
  itemSchema,
  itemsSchema,
  lookupSchema,
  openSchema,
  stateSchema,
} from '@engine/transports/http/reply-schemas'
import type { WireAnswer } from '@engine/transports/http/wire-exchange'
import type { BatchStatusReply } from '@shared/domain/exchange'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import type { Clock } from '@shared/kernel/clock'
import type { InProcessPlatform, Question } from './in-process-platform'

/** What becomes of one request. */
export type InProcessFate = 'pass' | 'lost-before' | 'lost-after'

/** Where the order of things is decided: each point is passed when it is let through. */
export type Gate = (point: string) => Promise<void>

type Answered = Extract<WireAnswer, { kind: 'answer' }>

const ITEMS_IN_A_PART = 2

/** The product's transport without its wire: same requests, same reading of answers, over the platform's own routes. */
export function inProcessTransport(
  platform: InProcessPlatform,
  clock: Clock,
  gate: Gate,
  fateOf: (call: string) => InProcessFate,
): TransportFactory {
  const ask = async <T>(
    call: string,
    question: Question,
    hasEffect: boolean,
    read: (answer: Answered) => Reply<T>,
  ): Promise<Reply<T>> => {
    const traits = { hasEffect, now: clock.now() }
    const silent = { kind: 'none', cause: 'broken', reached: true, detail: 'ECONNRESET' } as const
    const fate = fateOf(call)
    await gate(`${call} asks`)
    if (fate === 'lost-before') return classifySilence(silent, traits)
    const { status, type, bytes } = await platform.ask(question)
    await gate(`${call} answers`)
    if (fate === 'lost-after') return classifySilence(silent, traits)
    const text = bytes.toString('utf8')
    return read({ kind: 'answer', status, contentType: type, retryAfter: null, text, bytes })
  }
  const json =
    <Schema extends v.GenericSchema>(schema: Schema, hasEffect: boolean) =>
    (answer: Answered): Reply<v.InferOutput<Schema>> => {
      const traits = { hasEffect, now: clock.now() }
      return answer.status < 300 ? readOk(answer, schema, traits) : classifyRefusal(answer, traits)
    }
  const get = (path: string): Question => ({ method: 'GET', path })
  const effect = { hasEffect: true, now: clock.now() }

  const transport: Transport = {
    traits: exchangeTraits('http'),
    async capabilities() {
      const reply = await ask('capabilities', get('/capabilities'), false, json(capabilitiesSchema, false))
      if (reply.kind !== 'ok') return reply
      const limits = { ...reply.value.limits, maxPartItems: ITEMS_IN_A_PART }
      return { kind: 'ok', value: { ...reply.value, limits } }
    },
    open: (manifest) =>
      ask(
        'open',
        {
          method: 'PUT',
          path: `/batches/${manifest.batchId}`,
          headers: { 'content-type': 'application/json' },
          body: Buffer.from(canonicalJson(manifest as unknown as Json)),
        },
        true,
        json(openSchema, true),
      ),
    part: (batchId, no, bytes) =>
      ask(
        'part',
        {
          method: 'PUT',
          path: `/batches/${batchId}/parts/${no}`,
          headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
          body: Buffer.from(bytes),
        },
        true,
        (answer) => (answer.status === 204 ? { kind: 'ok', value: null } : classifyRefusal(answer, effect)),
      ),
    close: (batchId) =>
      ask('close', { method: 'POST', path: `/batches/${batchId}/close` }, true, json(closeSchema, true)),
    state: (batchId) =>
      ask<BatchStatusReply | null>('state', get(`/batches/${batchId}`), false, (answer) =>
        answer.status === 404 && platformErrorOf(answer)?.code === 'not_found'
          ? { kind: 'ok', value: null }
          : json(stateSchema, false)(answer),
      ),
    items: (batchId, after, limit) =>
      ask('items', get(`/batches/${batchId}/items?after=${after}&limit=${limit}`), false, (answer) => {
        const page = json(itemsSchema, false)(answer)
        if (page.kind !== 'ok') return page
        const rows = page.value.items.map((raw): ItemRow => ({
          result: v.parse(itemSchema, raw),
          canonical: canonicalJson(raw as Json),
        }))
        return { kind: 'ok', value: { rows, next: page.value.next } }
      }),
    receipt: (batchId) =>
      ask('receipt', get(`/batches/${batchId}/receipt`), false, (answer) => {
        const reply = json(v.looseObject({}), false)(answer)
        return reply.kind === 'ok' ? { kind: 'ok', value: answer.bytes } : reply
      }),
    async lookup(query) {
      const words = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      const reply = await ask('lookup', get(`/lookup?${words.join('&')}`), false, json(lookupSchema, false))
      return reply.kind === 'ok' ? { kind: 'ok', value: reply.value.found } : reply
    },
    feed: (cursor, limit) =>
      ask(
        'feed',
        get(`/feed?cursor=${encodeURIComponent(cursor)}&limit=${limit}`),
        false,
        json(feedSchema, false),
      ),
    standard: () => Promise.reject(new Error('no standard is published here')),
    async answerNotice(noticeId, answer) {
      const question: Question = {
        method: 'POST',
        path: `/notices/${encodeURIComponent(noticeId)}/answer`,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(answer)),
      }
      const reply = await ask('answer', question, true, json(v.looseObject({}), true))
      return reply.kind === 'ok' ? { kind: 'ok', value: null } : reply
    },
    skewMs: () => null,
    dispose: () => undefined,
  }
  return () => transport
}

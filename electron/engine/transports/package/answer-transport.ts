/**
 * An answer file as a transport: it gives the replies that the platform would have given over the wire, so that
 * receipts, outcomes and events are checked and applied by the very same steps. It takes nothing: whatever has to be
 * sent goes into the next package.
 */
import * as v from 'valibot'
import { failure } from '@shared/kernel/failure'
import { memberNames } from '@engine/envelope/package-layout'
import { exchangeTraits } from '@engine/transports/exchange-traits'
import { itemRows } from '@engine/transports/http/item-rows'
import { parseForDigest, parseJsonText } from '@engine/transports/http/json-text'
import { feedSchema, stateSchema } from '@engine/transports/http/reply-schemas'
import type { Refusal, Reply, Transport } from '@engine/transports/transport-port'

/** The feed as this desk knows it. */
export interface FeedPositionKnown {
  readonly cursor: string
  readonly highWater: string | null
}

const stateFileSchema = v.union([
  stateSchema,
  v.object({ state: v.literal('refused'), code: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/)) }),
])
const feedFileSchema = v.object({
  /** The cursor after which these events come. */
  after: v.pipe(v.string(), v.maxLength(2_000)),
  ...feedSchema.entries,
})

const broken = (detail: string): Refusal => ({
  kind: 'protocol',
  failure: failure('transport.protocol', { detail }),
})
const byHand: Refusal = {
  kind: 'protocol',
  failure: failure('transport.protocol', { detail: 'package' }, { kind: 'never' }),
}
const answered = <T>(reply: Reply<T>): Promise<Reply<T>> => Promise.resolve(reply)

function jsonOf(bytes: Uint8Array | null, parse = parseJsonText): unknown {
  if (bytes === null) return undefined
  try {
    return parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** The transport over the members of a verified answer. `position` says how far this desk has read the feed. */
export function createAnswerTransport(
  member: (name: string) => Uint8Array | null,
  position: () => FeedPositionKnown,
): Transport {
  let hasGivenFeed = false

  const listedItems = (batchId: string): readonly Buffer[] | null => {
    const bytes = member(memberNames.items(batchId))
    if (bytes === null) return null
    const lines = Buffer.from(bytes).toString('utf8').split('\n')
    return lines.filter((line) => line !== '').map((line) => Buffer.from(line, 'utf8'))
  }

  const nothingNew = () => {
    const { cursor, highWater } = position()
    return { events: [], cursor, highWater: highWater ?? '', resyncRequired: false }
  }

  return {
    traits: exchangeTraits('package'),
    capabilities: () => answered(byHand),
    open: () => answered(byHand),
    part: () => answered(byHand),
    close: () => answered(byHand),
    answerNotice: () => answered(byHand),
    lookup: () => answered(byHand),

    state(batchId) {
      const told = v.safeParse(stateFileSchema, jsonOf(member(memberNames.state(batchId))))
      if (!told.success) return answered(broken('state'))
      const state = told.output
      if (state.state !== 'refused') return answered({ kind: 'ok', value: state })
      const code = state.code === 'standard_refused' ? 'platform.standard-refused' : 'platform.refused'
      return answered({
        kind: 'conflict',
        code: state.code,
        missingParts: [],
        failure: failure(code, { detail: state.code }),
      })
    },

    items(batchId, after, limit) {
      const listed = listedItems(batchId)
      if (listed === null) return answered(broken('items'))
      const page = listed.slice(after, after + limit)
      const rows = itemRows(
        page.map((line) => jsonOf(line)),
        page.map((line) => jsonOf(line, parseForDigest)),
      )
      if (rows.kind !== 'ok') return answered(rows)
      const next = after + page.length < listed.length ? (rows.value.at(-1)?.result.itemNo ?? null) : null
      return answered({ kind: 'ok', value: { rows: rows.value, next } })
    },

    receipt(batchId) {
      const bytes = member(memberNames.receipt(batchId))
      return answered(bytes === null ? broken('receipt') : { kind: 'ok', value: bytes })
    },

    /**
     * Events come once. A file that does not follow what this desk has read is read too, for its events are known by
     * their ids, but the desk's place stays where it is, so that nothing in between is passed over.
     */
    feed(cursor) {
      const told = v.safeParse(feedFileSchema, jsonOf(member(memberNames.feed)))
      if (!told.success) return answered(broken('feed'))
      if (hasGivenFeed) return answered({ kind: 'ok', value: nothingNew() })
      hasGivenFeed = true
      const { after, ...page } = told.output
      const follows = after === cursor
      return answered({ kind: 'ok', value: follows ? page : { ...nothingNew(), events: page.events } })
    },

    standard(id, version) {
      const bytes = member(memberNames.standard(id, version))
      return answered(bytes === null ? broken('standard') : { kind: 'ok', value: bytes })
    },

    skewMs: () => null,
    dispose: () => undefined,
  }
}

import type { Seeded } from '@test/fuzz/seeded'
import type { Fate, Proxy } from './proxy'

const json = { 'content-type': 'application/json' }
const html = { 'content-type': 'text/html' }

/** An error of the protocol that somebody says instead of the platform. */
export const refusal = (
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
  details: Readonly<Record<string, unknown>> = {},
): Extract<Fate, { kind: 'instead' }> => ({
  kind: 'instead',
  when: 'before',
  answer: {
    status,
    headers: { ...json, ...headers },
    body: JSON.stringify({ error: { code, message: '', details } }),
  },
})

const portal: Fate = {
  kind: 'instead',
  when: 'before',
  answer: { status: 200, headers: html, body: '<html>请先登录上网</html>' },
}
const afterwards = (fate: Extract<Fate, { kind: 'instead' }>): Fate => ({ ...fate, when: 'after' })

/** Changes that nobody may make to a receipt; each keeps it JSON. */
const forgeries: readonly (readonly [RegExp, string])[] = [
  [/"receiptNo":"R\d/, '"receiptNo":"R9'],
  [/"accepted":\d+/, '"accepted":99'],
  [/"batchId":"[0-9a-f]{4}/, '"batchId":"0000'],
  [/"itemsSha256":"[0-9a-f]{4}/, '"itemsSha256":"0000'],
  [/"manifestSha256":"[0-9a-f]{4}/, '"manifestSha256":"0000'],
  [/"receivedAt":"2026-03/, '"receivedAt":"2026-02'],
  [/"signature":"..../, '"signature":"AAAA'],
]

/** Makes up accidents from chance; one maker belongs to one line, because it may bring out what passed before. */
export function createFateMaker(chance: Seeded): (call: string) => Fate {
  const receipts: Buffer[] = []

  const forged = (): Fate => {
    const [pattern, text] = chance.pick(forgeries)
    const takesOther = chance.chance(0.3)
    return {
      kind: 'alter',
      body(body) {
        const other = receipts.find((receipt) => !receipt.equals(body))
        receipts.push(body)
        if (takesOther && other !== undefined) return other
        return Buffer.from(body.toString('utf8').replace(pattern, text))
      },
    }
  }

  const accidents: readonly (() => Fate)[] = [
    () => ({ kind: 'reset-before' }),
    () => ({ kind: 'reset-after' }),
    () => ({ kind: 'reset-after' }),
    () => ({ kind: 'cut', at: chance.below(500) }),
    () => ({ kind: 'black-hole', when: chance.pick(['before', 'after'] as const) }),
    () => ({ kind: 'trickle', bytes: 1 + chance.below(60), everyMs: 10 }),
    () => ({ kind: 'twice', answer: chance.pick(['first', 'second'] as const) }),
    () => ({ kind: 'echo-later', afterMs: chance.below(400) }),
    () => ({ kind: 'delay', ms: chance.below(150) }),
    () => portal,
    () => afterwards(refusal(chance.pick([500, 502, 503, 504]), 'internal')),
    () => refusal(chance.pick([408, 425, 500, 502, 503, 504]), 'internal'),
    () => refusal(429, 'too_many_requests', { 'retry-after': '1' }),
    () => refusal(401, chance.pick(['signature_invalid', 'unknown_client', 'nonce_replayed'])),
    () => refusal(409, 'still_processing'),
    () => ({ kind: 'instead', when: 'before', answer: { status: 404, headers: html, body: 'Not Found' } }),
  ]
  return (call) => (call === 'receipt' && chance.chance(0.5) ? forged() : chance.pick(accidents)())
}

/** Lets a share of all requests meet accidents. */
export function disturb(proxy: Proxy, chance: Seeded, share: number): { readonly count: () => number } {
  const make = createFateMaker(chance)
  let accidents = 0
  proxy.decide(({ call }) => {
    if (!chance.chance(share)) return { kind: 'pass' }
    accidents++
    return make(call)
  })
  return { count: () => accidents }
}

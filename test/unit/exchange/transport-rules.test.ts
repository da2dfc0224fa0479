import { describe, expect, test } from 'vitest'
import { backOffMs } from '@engine/transports/back-off'
import { parseForDigest, parseJsonText } from '@engine/transports/http/json-text'
import { decodeBody } from '@engine/transports/http/reply-body'
import { classifyRefusal, classifySilence, readOk } from '@engine/transports/http/reply-class'
import { closeSchema, openSchema, stateSchema } from '@engine/transports/http/reply-schemas'
import { readRetryAfter } from '@engine/transports/http/retry-after'
import type { WireAnswer } from '@engine/transports/http/wire-exchange'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import { checkPlatformAddress } from '@engine/transports/platform-address'

const now = '2026-03-02T01:00:00.000Z'

describe('address of a platform', () => {
  test.each([
    ['https://exchange.example.gov.cn/api/v1', true],
    ['https://exchange.example.gov.cn:8443/credit/api/v1/', true],
    ['http://127.0.0.1:4010/api/v1', true],
    ['http://localhost:4010/api/v1', true],
    ['http://[::1]:4010/api/v1', true],
    ['http://exchange.example.gov.cn/api/v1', false],
    ['http://127.0.0.1.example.org/api/v1', false],
    ['http://localhost.example.org/api/v1', false],
    ['https://example.org/api/v2', false],
    ['https://example.org/', false],
    ['https://user:secret@example.org/api/v1', false],
    ['https://example.org/api/v1?x=1', false],
    ['https://example.org/api/v1#x', false],
    ['file:///etc/api/v1', false],
    ['data:text/html,/api/v1', false],
    ['ftp://127.0.0.1/api/v1', false],
    ['//example.org/api/v1', false],
    ['', false],
  ])('%s -> %s', (text, ok) => {
    expect(checkPlatformAddress(text).ok).toBe(ok)
  })
})

describe('R18 Retry-After', () => {
  test.each([
    [null, null],
    ['7', 7_000],
    ['0', 1_000],
    ['-1', 1_000],
    ['1000000000', 3_600_000],
    ['soon', null],
    ['1e3', null],
    ['Mon, 02 Mar 2026 01:00:30 GMT', 30_000],
    ['Fri, 02 Jan 2099 00:00:00 GMT', 3_600_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 1_000],
  ])('%s -> %s', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms)
  })
})

test('back-off grows to five minutes, never falls below a second, and yields to Retry-After', () => {
  expect([1, 2, 3, 4].map((attempt) => backOffMs(attempt, null, () => 0.999_999))).toEqual([
    2_000, 4_000, 8_000, 16_000,
  ])
  expect(backOffMs(50, null, () => 0.999_999_9)).toBe(300_000)
  expect(backOffMs(50, null, () => 0)).toBe(1_000)
  expect(backOffMs(1, 42_000, () => 0.5)).toBe(42_000)
})

describe('R6 R8 R9 JSON of a hostile platform', () => {
  test.each([
    '',
    '   ',
    '{} {}',
    '{"a":1}x',
    '\ufeff{}',
    "{'a':1}",
    '{"a":1e400}',
    '{"a":-1e999}',
    '[',
    'NaN',
  ])('%j is none', (text) => {
    expect(() => parseJsonText(text)).toThrow(SyntaxError)
  })
  test('numbers that a double cannot hold stay text', () => {
    expect(parseJsonText('{"a":9007199254740993,"b":12,"c":0.5,"d":-9007199254740995}')).toEqual({
      a: '9007199254740993',
      b: 12,
      c: 0.5,
      d: '-9007199254740995',
    })
  })
  test('for a digest they keep their digits and stay numbers', () => {
    const text = '{"a":9007199254740993,"b":[12,-9007199254740995],"c":0.5}'
    expect(canonicalJson(parseForDigest(text) as Json)).toBe(text)
  })
  test('depth and prototype names do no harm', () => {
    expect(() => parseJsonText('['.repeat(200_000) + ']'.repeat(200_000))).toThrow(SyntaxError)
    parseJsonText('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
  test('GBK only where the header says so', () => {
    const bytes = Uint8Array.from([0x22, 0xd5, 0xc5, 0x22])
    expect(decodeBody(bytes, 'application/json; charset=GBK')).toBe('"张"')
    expect(() => decodeBody(bytes, 'application/json')).toThrow()
    expect(() => decodeBody(bytes, 'application/json; charset=latin-9')).toThrow()
  })
})

const answer = (
  status: number,
  text: string | null,
  contentType = 'application/json',
): Extract<WireAnswer, { kind: 'answer' }> => ({
  kind: 'answer',
  status,
  contentType,
  retryAfter: null,
  text,
  bytes: Buffer.from(text ?? ''),
})
const error = (code: string, details = {}): string =>
  JSON.stringify({ error: { code, message: '', details } })
const write = { hasEffect: true, now }
const read = { hasEffect: false, now }

describe('classes of refusals', () => {
  test.each([
    [408, '', 'retryable', 'transport.busy'],
    [425, '', 'retryable', 'transport.busy'],
    [429, '', 'retryable', 'transport.busy'],
    [503, '', 'retryable', 'transport.busy'],
    [500, '', 'unknown', 'transport.busy'],
    [502, '<html>', 'unknown', 'transport.busy'],
    [504, '', 'unknown', 'transport.busy'],
    [301, '', 'unknown', 'transport.redirected'],
    [407, '', 'unknown', 'transport.captive-page'],
    [511, '', 'unknown', 'transport.captive-page'],
    [401, '', 'auth', 'platform.auth-refused'],
    [403, '<html>', 'auth', 'platform.auth-refused'],
    [401, error('clock_skew'), 'auth', 'platform.clock-skew'],
    [404, '<html>', 'unknown', 'transport.captive-page'],
    [404, error('not_found'), 'poison', 'platform.refused'],
    [409, error('manifest_conflict'), 'conflict', 'platform.manifest-conflict'],
    [422, error('standard_refused'), 'conflict', 'platform.standard-refused'],
    [422, error('part_mismatch'), 'conflict', 'platform.refused'],
    [422, error('item_invalid', { itemNo: 3 }), 'poison', 'platform.refused'],
    [422, error('content_refused'), 'poison', 'platform.refused'],
    [409, error('still_processing'), 'retryable', 'platform.still-processing'],
    [409, '<html>', 'unknown', 'transport.captive-page'],
    [413, '', 'poison', 'platform.refused'],
    [400, '', 'poison', 'platform.refused'],
    [415, error('unsupported_media'), 'protocol', 'transport.protocol'],
  ])('%i %s is %s', (status, body, kind, code) => {
    expect(classifyRefusal(answer(status, body), write)).toMatchObject({ kind, failure: { code } })
  })

  test('a lost answer is in doubt only where the request may have had an effect', () => {
    const lost = { kind: 'none', cause: 'broken', reached: true, detail: 'ECONNRESET' } as const
    expect(classifySilence(lost, write).kind).toBe('unknown')
    expect(classifySilence(lost, read).kind).toBe('retryable')
    expect(classifySilence({ ...lost, reached: false, cause: 'offline' }, write).kind).toBe('retryable')
  })

  test.each([null, '', 'null', '[]', '"ok"', 'true', '{} {}', '\ufeff{"state":"done"}', '<html>'])(
    '%j is no success',
    (text) => {
      expect(readOk(answer(200, text), closeSchema, read).kind).not.toBe('ok')
    },
  )
  test('an HTML page with the right words is no success', () => {
    expect(readOk(answer(200, '{"state":"done"}', 'text/html'), closeSchema, read)).toMatchObject({
      kind: 'retryable',
      failure: { code: 'transport.captive-page' },
    })
  })
  test('unknown states are outside the contract, unknown members are not', () => {
    expect(readOk(answer(200, '{"state":"DONE"}'), closeSchema, read).kind).toBe('protocol')
    const opened = '{"state":"open","receivedAt":"2026-03-02T01:00:00Z","missingParts":[1],"mood":"good"}'
    expect(readOk(answer(201, opened), openSchema, read)).toMatchObject({
      kind: 'ok',
      value: { missingParts: [1] },
    })
  })
  test.each(['1970', '2026-03-02', '2026-03-02 01:00:00', '2026-03-02T01:00:00', '2026-13-02T01:00:00Z'])(
    'R15 %s is no instant',
    (receivedAt) => {
      const counts = { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 1 }
      const text = JSON.stringify({ state: 'open', receivedAt, counts, missingParts: [] })
      expect(readOk(answer(200, text), stateSchema, read).kind).toBe('protocol')
    },
  )
})

import { request as rawRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomHex } from '@engine/crypto/random'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import type { Capabilities } from '@shared/domain/exchange'
import { testBureau } from '@test/fixtures/invented-subjects'
import { startHarness } from './practice-harness'
import type { PracticeHarness } from './practice-harness'
import { codeOf, createSignedClient, detailsOf } from './signed-client'
import type { Answer } from './signed-client'

let harness: PracticeHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(async () => {
  expect(harness.defects).toEqual([])
  await harness.end()
})

const refusal = (answer: Answer): [number, string] => [answer.status, codeOf(answer)]

describe('signed requests', () => {
  it('are admitted and told the capabilities', async () => {
    const answer = await harness.client.get('/capabilities')
    expect(answer.status).toBe(200)
    expect(answer.json as Capabilities).toEqual({
      serverTime: harness.clock.now(),
      protocol: ['1'],
      bureau: testBureau,
      standards: [
        { id: 'pingxiang-credit', version: '2026.1', from: expect.any(String) as string, to: null },
      ],
      limits: { maxPartBytes: 1_048_576, maxPartItems: 500, maxBatchItems: 100_000, minPollSeconds: 1 },
      calendar: { version: expect.stringMatching(/^20\d\d/) as string },
      idempotencyWindowDays: 90,
    })
  })

  it('are refused when a header is missing or malformed', async () => {
    const names = ['X-Client-Id', 'X-Timestamp', 'X-Nonce', 'X-Content-SM3', 'X-Signature']
    for (const name of names) {
      for (const value of [null, '', 'not the thing at all; 不']) {
        const header = value === null ? null : encodeURI(value)
        const answer = await harness.client.call(
          'GET',
          '/capabilities',
          null,
          {},
          { headers: { [name]: header } },
        )
        expect(answer.status).toBe(401)
      }
      const absent = await harness.client.call(
        'GET',
        '/capabilities',
        null,
        {},
        { headers: { [name]: null } },
      )
      expect(codeOf(absent)).toBe('signature_missing')
      expect(detailsOf(absent)).toEqual({ header: name })
    }
  })

  it('are refused when the client is not enrolled or signs with another key', async () => {
    const { clock, desk } = harness
    const origin = () => harness.server().origin
    const unknown = createSignedClient(origin, { ...desk, clientId: 'desk-unknown' }, clock)
    expect(refusal(await unknown.get('/capabilities'))).toEqual([401, 'unknown_client'])
    const forger = createSignedClient(origin, { ...desk, keys: sm.generateKeyPair() }, clock)
    expect(refusal(await forger.get('/capabilities'))).toEqual([401, 'signature_invalid'])
  })

  it('are refused beyond 300 seconds of skew, with the time of the platform', async () => {
    const { client, clock } = harness
    const at = (seconds: number) => new Date(Date.parse(clock.now()) + seconds * 1000).toISOString()
    for (const seconds of [-300, 300]) {
      const answer = await client.call('GET', '/capabilities', null, {}, { timestamp: at(seconds) })
      expect(answer.status).toBe(200)
    }
    for (const seconds of [-301, 301, 86_400 * 400]) {
      const answer = await client.call('GET', '/capabilities', null, {}, { timestamp: at(seconds) })
      expect(refusal(answer)).toEqual([401, 'clock_skew'])
      expect(detailsOf(answer)).toEqual({ serverTime: clock.now() })
    }
    const offset = clock.now().replace('Z', '+00:00')
    expect((await client.call('GET', '/capabilities', null, {}, { timestamp: offset })).status).toBe(200)
  })

  it('are refused when the nonce was seen in the last 600 seconds, a restart notwithstanding', async () => {
    const { client, clock } = harness
    const nonce = randomHex(16)
    const call = () => client.call('GET', '/capabilities', null, {}, { nonce })
    expect((await call()).status).toBe(200)
    expect(refusal(await call())).toEqual([401, 'nonce_replayed'])
    await harness.restart()
    expect(refusal(await call())).toEqual([401, 'nonce_replayed'])
    clock.forward(600)
    expect(refusal(await call())).toEqual([401, 'nonce_replayed'])
    clock.forward(1)
    expect((await call()).status).toBe(200)
  })

  it('do not burn a nonce when their signature is false', async () => {
    const { client } = harness
    const nonce = randomHex(16)
    const forged = {
      nonce,
      headers: { 'X-Signature': softwareKey(harness.desk.keys.privateKey).sign('another text') },
    }
    expect(refusal(await client.call('GET', '/capabilities', null, {}, forged))).toEqual([
      401,
      'signature_invalid',
    ])
    expect((await client.call('GET', '/capabilities', null, {}, { nonce })).status).toBe(200)
  })

  it('are refused when body, query or method differ from what was signed', async () => {
    const { client } = harness
    const json = { 'content-type': 'application/json' }
    const swapped = await client.call('POST', '/notices/n/answer', '{"answer":"disputed"}', json, {
      sentBody: '{"answer":"corrected"}',
    })
    expect(refusal(swapped)).toEqual([401, 'digest_mismatch'])
    const emptied = await client.call('POST', '/notices/n/answer', null, json, { sentBody: '{}' })
    expect(refusal(emptied)).toEqual([401, 'digest_mismatch'])
    // A signature for one address, used at another: the nonce and digest are right, the address is not.
    const { nonce, headers } = await captured()
    expect(refusal(await client.call('GET', '/feed?limit=1', null, {}, { nonce, headers }))).toEqual([
      401,
      'signature_invalid',
    ])
  })

  const captured = async () => {
    let headers: Record<string, string> = {}
    const nonce = randomHex(16)
    const spy = createSignedClient(() => harness.server().origin, harness.desk, harness.clock)
    const originalFetch = globalThis.fetch
    globalThis.fetch = (input, init) => {
      headers = Object.fromEntries(init?.headers as [string, string][])
      return originalFetch(input, init)
    }
    try {
      await spy.call('GET', '/lookup?sha256=0', null, {}, { nonce })
    } finally {
      globalThis.fetch = originalFetch
    }
    return { nonce: randomHex(16), headers: { 'X-Signature': headers['X-Signature']! } }
  }
})

describe('addresses', () => {
  it('answer 404 in the envelope when there is nothing', async () => {
    const answer = await harness.client.get('/nothing')
    expect(refusal(answer)).toEqual([404, 'not_found'])
    expect(refusal(await harness.client.get('/standards/pingxiang-credit/2030.1'))).toEqual([
      404,
      'not_found',
    ])
    expect(refusal(await harness.client.get('/calendars/2030-1'))).toEqual([404, 'not_found'])
  })

  it('are closed to web pages and to other names of this machine', async () => {
    const { port } = new URL(harness.server().origin)
    const ask = (headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        const request = rawRequest(
          { host: '127.0.0.1', port, path: '/practice', headers, setHost: false },
          (response) => {
            response.resume()
            resolve(response.statusCode ?? 0)
          },
        )
        request.on('error', reject)
        request.end()
      })
    expect(await ask({ host: `127.0.0.1:${port}` })).toBe(200)
    expect(await ask({ host: 'evil.example' })).toBe(403)
    expect(await ask({ host: `127.0.0.1:${port}`, origin: 'http://evil.example' })).toBe(403)
    expect(await ask({ host: `127.0.0.1.evil.example:${port}` })).toBe(403)
  })

  it('listen on the loopback interface only', () => {
    expect(harness.server().url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/)
  })
})

describe('enrolment', () => {
  it('is idempotent for the same desk and refuses another key under the same id', async () => {
    const { publicKey } = sm.generateKeyPair()
    const desk = { clientId: 'desk-x', publicKey, bureau: testBureau }
    const first = await harness.control('/enrol', desk)
    expect(first).toEqual({
      status: 200,
      json: { clientId: 'desk-x', bureau: testBureau, platformPublicKey: harness.server().platformPublicKey },
    })
    expect(await harness.control('/enrol', desk)).toEqual(first)
    const other = { ...desk, publicKey: sm.generateKeyPair().publicKey }
    expect((await harness.control('/enrol', other)).status).toBe(409)
    expect((await harness.control('/enrol', { ...other, replace: true })).status).toBe(200)
    expect((await harness.control('/enrol', desk)).status).toBe(409)
  })

  it('takes a bureau by its code alone and refuses malformed desks', async () => {
    const { publicKey } = sm.generateKeyPair()
    const byCode = await harness.control('/enrol', { clientId: 'desk-y', publicKey, bureau: '113603' })
    expect(byCode.json).toMatchObject({ bureau: { code: '113603', name: '113603' } })
    for (const wrong of [
      {},
      { clientId: 'desk z', publicKey, bureau: 'x' },
      { clientId: 'desk-z', publicKey: publicKey.slice(2), bureau: 'x' },
      { clientId: 'desk-z', publicKey, bureau: '' },
      { clientId: 'desk-z', publicKey },
    ]) {
      expect((await harness.control('/enrol', wrong)).status).toBe(400)
    }
  })

  it('keeps desks, keys and the suggested client id over a restart', async () => {
    const { clientId, platformPublicKey } = harness.server()
    await harness.restart()
    expect(harness.server()).toMatchObject({ clientId, platformPublicKey })
    expect((await harness.client.get('/capabilities')).status).toBe(200)
  })
})

import { describe, expect, it } from 'vitest'
import {
  contentSm3,
  requestHeaders,
  requestText,
  signRequest,
  verifyRequest,
} from '@engine/crypto/request-signature'
import { randomHex } from '@engine/crypto/random'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'

const key = sm.generateKeyPair()
const body = Buffer.from('{"answer":"disputed"}')
const target = '/api/v1/notices/n-1/answer?x=%E8%90%8D'
const signer = {
  clientId: 'desk-1',
  key: softwareKey(key.privateKey),
  timestamp: '2026-03-02T01:02:03.004Z',
  nonce: randomHex(16),
}

describe('request signature', () => {
  it('signs five lines joined by single line feeds', () => {
    expect(
      requestText({ method: 'GET', target: '/a?b=c', timestamp: 't', nonce: 'n', contentSm3: 'd' }),
    ).toBe('GET\n/a?b=c\nt\nn\nd')
  })

  it('digests no body as the empty text', () => {
    expect(contentSm3(sm, null)).toBe(sm.sm3Hex(''))
  })

  it('yields headers that verify, and refuses every altered part', () => {
    const headers = signRequest(sm, { method: 'POST', target, body }, signer)
    expect(Object.keys(headers)).toEqual(Object.values(requestHeaders))
    expect(headers['X-Content-SM3']).toBe(sm.sm3Hex(body))
    const signature = headers['X-Signature']!
    const signed = {
      method: 'POST',
      target,
      timestamp: signer.timestamp,
      nonce: signer.nonce,
      contentSm3: headers['X-Content-SM3']!,
    }
    expect(verifyRequest(sm, signed, signature, key.publicKey)).toBe(true)
    const altered = [
      { method: 'PUT' },
      { target: `${target}&y=1` },
      { timestamp: '2026-03-02T01:02:03.005Z' },
      { nonce: randomHex(16) },
      { contentSm3: sm.sm3Hex('') },
    ]
    for (const change of altered)
      expect(verifyRequest(sm, { ...signed, ...change }, signature, key.publicKey)).toBe(false)
    expect(verifyRequest(sm, signed, signature, sm.generateKeyPair().publicKey)).toBe(false)
  })

  it('draws nonces of 128 bits that do not repeat', () => {
    const nonces = new Set(Array.from({ length: 1000 }, () => randomHex(16)))
    expect(nonces.size).toBe(1000)
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/)
  })
})

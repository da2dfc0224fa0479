import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SM2_ORDER } from '@engine/crypto/der-signature'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { opensslHasSm, signByOpenssl, sm3ByOpenssl, verifyByOpenssl } from './openssl-judge'

const publicKeyOf = (privateKey: string): string => softwareKey(privateKey).publicKey
const hex64 = (value: bigint): string => value.toString(16).padStart(64, '0')

const derInteger = (value: bigint): Buffer => {
  let hex = value.toString(16)
  if (hex.length % 2 === 1) hex = `0${hex}`
  if (Number.parseInt(hex.slice(0, 2), 16) >= 0x80) hex = `00${hex}`
  const bytes = Buffer.from(hex, 'hex')
  return Buffer.concat([Buffer.from([0x02, bytes.length]), bytes])
}

const der = (...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}

const integersOf = (signature: string): [bigint, bigint] => {
  const bytes = Buffer.from(signature, 'base64')
  const rEnd = 4 + bytes[3]!
  return [
    BigInt(`0x${bytes.subarray(4, rEnd).toString('hex')}`),
    BigInt(`0x${bytes.subarray(rEnd + 2).toString('hex')}`),
  ]
}

describe('SM3 (GM/T 0004-2012)', () => {
  it('gives the digests of appendix A', () => {
    expect(sm.sm3Hex('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(sm.sm3Hex('abcd'.repeat(16))).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    )
  })

  it('gives the known digest of the empty text', () => {
    expect(sm.sm3Hex('')).toBe('1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b')
  })

  it('hashes text as UTF-8', () => {
    expect(sm.sm3Hex('萍乡市')).toBe(sm.sm3Hex(Buffer.from('萍乡市', 'utf8')))
  })

  it.runIf(opensslHasSm)('agrees with OpenSSL on random data of every length up to three blocks', () => {
    for (let length = 0; length <= 192; length++) {
      const data = randomBytes(length)
      expect(sm.sm3Hex(data)).toBe(sm3ByOpenssl(data))
    }
  })
})

describe('SM2 keys', () => {
  it('derives the public key of GM/T 0003.5-2012 appendix A', () => {
    expect(publicKeyOf('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')).toBe(
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
        'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    )
  })

  it('makes key pairs in the spelling of the protocol, never the same twice', () => {
    const pairs = Array.from({ length: 20 }, () => sm.generateKeyPair())
    for (const pair of pairs) {
      expect(pair.privateKey).toMatch(/^[0-9a-f]{64}$/)
      expect(pair.publicKey).toMatch(/^04[0-9a-f]{128}$/)
      expect(publicKeyOf(pair.privateKey)).toBe(pair.publicKey)
    }
    expect(new Set(pairs.map((pair) => pair.privateKey)).size).toBe(20)
  })

  it.each([
    '',
    'zz',
    '0'.repeat(64),
    hex64(SM2_ORDER),
    hex64(SM2_ORDER - 1n),
    'f'.repeat(64),
    '1'.repeat(63),
    `0x${'1'.repeat(62)}`,
  ])('refuses the private key %s', (privateKey) => {
    expect(() => softwareKey(privateKey)).toThrow(RangeError)
  })
})

describe('SM2 signatures', () => {
  const key = sm.generateKeyPair()
  const message = 'POST\n/api/v1/batches/x/close\n2026-03-02T01:00:00.000Z\n萍乡'
  const sign = (text: string | Uint8Array): string => softwareKey(key.privateKey).sign(text)
  const signature = sign(message)

  it('verifies the signature of GM/T 0003.5-2012 appendix A', () => {
    const publicKey = publicKeyOf('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')
    const r = 0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3n
    const s = 0xb1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aan
    const vector = der(derInteger(r), derInteger(s)).toString('base64')
    expect(sm.verify('message digest', vector, publicKey)).toBe(true)
    expect(sm.verify('message digesT', vector, publicKey)).toBe(false)
  })

  it('verifies its own signatures over text and bytes', () => {
    expect(sm.verify(message, signature, key.publicKey)).toBe(true)
    expect(sm.verify(Buffer.from(message), signature, key.publicKey)).toBe(true)
    for (const text of ['', '0', 'a'.repeat(1000)]) {
      expect(sm.verify(text, sign(text), key.publicKey)).toBe(true)
    }
  })

  it('accepts keys in upper case', () => {
    expect(
      sm.verify(
        message,
        softwareKey(key.privateKey.toUpperCase()).sign(message),
        key.publicKey.toUpperCase(),
      ),
    ).toBe(true)
  })

  it('is different at every signing', () => {
    expect(sign(message)).not.toBe(signature)
  })

  it.runIf(opensslHasSm)('agrees with OpenSSL in both directions on random messages', () => {
    for (let round = 0; round < 60; round++) {
      const pair = sm.generateKeyPair()
      const data = randomBytes(round * 3)
      expect(verifyByOpenssl(data, softwareKey(pair.privateKey).sign(data), pair.publicKey)).toBe(true)
      expect(sm.verify(data, signByOpenssl(data, pair), pair.publicKey)).toBe(true)
    }
  })

  it('refuses another message, another key and no key', () => {
    expect(sm.verify(`${message} `, signature, key.publicKey)).toBe(false)
    expect(sm.verify(message, signature, sm.generateKeyPair().publicKey)).toBe(false)
    for (const publicKey of [
      '',
      '04',
      `04${'0'.repeat(128)}`,
      `04${'1'.repeat(128)}`,
      key.publicKey.slice(2),
      `${key.publicKey}00`,
    ]) {
      expect(sm.verify(message, signature, publicKey)).toBe(false)
    }
  })

  it('refuses every single altered byte, and never throws', () => {
    const bytes = Buffer.from(signature, 'base64')
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes)
      altered[at]! ^= 1 << (at % 8)
      expect(sm.verify(message, altered.toString('base64'), key.publicKey)).toBe(false)
    }
  })

  it('refuses every other encoding of a genuine signature', () => {
    const [r, s] = integersOf(signature)
    const long = (value: bigint): Buffer => {
      const padded = Buffer.from(`0000${hex64(value)}`, 'hex')
      return Buffer.concat([Buffer.from([0x02, padded.length]), padded])
    }
    const plain = der(derInteger(r), derInteger(s))
    expect(plain.toString('base64')).toBe(signature)
    const others = [
      Buffer.concat([plain, Buffer.from([0])]),
      plain.subarray(0, -1),
      der(derInteger(r), derInteger(s), Buffer.from([5, 0])),
      der(long(r), derInteger(s)),
      der(derInteger(r), long(s)),
      Buffer.concat([Buffer.from([0x30, 0x81, plain.length - 2]), plain.subarray(2)]),
      Buffer.from(hex64(r) + hex64(s), 'hex'),
    ]
    for (const other of others)
      expect(sm.verify(message, other.toString('base64'), key.publicKey)).toBe(false)
    const spellings = [
      `${signature}=`,
      ` ${signature}`,
      `${signature}\n`,
      signature.replace(/=+$/, ''),
      signature.replaceAll('+', '-'),
      '',
    ]
    for (const spelling of spellings.filter((text) => text !== signature)) {
      expect(sm.verify(message, spelling, key.publicKey)).toBe(false)
    }
  })

  it('refuses r and s outside 1..n-1', () => {
    const [r, s] = integersOf(signature)
    for (const [badR, badS] of [
      [0n, s],
      [r, 0n],
      [0n, 0n],
      [SM2_ORDER, s],
      [r, SM2_ORDER],
      [r + SM2_ORDER, s],
      [r, s + SM2_ORDER],
      [r, SM2_ORDER - r],
    ] as const) {
      expect(
        sm.verify(message, der(derInteger(badR), derInteger(badS)).toString('base64'), key.publicKey),
      ).toBe(false)
    }
  })

  it('never throws on random bytes', () => {
    for (let round = 0; round < 200; round++) {
      expect(sm.verify(message, randomBytes(round % 80).toString('base64'), key.publicKey)).toBe(false)
    }
  })
})

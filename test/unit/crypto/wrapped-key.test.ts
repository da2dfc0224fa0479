import { randomBytes } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { expect, test } from 'vitest'
import { readDerCipher } from '@engine/crypto/der-cipher'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { derCipher } from './der-text'

const pair = sm.generateKeyPair()
const key = softwareKey(pair.privateKey)

test('a wrapped key has one spelling', () => {
  const dataKey = randomBytes(16)
  const wrapped = sm.wrapKey(dataKey, key.publicKey)
  expect(Buffer.from(key.unwrap(wrapped)!)).toEqual(dataKey)
  const { point, digest, cipher } = readDerCipher(wrapped)!
  const [x, y] = [point.slice(0, 64), point.slice(64)]
  expect(derCipher(x, y, digest, cipher)).toBe(wrapped)
  const bytes = Buffer.from(wrapped, 'base64')
  const others = [
    Buffer.concat([bytes, Buffer.from([0])]),
    bytes.subarray(0, -1),
    Buffer.concat([Buffer.from([0x30, 0x81, bytes.length - 2]), bytes.subarray(2)]),
    Buffer.from(`04${point}${digest}${cipher}`, 'hex'),
  ]
  for (const other of others) expect(key.unwrap(other.toString('base64'))).toBeNull()
  for (const spelling of ['', ' ', `${wrapped}=`, ` ${wrapped}`, `${wrapped}\n`])
    expect(key.unwrap(spelling)).toBeNull()
})

test('coordinates are written in as many bytes as they need, and never as a negative number', () => {
  const wrappedWith = (fits: (firstByte: number) => boolean): string => {
    for (;;) {
      const wrapped = sm.wrapKey(randomBytes(16), key.publicKey)
      if (fits(Buffer.from(wrapped, 'base64')[4]!)) return wrapped
    }
  }
  const respelled = (
    wrapped: string,
    more: number,
    change: (bytes: number[]) => readonly number[],
  ): string => {
    const [, , , length, ...rest] = Buffer.from(wrapped, 'base64')
    return Buffer.from([0x30, 2 + rest.length + more, 0x02, length! + more, ...change(rest)]).toString(
      'base64',
    )
  }
  const short = wrappedWith((first) => first > 0 && first < 0x80)
  expect(respelled(short, 0, (bytes) => bytes)).toBe(short)
  expect(key.unwrap(short)).not.toBeNull()
  expect(key.unwrap(respelled(short, 1, (bytes) => [0, ...bytes]))).toBeNull()
  const long = wrappedWith((first) => first === 0)
  expect(key.unwrap(long)).not.toBeNull()
  expect(key.unwrap(respelled(long, -1, ([, ...bytes]) => bytes))).toBeNull()
})

test('every changed byte is noticed', () => {
  const bytes = Buffer.from(sm.wrapKey(randomBytes(16), key.publicKey), 'base64')
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered[at]! ^= 1 << (at % 8)
    expect(key.unwrap(altered.toString('base64'))).toBeNull()
  }
})

test('what is no key of 16 bytes is none', () => {
  const wrap = (length: number): string =>
    Buffer.from(sm2.doEncrypt(randomBytes(length), key.publicKey, 1, { asn1: true }), 'hex').toString(
      'base64',
    )
  expect(key.unwrap(wrap(16))).toHaveLength(16)
  for (const length of [1, 15, 17, 21, 32]) expect(key.unwrap(wrap(length))).toBeNull()
})

/**
 * Whoever may send points beside the curve learns the private key piece by piece from which of them are taken. The
 * library multiplies them without a word, so the sender can work out with it what a careless reader would.
 */
test('a point beside the curve is not multiplied', () => {
  const [x, y] = ['32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7', '01'.repeat(32)]
  interface Point {
    readonly x: bigint
    readonly y: bigint
    multiply(scalar: bigint): Point
  }
  const { fromAffine } = sm2.precomputePublicKey(key.publicKey, 2).constructor as unknown as {
    fromAffine(point: { readonly x: bigint; readonly y: bigint }): Point
  }
  const number = (hex: string): bigint => BigInt(`0x${hex}`)
  const shared = fromAffine({ x: number(x), y: number(y) }).multiply(number(pair.privateKey))
  const [x2, y2] = [shared.x, shared.y].map((value) => value.toString(16).padStart(64, '0'))
  const sm3Hex = (hex: string): string => sm.sm3Hex(Buffer.from(hex, 'hex'))
  const cipher = sm3Hex(`${x2}${y2}00000001`).slice(0, 32)
  const crafted = derCipher(x, y, sm3Hex(`${x2}${'00'.repeat(16)}${y2}`), cipher)
  const careless = Buffer.from(crafted, 'base64').toString('hex')
  expect(sm2.doDecrypt(careless, pair.privateKey, 1, { output: 'array', asn1: true })).toHaveLength(16)
  expect(key.unwrap(crafted)).toBeNull()
})

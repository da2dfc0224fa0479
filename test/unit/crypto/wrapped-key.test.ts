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
  // An integer with a byte that says nothing.
  const long = Buffer.from(`3020${'0221'}${`00${x}`}`, 'hex').toString('base64')
  expect(key.unwrap(long)).toBeNull()
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
 * A point of a curve with another b has a small order; whoever may send such points learns the private key piece by
 * piece from which of them are taken.
 */
test('a point that lies on another curve is not multiplied', () => {
  const onCurve = '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7'
  const beside = '01'.repeat(32)
  const d = BigInt(`0x${pair.privateKey}`)
  const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
  const mod = (value: bigint): bigint => ((value % p) + p) % p
  const power = (base: bigint, exponent: bigint): bigint => {
    let result = 1n
    for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b))
      if (e & 1n) result = mod(result * b)
    return result
  }
  // The formulas of addition do not use b, so the sender can work out what a careless reader would.
  type Point = readonly [bigint, bigint] | null
  const add = (one: Point, two: Point): Point => {
    if (one === null || two === null) return one ?? two
    const [x1, y1] = one
    const [x2, y2] = two
    if (x1 === x2 && mod(y1 + y2) === 0n) return null
    const slope =
      x1 === x2
        ? mod((3n * x1 * x1 - 3n) * power(2n * y1, p - 2n))
        : mod((y2 - y1) * power(mod(x2 - x1), p - 2n))
    const x3 = mod(slope * slope - x1 - x2)
    return [x3, mod(slope * (x1 - x3) - y1)]
  }
  let shared: Point = null
  let step: Point = [BigInt(`0x${onCurve}`), BigInt(`0x${beside}`)]
  for (let e = d; e > 0n; e >>= 1n, step = add(step, step)) if (e & 1n) shared = add(shared, step)
  const hex = (value: bigint): string => value.toString(16).padStart(64, '0')
  const [x2, y2] = [hex(shared![0]), hex(shared![1])]
  const sm3Hex = (text: string): string => sm.sm3Hex(Buffer.from(text, 'hex'))
  const dataKey = '00'.repeat(16)
  const stream = sm3Hex(`${x2}${y2}00000001`).slice(0, 32)
  const crafted = derCipher(onCurve, beside, sm3Hex(`${x2}${dataKey}${y2}`), stream)
  expect(readDerCipher(crafted)).not.toBeNull()
  expect(key.unwrap(crafted)).toBeNull()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDerSignature } from '@engine/crypto/der-signature'
import { readRawSignature } from '@engine/crypto/raw-signature'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { isUserId, MAX_USER_ID_BYTES, signatureEncodings } from '@shared/domain/signature-spelling'
import { utf8Length } from '@shared/kernel/text'
import { derSignature } from '@test/unit/crypto/der-text'

const pairs = Array.from({ length: 5 }, () => sm.generateKeyPair())
const key = fc.constantFrom(...pairs.map(({ privateKey }) => softwareKey(privateKey)))
const message = fc.uint8Array({ maxLength: 300 })
const userId = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter(isUserId)
const spelling = fc.record({ encoding: fc.constantFrom(...signatureEncodings), userId })

function flipped(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  const at = bit % (copy.length * 8)
  copy[at >> 3]! ^= 1 << (at & 7)
  return copy
}

test('what was signed is verified, in its own spelling only', () => {
  fc.assert(
    fc.property(key, message, spelling, spelling, (holder, bytes, own, other) => {
      const signature = holder.sign(bytes, own)
      expect(sm.verify(bytes, signature, holder.publicKey, own)).toBe(true)
      const isSame = own.encoding === other.encoding && own.userId === other.userId
      expect(sm.verify(bytes, signature, holder.publicKey, other)).toBe(isSame)
    }),
    { numRuns: 60 },
  )
})

test('one flipped bit of signature, message, key or user id is never verified', () => {
  fc.assert(
    fc.property(key, message, spelling, fc.nat(), (holder, bytes, own, bit) => {
      const signature = holder.sign(bytes, own)
      const verify = (of: Uint8Array, what: string, by: string, id = own.userId): boolean =>
        sm.verify(of, what, by, { ...own, userId: id })
      expect(
        verify(bytes, flipped(Buffer.from(signature, 'base64'), bit).toString('base64'), holder.publicKey),
      ).toBe(false)
      if (bytes.length > 0) expect(verify(flipped(bytes, bit), signature, holder.publicKey)).toBe(false)
      const altered = flipped(Buffer.from(holder.publicKey, 'hex'), bit).toString('hex')
      expect(verify(bytes, signature, altered)).toBe(false)
      expect(verify(bytes, signature, holder.publicKey, `${own.userId}0`)).toBe(false)
    }),
    { numRuns: 80 },
  )
})

test('one flipped bit of the text of a signature is never verified either', () => {
  fc.assert(
    fc.property(key, message, spelling, fc.nat(), (holder, bytes, own, bit) => {
      const signature = flipped(Buffer.from(holder.sign(bytes, own), 'latin1'), bit).toString('latin1')
      expect(sm.verify(bytes, signature, holder.publicKey, own)).toBe(false)
    }),
    { numRuns: 80 },
  )
})

test('both encodings of a signature are read back as the same r and s', () => {
  const scalar = fc.bigInt({
    min: 1n,
    max: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122n,
  })
  // Short ones too: a padded integer is where the two encodings differ most.
  const any = fc.oneof(
    scalar,
    fc.nat().map((small) => BigInt(small) + 1n),
    scalar.map((big) => (big >> 13n) + 1n),
  )
  fc.assert(
    fc.property(any, any, (r, s) => {
      const hex = [r, s].map((value) => value.toString(16).padStart(64, '0')).join('')
      const der = derSignature(hex).toString('base64')
      const raw = Buffer.from(hex, 'hex').toString('base64')
      expect(readDerSignature(der)).toBe(hex)
      expect(readRawSignature(raw)).toBe(hex)
      expect(readRawSignature(der)).toBeNull()
      expect(readDerSignature(raw)).toBeNull()
    }),
  )
})

test('a raw signature is 64 bytes of canonical base64 with r and s in 1..n-1', () => {
  const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
  const hex = (value: bigint): string => value.toString(16).padStart(64, '0')
  const raw = (text: string): string => Buffer.from(text, 'hex').toString('base64')
  const good = raw(hex(1n) + hex(order - 1n))
  expect(readRawSignature(good)).toBe(hex(1n) + hex(order - 1n))
  const spellings = [
    '',
    good.slice(0, -1),
    good.slice(0, -2),
    `${good}=`,
    `${good}\n`,
    ` ${good}`,
    `${good}AAAA`,
    good.replace(/(.)==$/, (_all, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}==`),
    good.replaceAll('/', '_'),
  ]
  for (const spelling of spellings) expect(readRawSignature(spelling)).toBeNull()
  for (const [r, s] of [
    [0n, 1n],
    [1n, 0n],
    [order, 1n],
    [1n, order],
    [2n ** 256n - 1n, 1n],
  ] as const)
    expect(readRawSignature(raw(hex(r) + hex(s)))).toBeNull()
  for (const bytes of [0, 1, 32, 63, 65, 96, 128])
    expect(readRawSignature(Buffer.alloc(bytes, 1).toString('base64'))).toBeNull()
})

test('a user id has as many bytes as go into sixteen bits of bits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'))
    }),
  )
  expect(isUserId('')).toBe(false)
  expect(isUserId('\ud800')).toBe(false)
  expect(isUserId('x'.repeat(MAX_USER_ID_BYTES))).toBe(true)
  expect(isUserId('x'.repeat(MAX_USER_ID_BYTES + 1))).toBe(false)
  expect(isUserId('萍'.repeat(2_730))).toBe(true)
  expect(isUserId('萍'.repeat(2_731))).toBe(false)
})

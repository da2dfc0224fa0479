/** What every holder of keys must do, whatever it keeps them in. Run by a test file for each provider. */
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { KeyReference, SigningKeyProvider } from '@engine/crypto/signing-key'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { signatureEncodings } from '@shared/domain/signature-spelling'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { FailureError } from '@shared/kernel/failure'
import { opensslHasSm, verifyByOpenssl } from './openssl-judge'

const userIds = ['1234567812345678', '1', '萍乡市交换平台 №7', 'x'.repeat(8_191)]
const spellings: readonly SignatureSpelling[] = signatureEncodings.flatMap((encoding) =>
  userIds.map((userId) => ({ encoding, userId })),
)

export function describeSigningKeys(name: string, keys: SigningKeyProvider): void {
  const reference = keys.create()
  const other = keys.create()
  const key = keys.open(reference)

  describe(name, () => {
    it('makes another key each time and opens it again from what a store can keep', () => {
      expect(reference.publicKey).toMatch(/^04[0-9a-f]{128}$/)
      expect(other.publicKey).not.toBe(reference.publicKey)
      expect(key.publicKey).toBe(reference.publicKey)
      const kept = JSON.parse(JSON.stringify(reference)) as KeyReference
      const again = keys.open(kept)
      expect(sm.verify('一', again.sign('一'), reference.publicKey)).toBe(true)
    })

    it('gives its public key and nothing else to be read', () => {
      expect(Object.keys(key).sort()).toEqual(['publicKey', 'sign', 'unwrap'])
      expect(JSON.stringify(key)).toBe(JSON.stringify({ publicKey: reference.publicKey }))
    })

    it('refuses to open what is not there, and a key that is not the named one', () => {
      for (const wrong of [
        { publicKey: reference.publicKey },
        { ...reference, publicKey: other.publicKey },
      ]) {
        let refused: unknown
        try {
          keys.open(wrong)
        } catch (error) {
          refused = error
        }
        expect(refused).toBeInstanceOf(FailureError)
        expect((refused as FailureError).failure.code).toBe('connection.wrong-key')
      }
    })

    it('signs in every spelling, and in that one only', () => {
      const message = randomBytes(200)
      for (const spelling of spellings) {
        const signature = key.sign(message, spelling)
        for (const one of spellings)
          expect(sm.verify(message, signature, key.publicKey, one)).toBe(one === spelling)
        if (opensslHasSm) expect(verifyByOpenssl(message, signature, key.publicKey, spelling)).toBe(true)
      }
    })

    it('signs in the spelling of the exchange protocol when none is named, text as UTF-8, never the same twice', () => {
      for (const text of ['', '0', '萍乡\n', 'a'.repeat(70_000)]) {
        const signature = key.sign(text)
        expect(sm.verify(Buffer.from(text, 'utf8'), signature, key.publicKey)).toBe(true)
        expect(key.sign(text)).not.toBe(signature)
      }
    })

    it('unwraps what was wrapped for it, and nothing else', () => {
      const dataKey = randomBytes(16)
      const wrapped = sm.wrapKey(dataKey, key.publicKey)
      expect(Buffer.from(key.unwrap(wrapped)!)).toEqual(dataKey)
      expect(keys.open(other).unwrap(wrapped)).toBeNull()
      const altered = Buffer.from(wrapped, 'base64')
      altered[altered.length - 1]! ^= 1
      for (const wrong of [altered.toString('base64'), '', '?', wrapped.slice(4), sm.sm3Hex('x')])
        expect(key.unwrap(wrong)).toBeNull()
    })
  })
}

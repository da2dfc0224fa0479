/** Ten thousand random values through our algorithms and OpenSSL's; `unit/crypto` takes a small slice of the same. */
import { randomBytes, randomInt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import {
  encryptByOpenssl,
  opensslHasSm,
  signByOpenssl,
  sm3ByOpenssl,
  verifyByOpenssl,
} from '@test/unit/crypto/openssl-judge'

const KEYS = 250
const SIGNATURES = 2_000
const TEXTS = 3_000

const pairs = Array.from({ length: KEYS }, () => sm.generateKeyPair())
const userIds = ['1234567812345678', 'a', '萍乡市公共信用信息平台', 'ALICE123@YAHOO.COM', '𠮷'.repeat(2_047)]

/** Mostly short, sometimes long; every length up to some blocks comes. */
const someBytes = (round: number): Buffer =>
  randomBytes(round % 50 === 0 ? randomInt(1_000, 100_000) : round % 400)
const spellingOf = (round: number): SignatureSpelling => ({
  encoding: round % 2 === 0 ? 'der' : 'raw',
  userId: userIds[round % userIds.length]!,
})

describe.runIf(opensslHasSm)('our algorithms beside those of OpenSSL', () => {
  it(`SM2: ${SIGNATURES} signatures of ours are verified by OpenSSL, and none of them for another message`, () => {
    for (let round = 0; round < SIGNATURES; round++) {
      const { privateKey, publicKey } = pairs[Math.floor(round / 10) % KEYS]!
      const message = someBytes(round)
      const spelling = spellingOf(round)
      const signature = softwareKey(privateKey).sign(message, spelling)
      expect(verifyByOpenssl(message, signature, publicKey, spelling)).toBe(true)
      if (round % 10 === 0)
        expect(verifyByOpenssl(Buffer.concat([message, Buffer.of(0)]), signature, publicKey, spelling)).toBe(
          false,
        )
    }
  })

  it(`SM2: ${SIGNATURES} signatures of OpenSSL are verified by us, and none of them for another message`, () => {
    for (let round = 0; round < SIGNATURES; round++) {
      const pair = pairs[Math.floor(round / 10) % KEYS]!
      const message = someBytes(round)
      const spelling = spellingOf(round)
      const signature = signByOpenssl(message, pair, spelling)
      expect(sm.verify(message, signature, pair.publicKey, spelling)).toBe(true)
      if (round % 10 === 0)
        expect(sm.verify(Buffer.concat([message, Buffer.of(0)]), signature, pair.publicKey, spelling)).toBe(
          false,
        )
    }
  })

  it(`SM3: ${TEXTS} digests are the same`, () => {
    for (let round = 0; round < TEXTS; round++) {
      const data = someBytes(round)
      expect(sm.sm3Hex(data)).toBe(sm3ByOpenssl(data))
    }
  })

  it(`SM4: ${TEXTS} cipher texts are the same and come back`, () => {
    for (let round = 0; round < TEXTS; round++) {
      const [key, iv] = [randomBytes(16), randomBytes(16)]
      const data = someBytes(round)
      const theirs = encryptByOpenssl(data, key, iv)
      expect(Buffer.from(sm.encrypt(data, key, iv)).equals(theirs)).toBe(true)
      expect(Buffer.from(sm.decrypt(theirs, key, iv)!).equals(data)).toBe(true)
    }
  })
})

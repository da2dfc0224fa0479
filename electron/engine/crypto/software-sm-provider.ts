import { sm2, sm3 } from 'sm-crypto-v2'
import { readDerSignature, SM2_ORDER } from './der-signature'
import type { SmProvider } from './sm-provider'

/** The default user id of GM/T 0009, which the exchange protocol prescribes. */
const USER_ID = '1234567812345678'
const PRIVATE_KEY = /^[0-9a-fA-F]{64}$/
const PUBLIC_KEY = /^04[0-9a-fA-F]{128}$/

const bytesOf = (data: string | Uint8Array): Uint8Array =>
  typeof data === 'string' ? Buffer.from(data, 'utf8') : data

function assertPrivateKey(privateKey: string): void {
  // n-1 is excluded too: signing divides by 1 + d.
  const scalar = PRIVATE_KEY.test(privateKey) ? BigInt(`0x${privateKey}`) : 0n
  if (scalar < 1n || scalar >= SM2_ORDER - 1n) throw new RangeError('not an SM2 private key')
}

/** SM2 and SM3 in software, independent of the OpenSSL that the runtime was built with. */
export const softwareSmProvider: SmProvider = {
  generateKeyPair: () => sm2.generateKeyPairHex(),

  publicKeyOf(privateKey) {
    assertPrivateKey(privateKey)
    return sm2.getPublicKeyFromPrivateKey(privateKey)
  },

  sign(message, privateKey) {
    assertPrivateKey(privateKey)
    const hex = sm2.doSignature(bytesOf(message), privateKey, { der: true, hash: true, userId: USER_ID })
    return Buffer.from(hex, 'hex').toString('base64')
  },

  verify(message, signatureBase64, publicKey) {
    const signature = readDerSignature(signatureBase64)
    if (signature === null || !PUBLIC_KEY.test(publicKey)) return false
    try {
      return sm2.doVerifySignature(bytesOf(message), signature, publicKey, { hash: true, userId: USER_ID })
    } catch {
      // The library throws when the key is not a point of the curve.
      return false
    }
  },

  sm3Hex: (data) => sm3(bytesOf(data)),
}

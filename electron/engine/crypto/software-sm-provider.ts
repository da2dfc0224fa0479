import { sm2, sm3, sm4 } from 'sm-crypto-v2'
import { readDerSignature, SM2_ORDER } from './der-signature'
import { SM4_BLOCK_BYTES } from './sm-provider'
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

/** Keys of one platform or of the few desks of a practice platform; more would only cost memory. */
const REMEMBERED_KEYS = 8

/** Remembers what is made of the keys that come again and again. */
function remembering<Made>(make: (key: string) => Made): (key: string) => Made {
  const known = new Map<string, Made>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(key)
    if (known.size >= REMEMBERED_KEYS) known.clear()
    known.set(key, made)
    return made
  }
}

/** A point with its table of multiples: verifying is five times faster with it than from the bare key. */
const pointOf = remembering((publicKey) => sm2.precomputePublicKey(publicKey, 4))
/** Signing hashes the signer's public key too, and would compute it every time. */
const publicKeyOf = remembering((privateKey) => sm2.getPublicKeyFromPrivateKey(privateKey))

/** C1C3C2 in DER, as GM/T 0009 spells an SM2 cipher text. */
const CIPHER_MODE = 1

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** SM2, SM3 and SM4 in software, independent of the OpenSSL that the runtime was built with. */
export const softwareSmProvider: SmProvider = {
  generateKeyPair: () => sm2.generateKeyPairHex(),

  publicKeyOf(privateKey) {
    assertPrivateKey(privateKey)
    return sm2.getPublicKeyFromPrivateKey(privateKey)
  },

  sign(message, privateKey) {
    assertPrivateKey(privateKey)
    const hex = sm2.doSignature(bytesOf(message), privateKey, {
      ...{ der: true, hash: true, userId: USER_ID },
      publicKey: publicKeyOf(privateKey),
    })
    return Buffer.from(hex, 'hex').toString('base64')
  },

  verify(message, signatureBase64, publicKey) {
    const signature = readDerSignature(signatureBase64)
    if (signature === null || !PUBLIC_KEY.test(publicKey)) return false
    try {
      return sm2.doVerifySignature(bytesOf(message), signature, pointOf(publicKey), {
        hash: true,
        userId: USER_ID,
      })
    } catch {
      // The library throws when the key is not a point of the curve.
      return false
    }
  },

  sm3Hex: (data) => sm3(bytesOf(data)),

  wrapKey: (dataKey, publicKey) =>
    Buffer.from(sm2.doEncrypt(dataKey, publicKey, CIPHER_MODE, { asn1: true }), 'hex').toString('base64'),

  unwrapKey(wrapped, privateKey) {
    const hex = Buffer.from(wrapped, 'base64').toString('hex')
    try {
      const key = sm2.doDecrypt(hex, privateKey, CIPHER_MODE, { output: 'array', asn1: true })
      return key.length === SM4_BLOCK_BYTES ? key : null
    } catch {
      // The library throws at points that are not on the curve and at broken DER.
      return null
    }
  },

  encrypt: (data, dataKey, iv) =>
    sm4.encrypt(data, hexOf(dataKey), { mode: 'cbc', iv: hexOf(iv), output: 'array' }),

  decrypt(data, dataKey, iv) {
    if (data.length === 0 || data.length % SM4_BLOCK_BYTES !== 0) return null
    try {
      return sm4.decrypt(data, hexOf(dataKey), { mode: 'cbc', iv: hexOf(iv), output: 'array' })
    } catch {
      // The library throws when the padding is none.
      return null
    }
  },
}

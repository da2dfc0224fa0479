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

/** SM2 and SM3 in software, independent of the OpenSSL that the runtime was built with. */
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
}

import { sm2 } from 'sm-crypto-v2'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import { refuse } from '@shared/kernel/failure'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import { readDerCipher } from './der-cipher'
import { SM2_ORDER } from './der-signature'
import { remembering } from './remembering'
import type { SigningKey, SigningKeyProvider } from './signing-key'
import { SM4_BLOCK_BYTES } from './sm-provider'

const PRIVATE_KEY = /^[0-9a-f]{64}$/
/** C1C3C2, as GM/T 0009 orders an SM2 cipher text. */
const CIPHER_MODE = 1

/** Signing hashes the signer's public key too, and opening a key again would compute it again. */
const publicKeyOf = remembering((privateKey) => sm2.getPublicKeyFromPrivateKey(privateKey))

function checkedPrivateKey(text: string): string {
  const privateKey = text.toLowerCase()
  // n-1 is excluded too: signing divides by 1 + d.
  const scalar = PRIVATE_KEY.test(privateKey) ? BigInt(`0x${privateKey}`) : 0n
  if (scalar < 1n || scalar >= SM2_ORDER - 1n) throw new RangeError('not an SM2 private key')
  return privateKey
}

/** The plain bytes of an SM2 cipher text in DER, base64; null when it is none for this key. Never throws. */
export function decryptSm2(base64: string, privateKey: string): Uint8Array | null {
  const read = readDerCipher(base64)
  if (read === null) return null
  try {
    // Given as C1C3C2 and not as DER, for only then does the library check that the point lies on the curve.
    const plain = sm2.doDecrypt(read.point + read.digest + read.cipher, privateKey, CIPHER_MODE, {
      output: 'array',
    })
    return plain.length === read.cipher.length / 2 ? plain : null
  } catch {
    // The library throws at points that are not on the curve.
    return null
  }
}

/** A holder of a private key of 64 hex digits. Throws a `RangeError` when that is not a valid SM2 scalar. */
export function softwareKey(privateKeyHex: string): SigningKey {
  const privateKey = checkedPrivateKey(privateKeyHex)
  const publicKey = publicKeyOf(privateKey)
  return {
    publicKey,
    sign(message, { encoding, userId } = defaultSpelling) {
      const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : message
      const hex = sm2.doSignature(bytes, privateKey, {
        ...{ der: encoding === 'der', hash: true, userId },
        publicKey,
      })
      return Buffer.from(hex, 'hex').toString('base64')
    },
    unwrap(wrapped) {
      const dataKey = decryptSm2(wrapped, privateKey)
      return dataKey?.length === SM4_BLOCK_BYTES ? dataKey : null
    },
  }
}

/** Keys that lie in the desk's own encrypted store: the reference holds the key itself, as `privateKey`. */
export const softwareKeys: SigningKeyProvider = {
  create: () => ({ ...sm2.generateKeyPairHex() }),
  open(reference) {
    const { privateKey } = reference
    const key = privateKey === undefined ? null : softwareKey(privateKey)
    return key?.publicKey === reference.publicKey
      ? key
      : refuse('connection.wrong-key', { detail: connectionDetails.deskKey })
  },
}

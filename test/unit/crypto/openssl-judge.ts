import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  getCurves,
  getHashes,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { SmKeyPair } from '@engine/crypto/sm-provider'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import { derSignature, rawOfDer } from './der-text'

/** True where the running Node was built with the national algorithms. */
export const opensslHasSm = getHashes().includes('sm3') && getCurves().includes('SM2')

/** a, b, Gx, Gy of the curve of GM/T 0003.5-2012. */
const CURVE =
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
  '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
  '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
  'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0'

/** SM3 by OpenSSL. */
export const sm3ByOpenssl = (data: Uint8Array): string => createHash('sm3').update(data).digest('hex')

/** The bytes that precede a message: SM3 of the user's identity and key (GM/T 0003.2, 5.5). */
function identityDigest(publicKey: string, userId: string): Buffer {
  const identity = Buffer.from(userId, 'utf8')
  const bitLength = Buffer.alloc(2)
  bitLength.writeUInt16BE(identity.length * 8)
  return createHash('sm3')
    .update(Buffer.concat([bitLength, identity, Buffer.from(CURVE + publicKey.slice(2), 'hex')]))
    .digest()
}

/** The private key as OpenSSL reads it. */
export const opensslPrivateKey = ({ privateKey, publicKey }: SmKeyPair): KeyObject => {
  const sec1 = `30770201010420${privateKey}a00a06082a811ccf5501822da144034200${publicKey}`
  return createPrivateKey({ key: Buffer.from(sec1, 'hex'), format: 'der', type: 'sec1' })
}

/** The public key as OpenSSL reads it. */
export const opensslPublicKey = (publicKey: string): KeyObject => {
  const spki = `3059301306072a8648ce3d020106082a811ccf5501822d034200${publicKey}`
  return createPublicKey({ key: Buffer.from(spki, 'hex'), format: 'der', type: 'spki' })
}

/** SM2 signature by OpenSSL, base64. */
export function signByOpenssl(message: Uint8Array, pair: SmKeyPair, spelling = defaultSpelling): string {
  const signing = createSign('sm3').update(identityDigest(pair.publicKey, spelling.userId))
  const der = signing.update(message).sign(opensslPrivateKey(pair))
  // OpenSSL writes SM2 signatures in DER only.
  return (spelling.encoding === 'der' ? der : Buffer.from(rawOfDer(der), 'hex')).toString('base64')
}

/** SM2 verification by OpenSSL. */
export function verifyByOpenssl(
  message: Uint8Array,
  signature: string,
  publicKey: string,
  spelling = defaultSpelling,
): boolean {
  const bytes = Buffer.from(signature, 'base64')
  const der = spelling.encoding === 'der' ? bytes : derSignature(bytes.toString('hex'))
  return createVerify('sm3')
    .update(identityDigest(publicKey, spelling.userId))
    .update(message)
    .verify(opensslPublicKey(publicKey), der)
}

/** SM4 in CBC mode with PKCS#7 padding by OpenSSL. */
export function encryptByOpenssl(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Buffer {
  const cipher = createCipheriv('sm4-cbc', key, iv)
  return Buffer.concat([cipher.update(data), cipher.final()])
}

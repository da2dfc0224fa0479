import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  getCurves,
  getHashes,
} from 'node:crypto'

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
function identityDigest(publicKey: string): Buffer {
  const userId = Buffer.from('1234567812345678')
  const bitLength = Buffer.from([0, userId.length * 8])
  return createHash('sm3')
    .update(Buffer.concat([bitLength, userId, Buffer.from(CURVE + publicKey.slice(2), 'hex')]))
    .digest()
}

/** SM2 signature by OpenSSL, base64 DER. */
export function signByOpenssl(message: Uint8Array, privateKey: string, publicKey: string): string {
  const sec1 = `30770201010420${privateKey}a00a06082a811ccf5501822da144034200${publicKey}`
  const key = createPrivateKey({ key: Buffer.from(sec1, 'hex'), format: 'der', type: 'sec1' })
  return createSign('sm3').update(identityDigest(publicKey)).update(message).sign(key, 'base64')
}

/** SM2 verification by OpenSSL. */
export function verifyByOpenssl(message: Uint8Array, signature: string, publicKey: string): boolean {
  const spki = `3059301306072a8648ce3d020106082a811ccf5501822d034200${publicKey}`
  const key = createPublicKey({ key: Buffer.from(spki, 'hex'), format: 'der', type: 'spki' })
  return createVerify('sm3')
    .update(identityDigest(publicKey))
    .update(message)
    .verify(key, signature, 'base64')
}

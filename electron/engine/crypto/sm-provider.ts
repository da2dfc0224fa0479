/** An SM2 key pair in the spelling of the exchange protocol, lower-case hex. */
export interface SmKeyPair {
  /** 64 hex digits. */
  readonly privateKey: string
  /** 130 hex digits, an uncompressed point, starting `04`. */
  readonly publicKey: string
}

/**
 * The port to the national algorithms (GM/T 0003 SM2, GM/T 0004 SM3). Implementations may be software or a hardware
 * module; they must agree byte for byte. Text is signed and hashed as its UTF-8 bytes.
 */
export interface SmProvider {
  /** A fresh key pair from the system's random source. */
  generateKeyPair(): SmKeyPair
  /** The public key of a private key; throws a `RangeError` when the private key is not a valid SM2 scalar. */
  publicKeyOf(privateKey: string): string
  /** SM2-with-SM3 signature under the default user id, DER, base64. Throws a `RangeError` on an invalid key. */
  sign(message: string | Uint8Array, privateKey: string): string
  /**
   * True when the signature is genuine. Never throws: a malformed key, base64 that is not canonical, DER with extra
   * bytes or non-minimal integers, and r or s outside 1..n-1 are all simply not genuine.
   */
  verify(message: string | Uint8Array, signatureBase64: string, publicKey: string): boolean
  /** SM3 digest, 64 lower-case hex digits. */
  sm3Hex(data: string | Uint8Array): string
}

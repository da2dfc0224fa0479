/** An SM2 key pair in the spelling of the exchange protocol, lower-case hex. */
export interface SmKeyPair {
  /** 64 hex digits. */
  readonly privateKey: string
  /** 130 hex digits, an uncompressed point, starting `04`. */
  readonly publicKey: string
}

/**
 * The port to the national algorithms (GM/T 0003 SM2, GM/T 0004 SM3, GM/T 0002 SM4). Implementations may be software or a hardware
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
  /** A data key encrypted for the holder of a public key: SM2 in the form of GM/T 0009 (DER, C1C3C2), base64. */
  wrapKey(dataKey: Uint8Array, publicKey: string): string
  /** The data key, or null when it was not wrapped for this private key or was altered. Never throws. */
  unwrapKey(wrapped: string, privateKey: string): Uint8Array | null
  /** SM4 in CBC mode with PKCS#7 padding; key and initial vector are 16 bytes. */
  encrypt(data: Uint8Array, dataKey: Uint8Array, iv: Uint8Array): Uint8Array
  /** The plain bytes, or null when key, length or padding do not fit. Says nothing about who wrote them. */
  decrypt(data: Uint8Array, dataKey: Uint8Array, iv: Uint8Array): Uint8Array | null
}

/** Bytes of an SM4 key, an initial vector and a block. */
export const SM4_BLOCK_BYTES = 16

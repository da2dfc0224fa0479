import type { SignatureSpelling } from '@shared/domain/signature-spelling'

/** An SM2 key pair in the spelling of the exchange protocol, lower-case hex. */
export interface SmKeyPair {
  /** 64 hex digits. */
  readonly privateKey: string
  /** 130 hex digits, an uncompressed point, starting `04`. */
  readonly publicKey: string
}

/**
 * The port to the national algorithms (GM/T 0003 SM2, GM/T 0004 SM3, GM/T 0002 SM4) as far as they need no private key; what does
 * is asked of a `SigningKey`. Implementations must agree byte for byte. Text is signed and hashed as its UTF-8 bytes.
 */
export interface SmProvider {
  /** A fresh key pair from the system's random source, for those who keep keys in software. */
  generateKeyPair(): SmKeyPair
  /**
   * True when the signature is genuine and written in the given spelling, by default that of the exchange protocol.
   * Never throws: a malformed key, base64 that is not canonical, DER with extra bytes or non-minimal integers, raw
   * signatures of any but 64 bytes, and r or s outside 1..n-1 are all simply not genuine.
   */
  verify(
    message: string | Uint8Array,
    signatureBase64: string,
    publicKey: string,
    spelling?: SignatureSpelling,
  ): boolean
  /** SM3 digest, 64 lower-case hex digits. */
  sm3Hex(data: string | Uint8Array): string
  /** A data key encrypted for the holder of a public key: SM2 in the form of GM/T 0009 (DER, C1C3C2), base64. */
  wrapKey(dataKey: Uint8Array, publicKey: string): string
  /** SM4 in CBC mode with PKCS#7 padding; key and initial vector are 16 bytes. */
  encrypt(data: Uint8Array, dataKey: Uint8Array, iv: Uint8Array): Uint8Array
  /** The plain bytes, or null when key, length or padding do not fit. Says nothing about who wrote them. */
  decrypt(data: Uint8Array, dataKey: Uint8Array, iv: Uint8Array): Uint8Array | null
}

/** Bytes of an SM4 key, an initial vector and a block. */
export const SM4_BLOCK_BYTES = 16

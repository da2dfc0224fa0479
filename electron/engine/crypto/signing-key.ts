import type { SignatureSpelling } from '@shared/domain/signature-spelling'

/**
 * An SM2 private key in somebody's keeping. Whoever signs or reads what was encrypted for the desk asks the holder;
 * the key itself never comes out, so that it may as well lie in a chip.
 *
 * Calls answer at once, as those of key drivers do. A holder that cannot answer, because a USB key was pulled out or its
 * PIN is locked, throws a `FailureError` `connection.wrong-key` that says what to do: submission then stops until
 * somebody has seen to it, and nothing counts as an attempt.
 */
export interface SigningKey {
  /** 130 hex digits, an uncompressed point, starting `04`, lower case. */
  readonly publicKey: string
  /**
   * SM2-with-SM3 signature over text (its UTF-8 bytes) or bytes, base64. The spelling is the default of the exchange
   * protocol unless one is given.
   */
  sign(message: string | Uint8Array, spelling?: SignatureSpelling): string
  /**
   * A data key of 16 bytes that was wrapped for this key (`SmProvider.wrapKey`); null when it was wrapped for another
   * one, was altered, or is written in another way than the canonical DER of GM/T 0009.
   */
  unwrap(wrapped: string): Uint8Array | null
}

/**
 * Where a key is: what the desk's store keeps instead of the key. `publicKey` is always there; what else there is only
 * its provider knows (the software holder: the key itself; a USB key: its serial number and container).
 */
export interface KeyReference {
  readonly publicKey: string
  readonly [more: string]: string
}

/**
 * Makes and opens keys of one kind. The one in the product is `softwareKeys`.
 *
 * A USB key comes in as another one of these, given to the engine as `EnginePorts.keys`. It has to load the maker's
 * driver (SKF, GM/T 0016), find the device (`SKF_EnumDev`, `SKF_ConnectDev`), open application and container, and ask
 * for the PIN outside the engine (`SKF_VerifyPIN`). `sign` is SM3 over the identity's digest and the message (GM/T
 * 0009, 8), then `SKF_ECCSignData` on those 32 bytes, whose r and s come as fields of 64 bytes, written in the given
 * spelling; `unwrap` is the private-key decryption of an `ECCCIPHERBLOB` made of the DER members. It must pass
 * `test/unit/crypto/signing-key-contract.ts`.
 */
export interface SigningKeyProvider {
  /** Makes a fresh key pair and says where it is. */
  create(): KeyReference
  /** The key at a place; refuses `connection.wrong-key` when it is not there or not the one of that public key. */
  open(reference: KeyReference): SigningKey
}

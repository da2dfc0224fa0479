import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import { sha256Hex } from '@engine/crypto/digest'
import { randomHex } from '@engine/crypto/random'
import { SM4_BLOCK_BYTES } from '@engine/crypto/sm-provider'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { SmProvider } from '@engine/crypto/sm-provider'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { MANIFEST_NAME, SIGNATURE_NAME } from './envelope-manifest'
import type { EnvelopeFormat } from './envelope-manifest'
import { writeStoredZip } from './stored-zip'
import type { ZipMember } from './stored-zip'

export interface EnvelopeContent {
  readonly format: EnvelopeFormat
  readonly madeAt: string
  readonly head: Readonly<Record<string, Json>>
  /** In the clear; each is encrypted under its name. */
  readonly members: readonly ZipMember[]
}

const freshBytes = (): Uint8Array => Buffer.from(randomHex(SM4_BLOCK_BYTES), 'hex')

/**
 * Encrypts every member for the holder of a public key and signs the whole. Keys and vectors are fresh, so the same
 * content comes out different each time: whoever needs the same bytes again keeps them.
 */
export async function sealEnvelope(
  content: EnvelopeContent,
  keys: {
    readonly sender: SigningKey
    readonly recipientPublicKey: string
    /** As sender and reader have agreed; default: that of the exchange protocol. */
    readonly spelling?: SignatureSpelling
  },
  sm: SmProvider,
): Promise<Buffer> {
  const dataKey = freshBytes()
  const sealed = content.members.map(({ name, bytes }) => {
    const iv = freshBytes()
    const cipher = sm.encrypt(bytes, dataKey, iv)
    const entry = {
      name,
      iv: Buffer.from(iv).toString('hex'),
      bytes: cipher.length,
      sha256: sha256Hex(cipher),
    }
    return { entry, cipher }
  })
  const manifest = canonicalJson({
    format: content.format,
    version: 1,
    madeAt: content.madeAt,
    sender: sm.sm3Hex(keys.sender.publicKey),
    recipient: sm.sm3Hex(keys.recipientPublicKey),
    cipher: 'SM4-CBC',
    dataKey: sm.wrapKey(dataKey, keys.recipientPublicKey),
    members: sealed.map(({ entry }) => entry),
    head: content.head,
  })
  const signature = keys.sender.sign(manifest, keys.spelling)
  return writeStoredZip(
    [
      { name: MANIFEST_NAME, bytes: Buffer.from(manifest, 'utf8') },
      { name: SIGNATURE_NAME, bytes: Buffer.from(signature, 'ascii') },
      ...sealed.map(({ entry, cipher }) => ({ name: entry.name, bytes: cipher })),
    ],
    content.madeAt,
  )
}

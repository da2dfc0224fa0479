import type { Json } from '@shared/kernel/canonical-json'
import { PACKAGE_FORMAT, type PackPackage } from '@shared/standard/pack-package'
import { canonicalSha256 } from '@engine/crypto/digest'
import { signDocument } from '@engine/crypto/document-signature'
import type { SigningKey } from '@engine/crypto/signing-key'

/** A package ready to be handed out. */
export interface IssuedPackage {
  readonly id: string
  readonly version: string
  /** SHA-256 of the canonical text of what is signed. */
  readonly sha256: string
  /** The whole document, UTF-8 JSON. */
  readonly text: string
}

/** What the signer says of a pack. */
export type PackageStatement = Pick<PackPackage, 'region' | 'supersedes' | 'changes'>

/**
 * Wraps a raw pack (the parts of its folder, `readPack`) and signs it. The pack is not judged here: whoever issues it
 * loads it first.
 */
export function issuePackage(pack: object, statement: PackageStatement, key: SigningKey): IssuedPackage {
  const { id, version } = pack as { readonly id: string; readonly version: string }
  const document = { format: PACKAGE_FORMAT, id, version, ...statement, pack } as unknown as Json
  const signature = signDocument(key, document)
  const text = JSON.stringify({ package: document, signature })
  return { id, version, sha256: canonicalSha256(document), text }
}

import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import type { SigningKey } from './signing-key'
import type { SmProvider } from './sm-provider'

/**
 * Signs the canonical JSON of a document. Receipts go by the spelling of their platform; standards, calendars, updates
 * and proofs keep the default, so that everybody can check them.
 */
export function signDocument(key: SigningKey, document: Json, spelling?: SignatureSpelling): string {
  return key.sign(canonicalJson(document), spelling)
}

/** True when the signature is over the canonical JSON of exactly this document. Never throws on any parsed JSON. */
export function verifyDocument(
  provider: SmProvider,
  document: Json,
  signatureBase64: string,
  publicKey: string,
  spelling?: SignatureSpelling,
): boolean {
  let text: string
  try {
    text = canonicalJson(document)
  } catch (error) {
    // A hostile document can be nested deeper than the call stack.
    if (error instanceof RangeError) return false
    throw error
  }
  return provider.verify(text, signatureBase64, publicKey, spelling)
}

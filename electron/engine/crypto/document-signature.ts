import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import type { SmProvider } from './sm-provider'

/** Signs the canonical JSON of a document (receipts, standard and calendar packages). */
export function signDocument(provider: SmProvider, document: Json, privateKey: string): string {
  return provider.sign(canonicalJson(document), privateKey)
}

/** True when the signature is over the canonical JSON of exactly this document. Never throws on any parsed JSON. */
export function verifyDocument(
  provider: SmProvider,
  document: Json,
  signatureBase64: string,
  publicKey: string,
): boolean {
  let text: string
  try {
    text = canonicalJson(document)
  } catch (error) {
    // A hostile document can be nested deeper than the call stack.
    if (error instanceof RangeError) return false
    throw error
  }
  return provider.verify(text, signatureBase64, publicKey)
}

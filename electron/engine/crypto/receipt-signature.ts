import type { Receipt, SignedReceipt } from '@shared/domain/exchange'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { Json } from '@shared/kernel/canonical-json'
import { signDocument, verifyDocument } from './document-signature'
import type { SigningKey } from './signing-key'
import type { SmProvider } from './sm-provider'

/** Wraps a receipt (protocol section 4) with the platform's signature over its canonical JSON. */
export function signReceipt(
  platformKey: SigningKey,
  receipt: Receipt,
  spelling?: SignatureSpelling,
): SignedReceipt {
  return { receipt, signature: signDocument(platformKey, receipt as unknown as Json, spelling) }
}

/**
 * True when the platform signed the receipt as it stands, members that we do not know included. Batch id, manifest
 * hash and items hash are for the caller to compare. Never throws.
 */
export function verifyReceipt(
  provider: SmProvider,
  signed: SignedReceipt,
  platformPublicKey: string,
  spelling?: SignatureSpelling,
): boolean {
  const { receipt, signature } = signed
  return verifyDocument(provider, receipt as unknown as Json, signature, platformPublicKey, spelling)
}

import type { Receipt, SignedReceipt } from '@shared/domain/exchange'
import type { Json } from '@shared/kernel/canonical-json'
import { signDocument, verifyDocument } from './document-signature'
import type { SmProvider } from './sm-provider'

/** Wraps a receipt (protocol section 4) with the platform's signature over its canonical JSON. */
export function signReceipt(
  provider: SmProvider,
  receipt: Receipt,
  platformPrivateKey: string,
): SignedReceipt {
  return { receipt, signature: signDocument(provider, receipt as unknown as Json, platformPrivateKey) }
}

/**
 * True when the platform signed the receipt as it stands, members that we do not know included. Batch id, manifest
 * hash and items hash are for the caller to compare. Never throws.
 */
export function verifyReceipt(
  provider: SmProvider,
  signed: SignedReceipt,
  platformPublicKey: string,
): boolean {
  return verifyDocument(provider, signed.receipt as unknown as Json, signed.signature, platformPublicKey)
}

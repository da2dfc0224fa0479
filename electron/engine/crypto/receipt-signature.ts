import type { Json } from '@shared/kernel/canonical-json'
import { signDocument, verifyDocument } from './document-signature'
import type { SmProvider } from './sm-provider'

/** The receipt of protocol section 4 as it travels: the document and the platform's signature over it. */
export interface SignedReceipt<Receipt> {
  readonly receipt: Receipt
  /** Base64 DER over the canonical JSON of `receipt`. */
  readonly signature: string
}

/** Wraps a receipt with the platform's signature. */
export function signReceipt<Receipt extends Json>(
  provider: SmProvider,
  receipt: Receipt,
  platformPrivateKey: string,
): SignedReceipt<Receipt> {
  return { receipt, signature: signDocument(provider, receipt, platformPrivateKey) }
}

/** True when the receipt was signed by the platform as it stands; batch id, manifest and items are checked elsewhere. */
export function verifyReceipt(
  provider: SmProvider,
  signed: SignedReceipt<Json>,
  platformPublicKey: string,
): boolean {
  return verifyDocument(provider, signed.receipt, signed.signature, platformPublicKey)
}

import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { SigningKey } from './signing-key'
import type { SmProvider } from './sm-provider'

/** The headers of protocol section 1, in the spelling that is sent. */
export const requestHeaders = {
  clientId: 'X-Client-Id',
  timestamp: 'X-Timestamp',
  nonce: 'X-Nonce',
  contentSm3: 'X-Content-SM3',
  signature: 'X-Signature',
} as const

/** What of a request is signed. */
export interface SignedRequest {
  /** Upper case. */
  readonly method: string
  /** The full path with its query, exactly as on the request line, e.g. `/api/v1/feed?cursor=&limit=200`. */
  readonly target: string
  /** RFC 3339 instant. */
  readonly timestamp: string
  /** 32 hex digits, new at every attempt. */
  readonly nonce: string
  /** SM3 of the body as sent, see `contentSm3`. */
  readonly contentSm3: string
}

/** SM3 of a request body as sent (after compression); of the empty string where there is no body. */
export function contentSm3(provider: SmProvider, body: string | Uint8Array | null): string {
  return provider.sm3Hex(body ?? '')
}

/** The text under the signature: five lines joined by single line feeds, no line feed at the end. */
export function requestText(request: SignedRequest): string {
  return [request.method, request.target, request.timestamp, request.nonce, request.contentSm3].join('\n')
}

/** Who signs, and the values that are new at every attempt. */
export interface RequestSigner {
  readonly clientId: string
  readonly key: SigningKey
  readonly spelling?: SignatureSpelling | undefined
  readonly timestamp: string
  readonly nonce: string
}

/** The five headers for one attempt at a request. Throws what the holder of the key throws. */
export function signRequest(
  provider: SmProvider,
  request: { readonly method: string; readonly target: string; readonly body: string | Uint8Array | null },
  signer: RequestSigner,
): Record<string, string> {
  const digest = contentSm3(provider, request.body)
  const text = requestText({
    method: request.method,
    target: request.target,
    timestamp: signer.timestamp,
    nonce: signer.nonce,
    contentSm3: digest,
  })
  return {
    [requestHeaders.clientId]: signer.clientId,
    [requestHeaders.timestamp]: signer.timestamp,
    [requestHeaders.nonce]: signer.nonce,
    [requestHeaders.contentSm3]: digest,
    [requestHeaders.signature]: signer.key.sign(text, signer.spelling),
  }
}

/** True when the signature covers exactly this request. Never throws. */
export function verifyRequest(
  provider: SmProvider,
  request: SignedRequest,
  signatureBase64: string,
  publicKey: string,
  spelling?: SignatureSpelling,
): boolean {
  return provider.verify(requestText(request), signatureBase64, publicKey, spelling)
}

/** The error codes of the practice platform; the envelope is that of protocol section 6. */
export type ProtocolErrorCode =
  | 'signature_missing'
  | 'signature_invalid'
  | 'unknown_client'
  | 'clock_skew'
  | 'nonce_replayed'
  | 'digest_mismatch'
  | 'bureau_refused'
  | 'malformed_request'
  | 'not_found'
  | 'unsupported_media'
  | 'too_large'
  | 'manifest_invalid'
  | 'manifest_conflict'
  | 'standard_refused'
  | 'part_mismatch'
  | 'item_invalid'
  | 'parts_missing'
  | 'package_refused'
  | 'still_processing'
  | 'client_conflict'
  | 'record_not_held'
  | 'too_many_requests'
  | 'unavailable'
  | 'host_refused'
  | 'internal'

/** A refusal of a request. Details never hold field values. */
export class ProtocolError extends Error {
  constructor(
    readonly status: number,
    readonly code: ProtocolErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'ProtocolError'
  }

  /** The body of the answer. */
  envelope(): {
    readonly error: { readonly code: string; readonly message: string; readonly details: object }
  } {
    return { error: { code: this.code, message: this.message, details: this.details } }
  }
}

import type { Json } from '@shared/kernel/canonical-json'
import { canonicalSha256 } from './digest'

/** The `manifestSha256` of a batch manifest: SHA-256 of its canonical JSON without that member. */
export function manifestSha256(manifest: { readonly [member: string]: Json | undefined }): string {
  return canonicalSha256({ ...manifest, manifestSha256: undefined })
}

import type { Manifest } from '@shared/domain/exchange'
import type { Json } from '@shared/kernel/canonical-json'
import { canonicalSha256 } from './digest'

/** The `manifestSha256` of a batch manifest: SHA-256 of its canonical JSON without that member. */
export function manifestSha256(manifest: Omit<Manifest, 'manifestSha256'>): string {
  return canonicalSha256({ ...manifest, manifestSha256: undefined } as unknown as Json)
}

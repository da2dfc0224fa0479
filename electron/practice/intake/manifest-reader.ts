import type { Manifest, StandardRef } from '@shared/domain/exchange'
import * as v from 'valibot'
import { manifestSha256 } from '@engine/crypto/manifest-digest'
import { ProtocolError } from '@practice/http/protocol-error'
import { limits, MAX_PARTS } from '@practice/protocol-limits'
import { decodeUtf8, parseJson } from './json-body'
import { manifestSchema } from './wire-schemas'

const invalid = (message: string, member: string): ProtocolError =>
  new ProtocolError(400, 'manifest_invalid', message, { member })

/** Reads a manifest that claims to be of a batch; refuses one that contradicts itself or the platform's limits. */
export function readManifest(body: unknown, batchId: string): Manifest {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array()
  const raw = parseJson(decodeUtf8(bytes, 'manifest_invalid'), 'manifest_invalid')
  const parsed = v.safeParse(manifestSchema, raw)
  if (!parsed.success) {
    const member = v.getDotPath(parsed.issues[0]) ?? ''
    throw invalid(`member ${member} is missing or malformed`, member)
  }
  const manifest = parsed.output
  // The hash covers members that this version does not know, so it is taken over what was sent.
  if (manifestSha256(raw as Manifest) !== manifest.manifestSha256)
    throw invalid('hash differs', 'manifestSha256')
  if (manifest.batchId !== batchId) throw invalid('not the batch of the address', 'batchId')
  assertWithinLimits(manifest)
  if (manifest.partCount !== manifest.parts.length) throw invalid('parts and their count differ', 'partCount')
  if (manifest.parts.some((part, index) => part.no !== index + 1))
    throw invalid('parts are not 1, 2, 3, ...', 'parts')
  const items = manifest.parts.reduce((sum, part) => sum + part.items, 0)
  if (items !== manifest.itemCount) throw invalid('items of the parts and their count differ', 'itemCount')
  return manifest
}

function assertWithinLimits(manifest: Manifest): void {
  const tooLarge = (limit: string, allowed: number): ProtocolError =>
    new ProtocolError(413, 'too_large', `more than ${limit} allows`, { limit, allowed })
  if (manifest.itemCount > limits.maxBatchItems) throw tooLarge('maxBatchItems', limits.maxBatchItems)
  if (manifest.parts.length > MAX_PARTS) throw tooLarge('maxParts', MAX_PARTS)
  for (const part of manifest.parts) {
    if (part.items > limits.maxPartItems) throw tooLarge('maxPartItems', limits.maxPartItems)
    if (part.bytes > limits.maxPartBytes) throw tooLarge('maxPartBytes', limits.maxPartBytes)
  }
}

/** Refuses a manifest under a standard that the platform does not take today. */
export function assertStandardTaken(standard: StandardRef, taken: readonly StandardRef[]): void {
  if (taken.some((one) => one.id === standard.id && one.version === standard.version)) return
  throw new ProtocolError(422, 'standard_refused', 'this standard version is not taken', {
    standards: taken.map(({ id, version }) => ({ id, version })),
  })
}

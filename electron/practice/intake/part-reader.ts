import { gunzipSync } from 'node:zlib'
import type { ManifestPart, WireItem } from '@shared/domain/exchange'
import * as v from 'valibot'
import { canonicalSha256, sha256Hex } from '@engine/crypto/digest'
import { ProtocolError } from '@practice/http/protocol-error'
import { MAX_INFLATED_PART_BYTES } from '@practice/protocol-limits'
import { decodeUtf8, parseJson } from './json-body'
import { itemSchema } from './wire-schemas'

/**
 * Reads the gzip bytes of one part against its line in the manifest: size, hash, number of lines, and every line as
 * an item whose payload has the hash that it claims. Anything else is refused as a whole; nothing is half stored.
 */
export function readPart(bytes: Uint8Array, part: ManifestPart, itemCount: number): WireItem[] {
  if (bytes.length !== part.bytes) throw mismatch(part, 'bytes')
  if (sha256Hex(bytes) !== part.sha256) throw mismatch(part, 'sha256')
  const lines = decodeUtf8(inflate(bytes, part), 'item_invalid').split('\n')
  // Each line is closed by a line feed; a last line without one is tolerated.
  if (lines.at(-1) === '') lines.pop()
  if (lines.length !== part.items) throw mismatch(part, 'items')
  return lines.map((line, index) => readItem(line, { part: part.no, line: index + 1 }, itemCount))
}

const mismatch = (part: ManifestPart, member: string): ProtocolError =>
  new ProtocolError(422, 'part_mismatch', `${member} of the part is not that of the manifest`, {
    no: part.no,
    member,
  })

function inflate(bytes: Uint8Array, part: ManifestPart): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_INFLATED_PART_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const details = { no: part.no, limit: 'inflatedBytes', allowed: MAX_INFLATED_PART_BYTES }
      throw new ProtocolError(413, 'too_large', 'the part inflates too far', details)
    }
    throw new ProtocolError(422, 'part_mismatch', 'the part is not gzip', { no: part.no, member: 'encoding' })
  }
}

function readItem(line: string, place: { part: number; line: number }, itemCount: number): WireItem {
  const parsed = v.safeParse(itemSchema, parseJson(line, 'item_invalid', place))
  const refuse = (member: string, itemNo?: number): ProtocolError =>
    new ProtocolError(422, 'item_invalid', `member ${member} is missing or malformed`, {
      ...place,
      itemNo,
      member,
    })
  if (!parsed.success) throw refuse(v.getDotPath(parsed.issues[0]) ?? '')
  const item = parsed.output
  if (item.itemNo > itemCount) throw refuse('itemNo', item.itemNo)
  if (canonicalSha256(item.payload) !== item.sha256) throw refuse('sha256', item.itemNo)
  return item
}

import type { ItemResult } from '@shared/domain/exchange'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import { sha256HexOfChunks } from './digest'

/** One line of the items digest: the canonical JSON of an item outcome as the platform listed it, no line feed. */
export function itemLine(item: ItemResult): string {
  return canonicalJson(item as unknown as Json)
}

/**
 * The `itemsSha256` of a receipt: SHA-256 of the NDJSON of all item outcomes. The lines come in itemNo order from
 * `itemLine`; each is closed by a line feed.
 */
export function itemsSha256(lines: Iterable<string>): string {
  return sha256HexOfChunks(closed(lines))
}

function* closed(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

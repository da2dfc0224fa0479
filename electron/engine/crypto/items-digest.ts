import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import { sha256HexOfChunks } from './digest'

/**
 * The `itemsSha256` of a receipt: SHA-256 of the NDJSON of all item outcomes, given in itemNo order, each line the
 * canonical JSON of one item as the platform listed it and a line feed.
 */
export function itemsSha256(itemsInOrder: Iterable<Json>): string {
  return sha256HexOfChunks(canonicalLines(itemsInOrder))
}

function* canonicalLines(items: Iterable<Json>): Generator<string> {
  for (const item of items) yield `${canonicalJson(item)}\n`
}

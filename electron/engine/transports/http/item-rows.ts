import * as v from 'valibot'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import { failure } from '@shared/kernel/failure'
import type { ItemRow, Reply } from '@engine/transports/transport-port'
import { itemSchema } from './reply-schemas'

/**
 * Reads listed outcomes; one that is none makes the whole list class `protocol`. `forDigest` is the same list as
 * `parseForDigest` gives it.
 */
export function itemRows(
  listed: readonly unknown[],
  forDigest: readonly unknown[],
): Reply<readonly ItemRow[]> {
  const rows: ItemRow[] = []
  for (const [at, raw] of listed.entries()) {
    const item = v.safeParse(itemSchema, raw)
    if (!item.success) {
      const path = v.getDotPath(item.issues[0]) ?? 'item'
      return {
        kind: 'protocol',
        failure: failure('transport.protocol', { detail: `items.${path.slice(0, 60)}` }),
      }
    }
    rows.push({ result: item.output, canonical: canonicalJson(forDigest[at] as Json) })
  }
  return { kind: 'ok', value: rows }
}

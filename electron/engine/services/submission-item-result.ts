import * as v from 'valibot'
import type { ItemResult } from '@shared/domain/exchange'
import { parseJsonText } from '@engine/transports/http/json-text'
import { itemSchema } from '@engine/transports/http/reply-schemas'

/** Reads a stored item outcome; it was checked when it was fetched, so a bad one throws. */
export function itemResultOf(canonical: string): ItemResult {
  return v.parse(itemSchema, parseJsonText(canonical))
}

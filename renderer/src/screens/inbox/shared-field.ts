import type { InboxGroup } from '@shared/contract/views/exchange-views'
import type { FieldSpec } from '@shared/standard/pack'

/**
 * The field of a group that one value can be right for on every record; null when the cause is about the whole
 * record, when its types do not share the field, or when the field identifies one record or one person.
 */
export function sharedField(
  group: Pick<InboxGroup, 'field' | 'rows'>,
  fieldOf: (type: string, code: string) => FieldSpec | null,
): FieldSpec | null {
  const code = group.field
  if (code === null) return null
  const specs = [...new Set(group.rows.map((row) => row.type))].map((type) => fieldOf(type, code))
  const first = specs[0] ?? null
  if (first === null || specs.some((spec) => spec === null || spec.codeList !== first.codeList)) return null
  const isOfOneRecord = first.format !== undefined || first.sensitivity !== 'public'
  return isOfOneRecord ? null : first
}

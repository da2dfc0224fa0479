import type { InboxGroup } from '@shared/contract/views/exchange-views'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'

/** Whether a field says which record or subject this is, so that two records never share its value on purpose. */
function identifies(type: RecordTypeSpec, field: FieldSpec): boolean {
  const { docNo, subjectName, subjectCode } = type.search
  const keys = [docNo, subjectName, subjectCode, ...type.naturalKey.flatMap((part) => part.split('|'))]
  return keys.includes(field.code) || field.format !== undefined || field.sensitivity !== 'public'
}

/**
 * The field of a group that one value can be right for on every record; null when the cause is about the whole
 * record, when its types do not share the field, or when the field identifies one record or one person.
 */
export function sharedField(
  group: Pick<InboxGroup, 'field' | 'rows'>,
  typeOf: (type: string) => RecordTypeSpec | null,
): FieldSpec | null {
  let shared: FieldSpec | null = null
  for (const code of new Set(group.rows.map((row) => row.type))) {
    const type = typeOf(code)
    const field = type?.fields.find((candidate) => candidate.code === group.field) ?? null
    if (type === null || field === null || identifies(type, field)) return null
    if (shared !== null && shared.codeList !== field.codeList) return null
    shared ??= field
  }
  return shared
}

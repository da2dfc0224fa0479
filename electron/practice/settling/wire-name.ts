import type { FieldSpec } from '@shared/standard/pack'

/** The name of a field on the wire: in payloads and in the errors about them. */
export const wireName = (field: FieldSpec): string => field.wire?.name ?? field.code

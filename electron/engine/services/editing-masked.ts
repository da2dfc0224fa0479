import type { FieldValues } from '@shared/standard/pack'
import { isSensitive, maskValue } from '@shared/standard/mask'
import type { CompiledType } from '@shared/standard/standard'

/**
 * What was really typed. Whoever reads a record is shown personal values masked and may send them back as they were
 * shown: a mask of the stored value is no new value.
 */
export function withoutMasks(
  type: CompiledType,
  typed: Readonly<Record<string, string>>,
  stored: FieldValues,
): Readonly<Record<string, string>> {
  const fields = new Map(type.fields.map((field) => [field.code, field]))
  const isMask = (code: string, text: string): boolean => {
    const field = fields.get(code)
    const value = stored[code] ?? ''
    return (
      field !== undefined && isSensitive(field) && value !== '' && text.trim() === maskValue(field, value)
    )
  }
  return Object.fromEntries(Object.entries(typed).filter(([code, text]) => !isMask(code, text)))
}

/** Recognises a column by its values when its header says nothing. Only unmistakable shapes count. */
import type { FieldFormat, FieldSpec } from '@shared/standard/pack'

const SHAPES: Readonly<Partial<Record<FieldFormat, RegExp>>> = {
  uscc: /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/,
  residentId: /^\d{6}(?:19|20)\d{9}[\dXx]$/,
  docNo: /^.*[〔[（(【]\d{4}[〕\]）)】]第?.*\d+号$/,
}

/** With fewer values a shape proves nothing. */
const LEAST_VALUES = 3

/** The only one of the fields whose shape all values have; null when none or several fit. */
export function fieldByContent(values: readonly string[], fields: readonly FieldSpec[]): string | null {
  if (values.length < LEAST_VALUES) return null
  const fitting = fields.filter(({ format }) => {
    const shape = format === undefined ? undefined : SHAPES[format]
    return shape !== undefined && values.every((value) => shape.test(value))
  })
  return fitting.length === 1 ? fitting[0]!.code : null
}

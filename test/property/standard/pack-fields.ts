import { loadStandard } from '@engine/standards/standard-loader'
import type { CellKind, CompiledType, RawValue } from '@shared/standard/standard'
import fc from 'fast-check'
import { resolve } from 'node:path'

const { types } = loadStandard(
  resolve(import.meta.dirname, '../../../resources/standards/pingxiang-credit/2026.1'),
)

/** Every record type of the shipped pack. */
export const allTypes: readonly CompiledType[] = [...types.values()]

const kinds: readonly CellKind[] = ['text', 'number', 'date', 'boolean', 'formula']

/** Values near to what the readers look for, so that the interesting paths are walked often. */
const nearValues = fc.constantFrom(
  '2024-01-05', '2024/1/5', '20240105', '45292', '长期', '9999-12-31', '二〇二四年一月五日', '1,234.50', '2万元',
  '20000元', '-0', '1E5', '其他-补办', '其他（a））', '警告；罚款', '罚款、警告', '91360000625912173b', '11010519491231002x',
  '无', '/', "''x", ' \u200b ', '＇１２', 'a\nb\nc', '4.4E+17', '000000000000000000', '𠮷', '\ud842',
) // prettier-ignore

const alphabet = fc.constantFrom(
  ...'0123456789-/.,:;；，、年月日〇一十万元其他罚款（）()- \t\n\r\u200b\u3000\'＇＋－Ｅ１Ａx\u0301\ud842\udfb7\ue81e',
) // prettier-ignore

/** Any text at all: well-formed, broken, near to dates and amounts and codes. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  nearValues,
  fc.string({ unit: alphabet, maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.tuple(nearValues, fc.string({ unit: alphabet, maxLength: 4 })).map((parts) => parts.join('')),
)

/** A raw record of a type with any texts in any kinds of cells. */
export const anyRawRecord = (type: CompiledType): fc.Arbitrary<Record<string, RawValue>> =>
  fc.dictionary(
    fc.constantFrom(...type.fields.map((field) => field.code)),
    fc.record({ text: anyText, kind: fc.constantFrom(...kinds) }),
  )

/** Field values of a type with any texts. */
export const anyValues = (type: CompiledType): fc.Arbitrary<Record<string, string>> =>
  fc.dictionary(fc.constantFrom(...type.fields.map((field) => field.code)), anyText)

import type { CodeList } from '@shared/standard/pack'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { typeOf } from './installed-standard'

/** Every layout that a file may have: the types of the standard, then those of older standards that it converts. */
export const readableTypes = ({ types, conversions }: CompiledStandard): readonly CompiledType[] => [
  ...types.values(),
  ...[...conversions.values()].map(({ source }) => source),
]

/** A layout that a file may have; refuses `pack.unknown-type`. */
export const readableTypeOf = (standard: CompiledStandard, code: string): CompiledType =>
  standard.conversions.get(code)?.source ?? typeOf(standard, code)

/** The code lists that a layout speaks of. */
export const codeListsOf = (standard: CompiledStandard, code: string): Readonly<Record<string, CodeList>> =>
  (standard.conversions.get(code)?.layout ?? standard.pack).codeLists

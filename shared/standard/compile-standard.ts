import { indexCodeList } from './code-index'
import { compileType } from './compile-type'
import { compileConversion } from './convert-record'
import type { StandardPack } from './pack'
import type { CompiledStandard } from './standard'

/**
 * Makes a parsed pack (`parsePack`) ready for work, with the layouts of the `older` standards that it converts. Pure and
 * quick enough for a window's start; the result is immutable and may be shared. Throws `pack.invalid` with the path of a
 * rule or a conversion that cannot be compiled.
 */
export function compileStandard(
  pack: StandardPack,
  older: readonly CompiledStandard[] = [],
): CompiledStandard {
  const codeIndexes = new Map(Object.values(pack.codeLists).map((list) => [list.id, indexCodeList(list)]))
  const types = pack.recordTypes.map(
    (spec) => [spec.code, compileType(spec, pack.rules[spec.code] ?? [], codeIndexes, pack.texts)] as const,
  )
  return withConversions({ pack, types: new Map(types), conversions: new Map() }, older)
}

/** The same standard, reading the layouts of some older ones as well. */
export function withConversions(
  standard: CompiledStandard,
  older: readonly CompiledStandard[],
): CompiledStandard {
  const conversions = Object.entries(standard.pack.conversions).flatMap(([code, conversion]) => {
    const { from } = conversion
    const source = older.find(({ pack }) => pack.id === from.standard && pack.version === from.version)
    return source === undefined ? [] : [[code, compileConversion(conversion, source, standard)] as const]
  })
  return { ...standard, conversions: new Map(conversions) }
}

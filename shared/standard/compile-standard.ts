import { indexCodeList } from './code-index'
import { compileType } from './compile-type'
import type { StandardPack } from './pack'
import type { CompiledStandard } from './standard'

/**
 * Makes a parsed pack (`parsePack`) ready for work. Pure and quick enough for a window's start; the result is
 * immutable and may be shared. Throws `pack.invalid` with the path of a rule that cannot be compiled.
 */
export function compileStandard(pack: StandardPack): CompiledStandard {
  const codeIndexes = new Map(Object.values(pack.codeLists).map((list) => [list.id, indexCodeList(list)]))
  const types = pack.recordTypes.map(
    (spec) => [spec.code, compileType(spec, pack.rules[spec.code] ?? [], codeIndexes, pack.texts)] as const,
  )
  return { pack, types: new Map(types) }
}

/**
 * The layout by which files of an older standard are read: the old fields, and behind them the new ones that no old
 * field gives. An old table can so be completed in its own file.
 */
import { indexCodeList } from './code-index'
import { compileType } from './compile-type'
import type { Conversion } from './conversion'
import type { CodeList, FieldSpec } from './pack'
import { refusePack } from './pack-refusal'
import type { CompiledStandard, CompiledType } from './standard'

export interface ConversionLayout {
  readonly type: CompiledType
  /** The lists of both standards that its fields speak of. */
  readonly codeLists: Readonly<Record<string, CodeList>>
  /** Codes of the new fields among its fields. */
  readonly supplements: ReadonlySet<string>
  /** Those of them that every record needs and no old record has. */
  readonly needed: readonly string[]
}

/** The fields of the new types that no old field gives, each once. */
function supplementsOf(
  { targets }: Conversion,
  old: CompiledType,
  { types }: CompiledStandard,
): ReadonlyMap<string, FieldSpec> {
  const taken = new Set(old.spec.fields.map((field) => field.code))
  const found = new Map<string, FieldSpec>()
  for (const { recordType, fields } of targets) {
    const given = new Set(fields.filter(({ from }) => from !== undefined).map(({ to }) => to))
    for (const field of types.get(recordType)!.fields) {
      if (!taken.has(field.code) && !given.has(field.code)) found.set(field.code, field)
    }
  }
  return found
}

/** Fields that every record of every target must have, and that no old record says anything of. */
function neededBy({ targets }: Conversion, { types }: CompiledStandard): readonly string[] {
  const lacking = targets.map(({ recordType, fields }) => {
    const said = new Set(fields.map(({ to }) => to))
    const all = types.get(recordType)!.fields
    return all
      .filter(({ code, required }) => required === 'always' && !said.has(code))
      .map(({ code }) => code)
  })
  const [first = [], ...others] = lacking
  return first.filter((code) => others.every((codes) => codes.includes(code)))
}

/** Compiles the layout of a conversion whose parts are sound. Refuses `pack.invalid` for code lists of one name. */
export function compileConversionLayout(
  conversion: Conversion,
  old: CompiledType,
  older: CompiledStandard,
  standard: CompiledStandard,
): ConversionLayout {
  const supplements = supplementsOf(conversion, old, standard)
  const codeLists: Record<string, CodeList> = { ...older.pack.codeLists }
  for (const { codeList } of supplements.values()) {
    if (codeList === undefined) continue
    if (Object.hasOwn(older.pack.codeLists, codeList)) {
      refusePack(`conversions.${old.spec.code}`, `both standards have a code list ${codeList}`)
    }
    codeLists[codeList] = standard.pack.codeLists[codeList]!
  }
  // Known by code and label only: among old headers, a further spelling could be taken for another field's.
  const added = [...supplements.values()].map((field) => ({
    ...field,
    aliases: [],
    required: 'never' as const,
  }))
  const spec = { ...old.spec, fields: [...old.spec.fields, ...added] }
  const indexes = new Map(Object.values(codeLists).map((list) => [list.id, indexCodeList(list)]))
  return {
    type: compileType(spec, [], indexes, older.pack.texts),
    codeLists,
    supplements: new Set(supplements.keys()),
    needed: neededBy(conversion, standard),
  }
}

/** The next version of a standard, made up from the present one so that a change of standards can be rehearsed. */

type Members = Readonly<Record<string, unknown>>

interface RawField extends Members {
  readonly type: string
  readonly required?: unknown
  readonly format?: string
}

interface RawPack extends Members {
  readonly version: string
  readonly title: string
  readonly recordTypes: readonly (Members & { readonly fields: readonly RawField[] })[]
  readonly codeLists: Readonly<Record<string, { readonly items: readonly { readonly value: string }[] }>>
}

const isOptionalText = ({ type, required, format }: RawField): boolean =>
  type === 'text' && format === undefined && (required === undefined || required === 'never')

/** The first optional text of the first record type becomes mandatory. */
function withOneMore(types: RawPack['recordTypes']): RawPack['recordTypes'] {
  const [first, ...others] = types
  if (first === undefined) return types
  const at = first.fields.findIndex(isOptionalText)
  const fields = first.fields.map((field, index) => (index === at ? { ...field, required: 'always' } : field))
  return [{ ...first, fields }, ...others]
}

/** The first code that nothing else in the pack speaks of is struck from its list. */
function withOneLess({ codeLists, rules, sharedRules, conversions }: RawPack): RawPack['codeLists'] {
  const elsewhere = JSON.stringify([rules, sharedRules, conversions])
  for (const [id, list] of Object.entries(codeLists)) {
    const last = list.items.at(-1)
    if (last === undefined || list.items.length < 3 || elsewhere.includes(last.value)) continue
    return { ...codeLists, [id]: { ...list, items: list.items.slice(0, -1) } }
  }
  return codeLists
}

/** `2026.2` after `2026.1`. */
function nextVersion(version: string): string {
  const [year = '', number = ''] = version.split('.')
  return `${year}.${Number(number) + 1}`
}

/** A raw pack of the next version, in force from a day on: one more mandatory field, one code less. */
export function rehearsalStandard(raw: object, from: string): object {
  const pack = raw as RawPack
  const version = nextVersion(pack.version)
  return {
    ...pack,
    version,
    from,
    to: null,
    title: pack.title.replace(pack.version, version),
    recordTypes: withOneMore(pack.recordTypes),
    codeLists: withOneLess(pack),
  }
}

import type { ColumnMatch } from '@shared/contract/views/import-views'
import type { FieldValues } from '@shared/standard/pack'

/** Field of the code that belongs to the name of an authority, and the other way round. */
const partnerOf = (field: string): string => (field.endsWith('DM') ? field.slice(0, -2) : `${field}DM`)

/**
 * What may be filled in for every row without asking: fields of this bureau (`own`) that no column gives, unless the
 * column of the name beside them shows another authority.
 */
export function bureauFills(
  columns: readonly Pick<ColumnMatch, 'field' | 'samples'>[],
  own: FieldValues,
): readonly (readonly [field: string, text: string])[] {
  const given = new Map(columns.flatMap(({ field, samples }) => (field === null ? [] : [[field, samples]])))
  return Object.entries(own).filter(([field]) => {
    if (given.has(field)) return false
    const partner = partnerOf(field)
    return (given.get(partner) ?? []).every((sample) => sample.trim() === '' || sample === own[partner])
  })
}

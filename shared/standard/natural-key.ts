import { foldForKey } from '@shared/kernel/text'
import type { FieldValues, RecordTypeSpec } from './pack'

const SEPARATOR = '|'
/** A code of zeros stands for "has none" in some systems, so it identifies nobody. */
const ZEROS = /^0{1,40}X?$/

/** One part of the key: the first alternative that has a value, folded; null when none has. */
function partOf(alternatives: readonly string[], values: FieldValues): string | null {
  for (const code of alternatives) {
    const folded = foldForKey(values[code] ?? '').replaceAll(SEPARATOR, '¦')
    if (folded !== '' && !ZEROS.test(folded)) return folded
  }
  return null
}

/**
 * Compiles the natural key `TYPE|authority|document number|subject`, each part folded. It is the same for one
 * decision about one subject however it was typed. Keys travel in addresses: packs never name an identity number.
 */
export function compileNaturalKey(type: RecordTypeSpec): (values: FieldValues) => string | null {
  const parts = type.naturalKey.map((part) => part.split(SEPARATOR))
  return (values) => {
    const folded: string[] = [type.code]
    for (const alternatives of parts) {
      const part = partOf(alternatives, values)
      if (part === null) return null
      folded.push(part)
    }
    return folded.join(SEPARATOR)
  }
}

/** So many sets of keys are kept; where more occur, the objects cost what they always did. */
const MOST_SHAPES = 64
/** Sets of more keys than this have no number that is exact. */
const MOST_KEYS = 52

/**
 * Makes objects with some of the given keys, in their order: those for which `values` holds something at the place of
 * the key. Objects that get many keys one by one become hash tables to the runtime; made from a pattern they stay
 * compact, and are twice as fast to make, to look into and to write as JSON.
 */
export function shapedRecords<Value>(
  keys: readonly string[],
): (values: readonly (Value | undefined)[]) => Record<string, Value> {
  const patterns = new Map<number, Readonly<Record<string, Value>>>()

  const patternOf = (values: readonly (Value | undefined)[]): Readonly<Record<string, Value>> => {
    let set = 0
    for (let at = 0, bit = 1; at < keys.length; at++, bit *= 2) if (values[at] !== undefined) set += bit
    const known = patterns.get(set)
    if (known !== undefined) return known
    const present = keys.filter((_, at) => values[at] !== undefined)
    const made = JSON.parse(`{${present.map((key) => `${JSON.stringify(key)}:""`).join(',')}}`) as Readonly<
      Record<string, Value>
    >
    if (patterns.size < MOST_SHAPES && keys.length <= MOST_KEYS) patterns.set(set, made)
    return made
  }

  return (values) => {
    const record: Record<string, Value> = { ...patternOf(values) }
    for (let at = 0; at < keys.length; at++) {
      const value = values[at]
      if (value !== undefined) record[keys[at]!] = value
    }
    return record
  }
}

/** Keys of one platform or of the few desks of a practice platform; more would only cost memory. */
const REMEMBERED_KEYS = 8

/** Remembers what is made of the keys that come again and again. */
export function remembering<Made>(make: (key: string) => Made): (key: string) => Made {
  const known = new Map<string, Made>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(key)
    if (known.size >= REMEMBERED_KEYS) known.clear()
    known.set(key, made)
    return made
  }
}

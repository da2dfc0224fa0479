/** Fills `{name}` places of a sentence; unknown names become a dash so that a sentence never breaks. */
export function fill(sentence: string, params: Readonly<Record<string, string | number | null>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : null
    return value === null || value === undefined || value === '' ? '—' : String(value)
  })
}

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const
const SHAPE = /^[0-9A-Z]{8}[0-9X]$/

/** The check character of the first eight characters (GB 11714-1997, A = 10 to Z = 35). They must be 0-9, A-Z. */
export function orgCodeDigit(first8: string): string {
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const code = first8.charCodeAt(i)
    sum += (code < 65 ? code - 48 : code - 55) * WEIGHTS[i]!
  }
  const check = 11 - (sum % 11)
  if (check === 10) return 'X'
  return check === 11 ? '0' : String(check)
}

export type OrgCodeFinding = 'shape' | 'check-digit'

/** Looks at an organisation code (GB 11714-1997), upper case, without hyphen. */
export function inspectOrgCode(text: string): OrgCodeFinding | null {
  if (!SHAPE.test(text)) return 'shape'
  return orgCodeDigit(text) === text[8] ? null : 'check-digit'
}

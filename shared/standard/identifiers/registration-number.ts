const SHAPE = /^\d{15}$/

/** The check digit of the first 14 digits (GS 15-2006, ISO 7064 MOD 11,10). */
export function registrationNumberDigit(first14: string): number {
  let product = 10
  for (let i = 0; i < 14; i++) {
    const sum = (product + first14.charCodeAt(i) - 48) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10
}

export type RegistrationNumberFinding = 'shape' | 'check-digit'

/** Looks at a 15-digit business registration number (GS 15-2006). Many live numbers fail: never more than a warning. */
export function inspectRegistrationNumber(text: string): RegistrationNumberFinding | null {
  if (!SHAPE.test(text)) return 'shape'
  return registrationNumberDigit(text) === text.charCodeAt(14) - 48 ? null : 'check-digit'
}

/** Cell references of a workbook: `A1`, `BC12`, `A1:C3`. */
import type { MergedRange } from './sheet-types'

const CAPITAL_A = 65

/** The 0-based column of a reference such as `AB12`; -1 when it is not one. */
export function columnOf(reference: string): number {
  let column = 0
  let i = 0
  for (; i < reference.length; i++) {
    const code = reference.charCodeAt(i)
    if (code < CAPITAL_A || code > CAPITAL_A + 25) break
    column = column * 26 + code - CAPITAL_A + 1
  }
  return i === 0 || i > 3 ? -1 : column - 1
}

/** The letters of a 1-based column, e.g. 28 is `AB`. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(CAPITAL_A + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** A range such as `A1:C3`; null when it is none. */
export function rangeOf(reference: string): MergedRange | null {
  const parts = /^([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})$/.exec(reference)
  if (parts === null) return null
  const left = columnOf(parts[1]!) + 1
  const right = columnOf(parts[3]!) + 1
  return { top: Number(parts[2]), left, bottom: Number(parts[4]), right }
}

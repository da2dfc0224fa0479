/** Joins the parts of a `multiCode` value on the wire. */
export const MULTI_CODE_SEPARATOR = ';'

/** Whether one part of a `multiCode` value is the code. Allocates nothing. */
export function hasPart(value: string, code: string): boolean {
  for (let at = value.indexOf(code); at !== -1; at = value.indexOf(code, at + 1)) {
    const end = at + code.length
    const startsPart = at === 0 || value[at - 1] === MULTI_CODE_SEPARATOR
    if (startsPart && (end === value.length || value[end] === MULTI_CODE_SEPARATOR)) return true
  }
  return false
}

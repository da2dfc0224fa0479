/** The order n of the SM2 base point (GM/T 0003.5-2012). */
export const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
/** Two integers of 33 bytes with their headers, inside a sequence header: the longest signature there is. */
const LONGEST_DER = 72

/**
 * Reads a base64 DER signature as `r || s`, 128 hex digits, or null when it is not the one canonical encoding of two
 * integers in 1..n-1. One signature then has one spelling, so a signed document cannot be altered unnoticed.
 */
export function readDerSignature(signatureBase64: string): string | null {
  if (signatureBase64.length > 100 || !BASE64.test(signatureBase64)) return null
  const bytes = Buffer.from(signatureBase64, 'base64')
  if (bytes.toString('base64') !== signatureBase64) return null
  if (bytes.length > LONGEST_DER || bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) return null
  const r = readInteger(bytes, 2)
  if (r === null) return null
  const s = readInteger(bytes, r.next)
  if (s === null || s.next !== bytes.length) return null
  return r.hex + s.hex
}

function readInteger(bytes: Buffer, at: number): { readonly hex: string; readonly next: number } | null {
  const length = bytes[at + 1]
  if (bytes[at] !== 0x02 || length === undefined || length === 0) return null
  const next = at + 2 + length
  const value = bytes.subarray(at + 2, next)
  if (value.length !== length || value[0]! >= 0x80) return null
  if (length > 1 && value[0] === 0 && value[1]! < 0x80) return null
  const number = BigInt(`0x${value.toString('hex')}`)
  if (number < 1n || number >= SM2_ORDER) return null
  return { hex: number.toString(16).padStart(64, '0'), next }
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
/** Of the field of the curve (GM/T 0003.5-2012). */
const FIELD_BYTES = 32
/** Lengths below this take one byte; a wrapped data key has 122 bytes. */
const LONG_FORM = 0x80

const INTEGER = 0x02
const OCTETS = 0x04
const SEQUENCE = 0x30

/** What an SM2 cipher text consists of, lower-case hex. */
export interface Sm2Cipher {
  /** C1, 128 digits: x and y of a point that may or may not lie on the curve. */
  readonly point: string
  /** C3, 64 digits: the SM3 that proves the plain text. */
  readonly digest: string
  /** C2. */
  readonly cipher: string
}

/**
 * Reads a base64 SM2 cipher text as GM/T 0009 writes it (DER: x, y, C3, C2), or null when it is not the one canonical
 * spelling of one. For short texts only, as a wrapped key is one: every length fits into one byte.
 */
export function readDerCipher(base64: string): Sm2Cipher | null {
  if (base64.length > 200 || !BASE64.test(base64)) return null
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64) return null
  const whole = member(bytes, 0, SEQUENCE)
  if (whole === null || whole.next !== bytes.length) return null
  const x = member(bytes, 2, INTEGER)
  const y = x && member(bytes, x.next, INTEGER)
  const digest = y && member(bytes, y.next, OCTETS)
  const cipher = digest && member(bytes, digest.next, OCTETS)
  if (cipher === null || cipher.next !== bytes.length || digest?.value.length !== FIELD_BYTES) return null
  const coordinates = [coordinate(x!.value), coordinate(y!.value)]
  if (coordinates.includes(null) || cipher.value.length === 0) return null
  return {
    point: coordinates.join(''),
    digest: digest.value.toString('hex'),
    cipher: cipher.value.toString('hex'),
  }
}

function member(
  bytes: Buffer,
  at: number,
  tag: number,
): { readonly value: Buffer; readonly next: number } | null {
  const length = bytes[at + 1]
  if (bytes[at] !== tag || length === undefined || length >= LONG_FORM) return null
  const next = at + 2 + length
  return next <= bytes.length ? { value: bytes.subarray(at + 2, next), next } : null
}

/** A non-negative integer in as few bytes as it needs, as 64 digits. */
function coordinate(value: Buffer): string | null {
  const first = value[0]
  if (first === undefined || first >= 0x80) return null
  if (first === 0 && value.length > 1 && value[1]! < 0x80) return null
  const bare = first === 0 ? value.subarray(1) : value
  return bare.length <= FIELD_BYTES ? bare.toString('hex').padStart(FIELD_BYTES * 2, '0') : null
}

import { SM2_ORDER } from './der-signature'

const RAW_BYTES = 64

/**
 * Reads a base64 signature of r and s, 32 bytes each, as 128 hex digits, or null when it is not exactly that in
 * canonical base64 or one of them lies outside 1..n-1.
 */
export function readRawSignature(signatureBase64: string): string | null {
  const bytes = Buffer.from(signatureBase64, 'base64')
  if (bytes.length !== RAW_BYTES || bytes.toString('base64') !== signatureBase64) return null
  const hex = bytes.toString('hex')
  return isScalar(hex.slice(0, RAW_BYTES)) && isScalar(hex.slice(RAW_BYTES)) ? hex : null
}

function isScalar(hex: string): boolean {
  const number = BigInt(`0x${hex}`)
  return number >= 1n && number < SM2_ORDER
}

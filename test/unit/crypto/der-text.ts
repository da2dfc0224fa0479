const member = (tag: number, hex: string): string =>
  tag.toString(16).padStart(2, '0') + (hex.length / 2).toString(16).padStart(2, '0') + hex

const integer = (hex: string): string => {
  const bare = hex.replace(/^(?:00)+(?!$)/, '')
  return member(0x02, /^[89a-f]/.test(bare) ? `00${bare}` : bare)
}

/** An SM2 cipher text in the DER of GM/T 0009, base64, from its members in lower-case hex. */
export function derCipher(x: string, y: string, digest: string, cipher: string): string {
  const body = integer(x) + integer(y) + member(0x04, digest) + member(0x04, cipher)
  return Buffer.from(member(0x30, body), 'hex').toString('base64')
}

/** A signature of two integers, 128 hex digits, in DER. */
export function derSignature(hex: string): Buffer {
  return Buffer.from(member(0x30, integer(hex.slice(0, 64)) + integer(hex.slice(64))), 'hex')
}

/** The 128 hex digits of a signature in DER that is known to be well made. */
export function rawOfDer(der: Buffer): string {
  const rEnd = 4 + der[3]!
  return [der.subarray(4, rEnd), der.subarray(rEnd + 2)]
    .map((bytes) => bytes.toString('hex').replace(/^00/, '').padStart(64, '0'))
    .join('')
}

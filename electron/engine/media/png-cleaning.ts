/** Takes notes and camera data out of a PNG picture, chunk by chunk (W3C PNG, third edition): no pixel changes. */
import { crc32 } from 'node:zlib'
import type { StrippedPart } from '@shared/domain/attachment'
import { readExif } from './exif-contents'
import type { CleanedPicture } from './jpeg-cleaning'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Chunks that say how the picture looks; every critical chunk is needed besides. */
const NEEDED = new Set(
  'tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
)
/** Length, type and check sum. */
const FRAME_BYTES = 12

const isCritical = (type: string): boolean => /^[A-Z]/.test(type)

/** The picture, cleaned; null when the bytes are no whole PNG file. */
export function cleanPng(bytes: Buffer): CleanedPicture | null {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null
  const kept: Buffer[] = [SIGNATURE]
  const stripped = new Set<StrippedPart>()
  let size: { width: number; height: number } | null = null
  let hasData = false
  for (let at = SIGNATURE.length; at + FRAME_BYTES <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const end = at + FRAME_BYTES + length
    if (end > bytes.length) return null
    const type = bytes.toString('latin1', at + 4, at + 8)
    const body = bytes.subarray(at + 8, end - 4)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null
    if (size === null) {
      if (type !== 'IHDR' || length !== 13) return null
      size = { width: body.readUInt32BE(0), height: body.readUInt32BE(4) }
    }
    hasData ||= type === 'IDAT'
    if (isCritical(type) || NEEDED.has(type)) kept.push(bytes.subarray(at, end))
    else if (type === 'eXIf') for (const part of readExif(body).parts) stripped.add(part)
    else stripped.add('other')
    at = end
    if (type !== 'IEND') continue
    if (!hasData) return null
    if (end < bytes.length) stripped.add('other')
    return { bytes: stripped.size === 0 ? bytes : Buffer.concat(kept), ...size, stripped }
  }
  return null
}

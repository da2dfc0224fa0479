/** What the camera wrote into a picture (Exif 2.32, the TIFF structure of its first directory). */
import type { StrippedPart } from '@shared/domain/attachment'

/** What is worth saying of it. */
export interface ExifContents {
  readonly parts: ReadonlySet<StrippedPart>
  /** 1 to 8, as the TIFF tag; 1 when nothing is said: the picture stands upright as it is stored. */
  readonly orientation: number
}

const ORIENTATION = 0x0112
const GPS = 0x8825
const MAKE_AND_MODEL = new Set([0x010f, 0x0110, 0x0131, 0xc62f])
const MOST_ENTRIES = 500
const UPRIGHT = 1

/** Reads a TIFF block; what is broken about it says nothing, it is taken out all the same. */
export function readExif(tiff: Buffer): ExifContents {
  const parts = new Set<StrippedPart>(['other'])
  let orientation = UPRIGHT
  const order = tiff.toString('latin1', 0, 2)
  const isLittle = order === 'II'
  if ((!isLittle && order !== 'MM') || tiff.length < 8) return { parts, orientation }
  const u16 = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (start + 2 > tiff.length) return { parts, orientation }
  const count = Math.min(u16(start), MOST_ENTRIES)
  for (let entry = 0; entry < count; entry++) {
    const at = start + 2 + entry * 12
    if (at + 12 > tiff.length) break
    const tag = u16(at)
    if (tag === GPS) parts.add('place')
    else if (MAKE_AND_MODEL.has(tag)) parts.add('device')
    else if (tag === ORIENTATION) {
      const value = u16(at + 8)
      if (value >= 1 && value <= 8) orientation = value
    }
  }
  return { parts, orientation }
}

/** A TIFF block that says nothing but how the picture is to be turned. */
export function orientationOnly(orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM', 0, 'latin1')
  tiff.writeUInt16BE(42, 2)
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(ORIENTATION, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  return tiff
}

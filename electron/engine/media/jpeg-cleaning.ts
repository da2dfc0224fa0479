/**
 * Takes what a camera knows of place, device and people out of a JPEG picture, segment by segment (ITU-T T.81 annex B):
 * the picture itself is not decoded, so not one pixel changes.
 */
import type { StrippedPart } from '@shared/domain/attachment'
import { orientationOnly, readExif } from './exif-contents'

/** A picture without what does not belong to it. */
export interface CleanedPicture {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
  readonly stripped: ReadonlySet<StrippedPart>
}

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const COM = 0xfe
const APP1 = 0xe1
const EXIF = Buffer.from('Exif\0\0', 'latin1')
const UPRIGHT = 1

/** Application segments without which a picture would look different, by their first bytes. */
const NEEDED: ReadonlyMap<number, string> = new Map([
  [0xe0, 'JFIF\0'],
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
])

const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
/** Start of a frame: holds the size of the picture. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Where the coded picture data ends that begins at `from`: at a marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) return -1
    if (next !== 0x00 && next !== 0xff && !standsAlone(next)) return at
  }
  return -1
}

function exifSegment(orientation: number): Buffer {
  const body = Buffer.concat([EXIF, orientationOnly(orientation)])
  const head = Buffer.from([0xff, APP1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** The picture, cleaned; null when the bytes are no whole JPEG file. */
export function cleanJpeg(bytes: Buffer): CleanedPicture | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  const stripped = new Set<StrippedPart>()
  let size: { width: number; height: number } | null = null
  let turned: Buffer | null = null
  let hasScan = false
  let at = 2
  for (;;) {
    if (bytes[at] !== 0xff) return null
    while (bytes[at + 1] === 0xff) at++
    const marker = bytes[at + 1]
    if (marker === undefined) return null
    if (marker === EOI) break
    if (standsAlone(marker)) {
      at += 2
      continue
    }
    if (at + 4 > bytes.length) return null
    const length = bytes.readUInt16BE(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) return null
    const segment = bytes.subarray(at, end)
    const body = bytes.subarray(at + 4, end)
    const scanEnd = marker === SOS ? endOfScan(bytes, end) : end
    if (scanEnd < 0) return null
    if (isFrame(marker)) {
      if (body.length < 5) return null
      size = { height: body.readUInt16BE(1), width: body.readUInt16BE(3) }
    }
    hasScan ||= marker === SOS
    const needed = NEEDED.get(marker)
    if (marker === APP1 && body.subarray(0, EXIF.length).equals(EXIF)) {
      const { parts, orientation } = readExif(body.subarray(EXIF.length))
      const own = orientation === UPRIGHT ? null : exifSegment(orientation)
      turned ??= own
      if (own?.equals(segment) !== true) for (const part of parts) stripped.add(part)
    } else if (marker === COM || (marker >= 0xe0 && marker <= 0xef)) {
      if (needed !== undefined && body.toString('latin1', 0, needed.length) === needed) kept.push(segment)
      else stripped.add('other')
    } else kept.push(bytes.subarray(at, scanEnd))
    at = scanEnd
  }
  if (size === null || !hasScan) return null
  if (at + 2 < bytes.length) stripped.add('other')
  if (stripped.size === 0) return { bytes, ...size, stripped }
  // Behind the JFIF segment, which readers expect to come first.
  const place = kept[1]?.[1] === 0xe0 ? 2 : 1
  const whole = [...kept.slice(0, place), ...(turned === null ? [] : [turned]), ...kept.slice(place)]
  return { bytes: Buffer.concat([...whole, Buffer.from([0xff, EOI])]), ...size, stripped }
}

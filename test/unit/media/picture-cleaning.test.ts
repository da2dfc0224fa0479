import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanJpeg } from '@engine/media/jpeg-cleaning'
import { cleanPng } from '@engine/media/png-cleaning'
import {
  cameraExif,
  chunk,
  exif,
  jpegWith,
  plainJpeg,
  plainPng,
  pngWith,
  segment,
} from '@test/fixtures/pictures'

const SOS = Buffer.from([0xff, 0xda])
const scanOf = (bytes: Buffer): Buffer => bytes.subarray(bytes.indexOf(SOS))
const told = (picture: ReturnType<typeof cleanJpeg>) => [...(picture?.stripped ?? ['nothing'])].sort()

describe('P6 what a camera writes into a JPEG picture', () => {
  it('goes, place and device among it, and not one byte of the picture with it', () => {
    const cleaned = cleanJpeg(jpegWith(cameraExif()))!
    expect(told(cleaned)).toEqual(['device', 'other', 'place'])
    expect(cleaned).toMatchObject({ width: 24, height: 16 })
    expect(cleaned.bytes.includes('GPS')).toBe(false)
    expect(cleaned.bytes.includes('PhoneMaker')).toBe(false)
    expect(scanOf(cleaned.bytes).equals(scanOf(plainJpeg()))).toBe(true)
  })

  it('the picture still stands upright: how it is to be turned is all that stays', () => {
    const upright = cleanJpeg(jpegWith(cameraExif(1)))!
    expect(upright.bytes.equals(plainJpeg())).toBe(true)
    const turned = cleanJpeg(jpegWith(cameraExif(6)))!
    expect(turned.bytes.length - plainJpeg().length).toBe(36)
    expect(turned.bytes.includes(Buffer.from([0x01, 0x12, 0x00, 0x03, 0, 0, 0, 1, 0x00, 0x06]))).toBe(true)
    // What was cleaned once is clean.
    const again = cleanJpeg(turned.bytes)!
    expect(told(again)).toEqual([])
    expect(again.bytes.equals(turned.bytes)).toBe(true)
  })

  it('little-endian directories are read too, broken ones are taken out all the same', () => {
    expect(told(cleanJpeg(jpegWith(exif([[0x8825, 4, 1, 26]], '', 'II'))))).toEqual(['other', 'place'])
    for (const tiff of ['', 'XX', 'MM\0*\xff\xff\xff\xff', 'II*\0\x08\0\0\0\xff\xff']) {
      const cleaned = cleanJpeg(jpegWith(segment(0xe1, `Exif\0\0${tiff}`)))!
      expect(told(cleaned)).toEqual(['other'])
      expect(cleaned.bytes.equals(plainJpeg())).toBe(true)
    }
  })

  it.each([
    ['XMP', segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>')],
    ['a comment', segment(0xfe, '张三')],
    ['IPTC', segment(0xed, 'Photoshop 3.0\0')],
    ['further pictures', segment(0xe2, 'MPF\0')],
    ['a preview', segment(0xe0, 'JFXX\0')],
  ])('%s goes', (_, extra) => {
    const cleaned = cleanJpeg(jpegWith(extra))!
    expect(told(cleaned)).toEqual(['other'])
    expect(cleaned.bytes.equals(plainJpeg())).toBe(true)
  })

  it('what lies behind the picture goes: telephones keep films and places there', () => {
    const cleaned = cleanJpeg(Buffer.concat([plainJpeg(), Buffer.from('MotionPhoto_Data')]))!
    expect(told(cleaned)).toEqual(['other'])
    expect(cleaned.bytes.equals(plainJpeg())).toBe(true)
  })

  it('several scans, stuffing and restarts are the picture', () => {
    const picture = plainJpeg()
    const scan = Buffer.concat([
      segment(0xda, '\x01\x01\x00\x00\x3f\x00'),
      Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56]),
    ])
    const whole = Buffer.concat([
      picture.subarray(0, -2),
      scan,
      segment(0xc4, '\0'),
      scan,
      picture.subarray(-2),
    ])
    const cleaned = cleanJpeg(whole)!
    expect(told(cleaned)).toEqual([])
    expect(cleaned.bytes.equals(whole)).toBe(true)
  })

  it('a file cut short anywhere is none, and no bytes make the reader fall', () => {
    const whole = jpegWith(cameraExif())
    for (let length = 0; length < whole.length; length++)
      expect(cleanJpeg(whole.subarray(0, length)), String(length)).toBeNull()
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, bytes) => {
        const spoilt = Buffer.from(whole)
        spoilt.set(bytes.subarray(0, whole.length - at), at)
        const cleaned = cleanJpeg(spoilt)
        if (cleaned !== null) expect(cleaned.bytes.length).toBeLessThanOrEqual(spoilt.length)
      }),
    )
  })
})

describe('P6 what is written into a PNG picture', () => {
  it('goes, and the picture stays', () => {
    const camera = cameraExif().subarray(4 + 6)
    const cleaned = cleanPng(
      pngWith(
        chunk('eXIf', camera),
        chunk('tEXt', 'Author\0x'),
        chunk('iTXt', 'XML:com.adobe.xmp'),
        chunk('tIME', 'x'),
      ),
    )!
    expect(told(cleaned)).toEqual(['device', 'other', 'place'])
    expect(cleaned).toMatchObject({ width: 24, height: 16 })
    expect(cleaned.bytes.equals(cleanPng(plainPng())!.bytes)).toBe(true)
  })

  it('colour stays', () => {
    const whole = pngWith(chunk('gAMA', '\0\0\xb1\x8f'))
    expect(cleanPng(whole)!.bytes.equals(whole)).toBe(true)
  })

  it('a file cut short anywhere, or with a wrong check sum, is none', () => {
    const whole = plainPng()
    for (let length = 0; length < whole.length; length++)
      expect(cleanPng(whole.subarray(0, length)), String(length)).toBeNull()
    const spoilt = Buffer.from(whole)
    spoilt[50] = spoilt[50]! ^ 1
    expect(cleanPng(spoilt)).toBeNull()
  })
})

import { createHash } from 'node:crypto'
import { appendFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { digestOf, filePieces, firstPiece } from '@engine/sheets/file-pieces'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

const placeOf = (path: string) => ({ path, file: '名单.csv', limits: defaultSheetLimits })
const MEGABYTE = 1024 * 1024
const large = (): string => '甲,乙\n'.repeat((3 * MEGABYTE) / 8)

describe('files in pieces', () => {
  it('gives all bytes in order, then how many they were and their SHA-256', async () => {
    const content = Buffer.from(large())
    const place = placeOf(folder.write('ganz.csv', content))
    const pieces: Buffer[] = []
    for await (const piece of filePieces(place)) pieces.push(Buffer.from(piece))
    expect(pieces.length).toBeGreaterThan(2)
    expect(Buffer.concat(pieces).equals(content)).toBe(true)
    const sha256 = createHash('sha256').update(content).digest('hex')
    expect(await digestOf(place)).toEqual({ bytes: content.length, sha256 })
    expect((await firstPiece(place)).equals(content.subarray(0, MEGABYTE))).toBe(true)
  })

  it('Z21 what is no readable file is refused as ever', async () => {
    expect((await refusalOf(digestOf(placeOf(join(folder.path, '没有'))))).code).toBe('input.missing-file')
    expect(await refusalOf(digestOf(placeOf(folder.path)))).toMatchObject({ params: { kind: 'folder' } })
    const empty = folder.write('leer.csv', '')
    expect(await refusalOf(digestOf(placeOf(empty)))).toMatchObject({ params: { kind: 'empty' } })
    truncateSync(empty, 51 * MEGABYTE)
    expect(await refusalOf(digestOf(placeOf(empty)))).toMatchObject({ code: 'input.file-too-large' })
  })

  it.each([
    ['grows', (path: string) => appendFileSync(path, '丙,丁\n')],
    ['shrinks', (path: string) => truncateSync(path, 10)],
    [
      'is replaced',
      (path: string) => {
        writeFileSync(`${path}.new`, large())
        renameSync(`${path}.new`, path)
      },
    ],
  ])('Z21 a file that %s while it is read is refused', async (_, change) => {
    const path = folder.write('wechselnd.csv', large())
    const pieces = filePieces(placeOf(path))
    await pieces.next()
    change(path)
    const rest = async () => {
      while ((await pieces.next()).done !== true);
    }
    expect(await refusalOf(rest())).toMatchObject({
      code: 'input.file-changed',
      params: { file: '名单.csv' },
    })
  })

  it.each([
    ['between two passes', 0],
    ['while its rows are read', 1],
  ])('Z21 a CSV file that is another %s, by a byte and with its old time, is refused', async (_, lots) => {
    const at = new Date('2026-11-02T09:00:00+08:00')
    const path = folder.write('b.csv', large())
    utimesSync(path, at, at)
    const source = await openSheetFile({ path }, { ...defaultSheetLimits, rows: 1_000_000 })
    const reading = source.rows(null)
    for (let lot = 0; lot < lots; lot++) await reading.next()
    writeFileSync(path, large().replace(/乙\n$/, '丙\n'))
    utimesSync(path, at, at)
    const rest = async () => {
      while ((await reading.next()).done !== true);
    }
    expect(await refusalOf(rest())).toMatchObject({ code: 'input.file-changed', params: { file: 'b.csv' } })
  })
})

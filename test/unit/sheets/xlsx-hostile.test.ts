import { afterAll, describe, expect, it, vi } from 'vitest'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { good, read, refusal, sheetBytes } from '@test/fixtures/sheets/hostile-workbook'
import { rawWorkbook, textRow } from '@test/fixtures/sheets/raw-workbook'
import { rawZip } from '@test/fixtures/sheets/raw-zip'
import { refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

// Large files are made on machines that do other work too.
vi.setConfig({ testTimeout: 60_000 })

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

describe('hostile and broken workbooks', () => {
  it('Z1 one cell of 200 MB is refused while it is read', async () => {
    const bytes = rawWorkbook({ sheet: textRow(1, ['a'.repeat(200 * 1024 * 1024)]) })
    expect(bytes.length).toBeLessThan(300_000)
    expect(await refusal(bytes)).toEqual(['input.unsafe-workbook', 'token'])
  })

  it('Z1 many small cells that inflate without end hit the ratio and the total', async () => {
    const rows = Array.from({ length: 700_000 }, () => '<row><c s="1"/></row>').join('')
    expect(await refusal(rawWorkbook({ sheet: rows }))).toEqual(['input.unsafe-workbook', 'ratio'])
    expect(await refusal(rawWorkbook({ sheet: rows }), { inflatedBytes: 1_000_000 })).toEqual([
      'input.unsafe-workbook',
      'inflated',
    ])
  })

  it('Z2 a header that states 10 KB does not hide what the stream gives', async () => {
    const rows = Array.from({ length: 700_000 }, () => '<row><c s="1"/></row>').join('')
    const bytes = sheetBytes({ sheet: rows }, { size: 10_240 })
    expect(await refusal(bytes)).toEqual(['input.unsafe-workbook', 'ratio'])
    expect(await refusal(sheetBytes({ sheet: good }, { size: 10 }))).toEqual(['input.damaged', undefined])
  })

  it('Z4 too many members are refused before any is read', async () => {
    const more = Array.from({ length: 2_001 }, (_, index) => ({
      name: `xl/x${index}.xml`,
      data: 'x',
      stored: true,
    }))
    expect(await refusal(rawWorkbook({ sheet: good, more }))).toEqual(['input.unsafe-workbook', 'members'])
  })

  it('Z5 archives inside the archive are not opened', async () => {
    const nested = rawZip([{ name: 'a.zip', data: rawZip([{ name: 'b', data: 'c' }]) }])
    expect(
      (await read(rawWorkbook({ sheet: good, more: [{ name: 'xl/media/image1.zip', data: nested }] }))).rows,
    ).toHaveLength(1)
  })

  it.each([
    '../../x.xml',
    '/etc/x.xml',
    'C:\\x.xml',
    'xl\\..\\x.xml',
    'xl/../../x',
    'a\u0000b',
    'xl/./x.xml',
  ])('Z6 member name %j is refused', async (name) => {
    expect(await refusal(rawWorkbook({ sheet: good, more: [{ name, data: 'x' }] }))).toEqual([
      'input.unsafe-workbook',
      'path',
    ])
  })

  it('Z6 two members of one name, also by case, and a local header of another name are refused', async () => {
    for (const name of ['xl/workbook.xml', 'XL/Workbook.xml']) {
      expect(await refusal(rawWorkbook({ sheet: good, more: [{ name, data: 'x' }] }))).toEqual([
        'input.unsafe-workbook',
        'duplicate',
      ])
    }
    expect(await refusal(sheetBytes({ sheet: good }, { localName: 'xl/worksheets/sheet9.xml' }))).toEqual([
      'input.damaged',
      undefined,
    ])
  })

  it('Z7 truncated archives and wrong checksums are damaged', async () => {
    const bytes = rawWorkbook({ sheet: good })
    for (const length of [bytes.length - 1, bytes.length - 30, Math.floor(bytes.length / 2), 60]) {
      expect((await refusal(bytes.subarray(0, length)))[0]).toBe('input.damaged')
    }
    expect(await refusal(sheetBytes({ sheet: good }, { crc: 12345 }))).toEqual(['input.damaged', undefined])
  })

  it('Z7 a wrong checksum is already seen by the inspection, beyond the previewed rows', async () => {
    const sheet = Array.from({ length: 500 }, (_, index) => textRow(index + 1, ['甲'])).join('')
    const path = folder.write('crc.xlsx', sheetBytes({ sheet }, { crc: 1 }))
    const source = await openSheetFile({ path }, defaultSheetLimits)
    expect((await refusalOf(source.inspect())).code).toBe('input.damaged')
  })

  it('Z7 a member that nobody reads is checked too', async () => {
    const picture = { name: 'xl/media/image1.png', data: 'a picture', stored: true }
    const whole = rawWorkbook({ sheet: good, more: [picture] })
    const path = folder.write('picture.xlsx', whole)
    await (await openSheetFile({ path }, defaultSheetLimits)).inspect()
    for (const lie of [{ crc: 1 }, { size: 4 }]) {
      const bytes = rawWorkbook({ sheet: good, more: [{ ...picture, lie }] })
      const damaged = folder.write('picture-damaged.xlsx', bytes)
      const source = await openSheetFile({ path: damaged }, defaultSheetLimits)
      expect((await refusalOf(source.inspect())).code).toBe('input.damaged')
    }
  })

  it.each([
    [
      '.xls',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Workbook', 'utf16le')]),
      'input.legacy-workbook',
      undefined,
    ],
    [
      'encrypted',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'input.encrypted',
      undefined,
    ],
    [
      '.doc',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('WordDocument', 'utf16le')]),
      'input.not-a-workbook',
      'doc',
    ],
    ['BIFF', Buffer.from('0908100000060500', 'hex'), 'input.legacy-workbook', undefined],
    [
      'HTML',
      Buffer.from('\ufeff <html><table><tr><td>甲</td></tr></table></html>'),
      'input.not-a-workbook',
      'html',
    ],
    ['XML', Buffer.from('<?xml version="1.0"?><Workbook/>'), 'input.not-a-workbook', 'xml'],
    ['CSV', Buffer.from('姓名,文号\n甲,乙\n'), 'input.not-a-workbook', 'text'],
    ['PDF', Buffer.from('%PDF-1.7'), 'input.not-a-workbook', 'pdf'],
    [
      '.ods',
      rawZip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }]),
      'input.not-a-workbook',
      'ods',
    ],
    [
      '.docx',
      rawZip([
        { name: '[Content_Types].xml', data: '<Types/>' },
        {
          name: '_rels/.rels',
          data: '<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
        },
        { name: 'word/document.xml', data: '<d/>' },
      ]),
      'input.not-a-workbook',
      'docx',
    ],
    ['.zip', rawZip([{ name: 'a.txt', data: 'a' }]), 'input.not-a-workbook', 'zip'],
    [
      'binary',
      Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 37) % 7)),
      'input.not-a-workbook',
      undefined,
    ],
  ])('Z9 %s under the name of a workbook is told by its bytes', async (_, bytes, code, kind) => {
    const found = await refusal(bytes)
    expect(found[0]).toBe(code)
    if (kind !== undefined) expect(found[1]).toBe(kind)
  })
})

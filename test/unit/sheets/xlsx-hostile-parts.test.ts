import { afterAll, describe, expect, it, vi } from 'vitest'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { good, read, refusal } from '@test/fixtures/sheets/hostile-workbook'
import { rawWorkbook, textRow } from '@test/fixtures/sheets/raw-workbook'
import { readAll, refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

// Large files are made on machines that do other work too.
vi.setConfig({ testTimeout: 60_000 })

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

describe('hostile and broken parts of a workbook', () => {
  it('Z10 macros and xlsb are refused, links and embedded objects only warned of', async () => {
    expect(
      await refusal(rawWorkbook({ sheet: good, more: [{ name: 'xl/vbaProject.bin', data: 'x' }] })),
    ).toEqual(['input.unsafe-workbook', 'macro'])
    expect(
      await refusal(rawWorkbook({ sheet: good, more: [{ name: 'xl/workbook.bin', data: 'x' }] })),
    ).toEqual(['input.unsafe-workbook', 'xlsb'])
    const more = [
      { name: 'xl/externalLinks/externalLink1.xml', data: '<x/>' },
      { name: 'xl/embeddings/oleObject1.bin', data: 'x' },
    ]
    const path = folder.write(
      'links.xlsx',
      rawWorkbook({
        sheet: '<row r="1"><c r="A1" t="str"><f>cmd|\'/c calc\'!A1</f><v>值</v></c></row>',
        more,
      }),
    )
    const { warnings } = await (await openSheetFile({ path }, defaultSheetLimits)).inspect()
    expect(warnings.map(({ code }) => code)).toEqual(['external-links', 'embedded-objects'])
    expect((await readAll(path)).rows[0]?.cells[0]).toEqual({ text: '值', kind: 'formula' })
  })

  it('Z10 encrypted members are told as encrypted', async () => {
    expect(
      (await refusal(rawWorkbook({ sheet: good, more: [{ name: 'xl/x.xml', data: 'x', flags: 0x801 }] })))[0],
    ).toBe('input.encrypted')
  })

  const doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///c:/windows/win.ini">]>'
  const withSheet = (document: string) => rawWorkbook({ sheet: document })

  it('Z11 a document type is refused wherever it stands', async () => {
    const root = `<worksheet><sheetData>${good}</sheetData></worksheet>`
    expect(await refusal(withSheet(`${doctype}${root}`))).toEqual(['input.unsafe-workbook', 'doctype'])
    expect(await refusal(withSheet(`<?xml version="1.0"?>\n${doctype}<worksheet/>`))).toEqual([
      'input.unsafe-workbook',
      'doctype',
    ])
    expect(
      await refusal(rawWorkbook({ sheet: good, strings: `<?xml version="1.0"?>${doctype}<sst/>` })),
    ).toEqual(['input.unsafe-workbook', 'doctype'])
  })

  it('Z12 entities of its own, a million references and two document types are refused', async () => {
    expect(await refusal(rawWorkbook({ sheet: textRow(1, ['&lol9;']) }))).toEqual([
      'input.unsafe-workbook',
      'entity',
    ])
    expect(await refusal(rawWorkbook({ sheet: textRow(1, ['&#65;'.repeat(1_000_000)]) }))).toEqual([
      'input.unsafe-workbook',
      'token',
    ])
    expect(await refusal(withSheet(`${doctype}${doctype}<worksheet/>`))).toEqual([
      'input.unsafe-workbook',
      'doctype',
    ])
    expect((await refusal(rawWorkbook({ sheet: textRow(1, ['&#0;']) })))[0]).toBe('input.damaged')
    expect((await refusal(rawWorkbook({ sheet: textRow(1, ['&#xD800;']) })))[0]).toBe('input.damaged')
  })

  it('Z14 UTF-16 and byte order marks are read, a declaration that lies is refused', async () => {
    const document = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?><worksheet><sheetData>${textRow(1, ['张𠮷'])}</sheetData></worksheet>`
    const little = Buffer.from(`\ufeff${document('UTF-16')}`, 'utf16le')
    for (const sheet of [
      little,
      Buffer.from(little).swap16(),
      Buffer.from(document('utf-16le'), 'utf16le'),
      Buffer.from(`\ufeff${document('utf-8')}`),
    ]) {
      expect((await read(rawWorkbook({ sheet }))).rows[0]?.cells[0]?.text).toBe('张𠮷')
    }
    for (const sheet of [
      Buffer.from(document('UTF-16')),
      Buffer.from(document('GBK')),
      Buffer.from(document('utf-8'), 'utf16le'),
    ]) {
      expect((await refusal(rawWorkbook({ sheet })))[0]).toBe('input.damaged')
    }
  })

  it('Z14 a character cut by the piece of 256 KB stays whole', async () => {
    const rows = Array.from({ length: 9_000 }, (_, index) =>
      textRow(index + 1, ['𠮷'.repeat(10) + 'a'.repeat(index % 7)]),
    )
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const sheet = Buffer.from(
        `\ufeff<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
        encoding,
      )
      const { rows: found } = await read(rawWorkbook({ sheet }))
      expect(found).toHaveLength(9_000)
      expect(
        found.every(({ cells }, index) => cells[0]?.text === '𠮷'.repeat(10) + 'a'.repeat(index % 7)),
      ).toBe(true)
    }
  })

  it('Z16 a lying dimension and a million formatted blank rows cost nothing', async () => {
    const blank = Array.from(
      { length: 1_000_000 - 3 },
      (_, index) => `<row r="${index + 4}"><c r="A${index + 4}" s="${index % 7}"/></row>`,
    ).join('')
    const data = [1, 2, 3].map((row) => textRow(row, ['甲'])).join('')
    const sheet = `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>${data}${blank}</sheetData></worksheet>`
    expect((await read(rawWorkbook({ sheet }))).rows).toHaveLength(3)
  })

  it('Z17 rows and columns beyond the caps are refused', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => textRow(index + 1, ['甲'])).join('')
    const { code, params } = await refusalOf(read(rawWorkbook({ sheet: rows }), { rows: 49 }))
    expect([code, params['limit'], params['sheet']]).toEqual(['input.too-many-rows', 49, '数据'])
    expect((await read(rawWorkbook({ sheet: rows }), { rows: 50 })).rows).toHaveLength(50)
    expect((await refusal(rawWorkbook({ sheet: '<row r="1"><c r="ALM1"><v>1</v></c></row>' })))[0]).toBe(
      'input.too-many-columns',
    )
  })

  it('Z18 sheets named like parts of JavaScript are only names', async () => {
    const path = folder.write(
      'proto.xlsx',
      rawWorkbook({
        sheet: good,
        sheets: [
          { name: '__proto__', sheet: textRow(1, ['丙']) },
          { name: 'constructor', sheet: '' },
        ],
      }),
    )
    expect((await readAll(path, '__proto__')).rows[0]?.cells[0]?.text).toBe('丙')
    expect((await readAll(path, 'constructor')).rows).toEqual([])
    expect((await refusalOf(readAll(path, 'toString'))).code).toBe('input.sheet-not-found')
    expect(({} as Record<string, unknown>)['丙']).toBeUndefined()
  })

  it.each([
    ['unclosed', '<worksheet><sheetData>'],
    ['crossed tags', '<worksheet><sheetData></worksheet></sheetData>'],
    ['two roots', '<worksheet/><worksheet/>'],
    ['text outside', '<worksheet/>x'],
    ['no root', '<!-- -->'],
    ['attribute without quotes', '<worksheet a=b/>'],
    ['attribute without value', '<worksheet a><b c="d"/></worksheet>'],
    [
      'cell out of order',
      `<worksheet><sheetData><row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
    ],
    [
      'row out of order',
      `<worksheet><sheetData>${textRow(2, ['甲'])}${textRow(1, ['乙'])}</sheetData></worksheet>`,
    ],
    [
      'string that is not there',
      `<worksheet><sheetData><row><c t="s"><v>5</v></c></row></sheetData></worksheet>`,
    ],
    ['depth', '<a>'.repeat(200)],
    ['control character', `<worksheet><sheetData>${textRow(1, ['\u0001'])}</sheetData></worksheet>`],
  ])('broken XML (%s) is damaged', async (_, sheet) => {
    expect((await refusal(rawWorkbook({ sheet: Buffer.from(sheet) })))[0]).toBe('input.damaged')
  })
})

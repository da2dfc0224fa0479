import { afterAll, describe, expect, it, vi } from 'vitest'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { oldWorkbook, withHiddenRows, type OldSheet } from '@test/fixtures/sheets/old-workbook'
import { rawZip, type RawMember } from '@test/fixtures/sheets/raw-zip'
import { readAll, refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

const folder = new TemporaryFolder()
// The library that reads binary workbooks speaks of odd records on the console; the child has none.
const silence = vi.spyOn(console, 'error').mockImplementation(() => {})
afterAll(() => {
  silence.mockRestore()
  folder.remove()
})

const inspect = async (path: string) => (await openSheetFile({ path }, defaultSheetLimits)).inspect()
const data: OldSheet = {
  name: '数据',
  rows: [
    ['名称', '代码', '日期', '金额', '标记'],
    ['甲公司', '91350100M000100Y43', { v: 45_292, z: 'yyyy"年"m"月"d"日"' }, 0.5, true],
    ['乙\n店', Number('440106199001011234'), { v: 45_293, z: 'yyyy/m/d' }, { v: 10_000, f: '2*5000' }, false],
    [null, '', 45_294, { v: '文字', f: '"文"&"字"' }],
  ],
  merged: ['A3:A4'],
  hiddenColumns: [1],
}
const cover: OldSheet = { name: '说明', rows: [['填报说明']], hidden: true }

describe.each(['.xls', '.et'])('a binary workbook named %s', (extension) => {
  it('gives texts, stored numbers, dates and flags with their kinds', async () => {
    const path = folder.write(`旧表${extension}`, oldWorkbook([cover, data], 'biff8'))
    const { rows } = await readAll(path, '数据')
    expect(rows.map(({ row }) => row)).toEqual([1, 2, 3, 4])
    expect(rows[1]!.cells).toEqual([
      expect.objectContaining({ text: '甲公司', kind: 'text' }),
      expect.objectContaining({ text: '91350100M000100Y43', kind: 'text' }),
      { text: '2024-01-01', kind: 'date', format: 'yyyy"年"m"月"d"日"' },
      { text: '0.5', kind: 'number' },
      { text: 'TRUE', kind: 'boolean' },
    ])
    expect(rows[2]!.cells.map((cell) => cell?.kind)).toEqual(['text', 'number', 'date', 'number', 'boolean'])
    expect(rows[2]!.cells[0]?.text).toBe('乙\n店')
    expect(rows[3]!.cells[2]).toEqual({ text: '45294', kind: 'number' })
  })

  it('tells hidden sheets, rows and columns, merged cells and what it is', async () => {
    const bytes = withHiddenRows(oldWorkbook([cover, data], 'biff8'), [2])
    const info = await inspect(folder.write(`隐藏${extension}`, bytes))
    expect(info).toMatchObject({ fileType: 'xls', warnings: [{ code: 'hidden-sheet' }] })
    expect(info.sheets.map(({ name, hidden, rows }) => [name, hidden, rows])).toEqual([
      ['说明', true, 1],
      ['数据', false, 4],
    ])
    expect(info.sheets[1]).toMatchObject({
      hiddenColumns: [1],
      merged: [{ top: 3, left: 1, bottom: 4, right: 1 }],
    })
    expect(info.sheets[1]!.firstRows.map(({ hidden }) => hidden === true)).toEqual([
      false,
      false,
      true,
      false,
    ])
  })
})

describe('a binary workbook', () => {
  it('X16 counts days from 1904 where it says so', async () => {
    const path = folder.write('1904.xls', oldWorkbook([data], 'biff8', true))
    expect((await inspect(path)).warnings).toEqual([{ code: 'date-1904', params: {} }])
    expect((await readAll(path)).rows[1]!.cells[2]?.text).toBe('2028-01-02')
  })

  it('Z9 under the name of a newer format, and older ones, are refused with the step that helps', async () => {
    const bytes = oldWorkbook([data], 'biff8')
    for (const name of ['a.xlsx', 'a.csv']) {
      const refusal = await refusalOf(readAll(folder.write(name, bytes)))
      expect(refusal.code).toBe('input.legacy-workbook')
    }
    const older = folder.write('b.xls', oldWorkbook([data], 'biff5'))
    expect((await refusalOf(readAll(older))).code).toBe('input.legacy-workbook')
  })

  it('Z10 one with macros is refused; one that is cut off or overwritten is damaged or read, never a crash', async () => {
    const bytes = oldWorkbook([data], 'biff8')
    const macro = Buffer.concat([bytes, Buffer.from('_VBA_PROJECT_CUR', 'utf16le')])
    expect(await refusalOf(readAll(folder.write('c.xls', macro)))).toMatchObject({
      code: 'input.unsafe-workbook',
      params: { reason: 'macro' },
    })
    for (let at = 512; at < bytes.length; at += 97) {
      const broken = Buffer.from(bytes)
      broken.fill(0xff, at, at + 16)
      const outcome = await readAll(folder.write('d.xls', broken)).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome.name).toBe('FailureError')
    }
    const cut = folder.write('e.xls', bytes.subarray(0, 700))
    expect((await refusalOf(readAll(cut))).code).toMatch(/^input\./)
  })

  it('X12 Z17 keeps to the caps', async () => {
    const path = folder.write('f.xls', oldWorkbook([data], 'biff8'))
    expect((await refusalOf(readAll(path, null, { rows: 2 }))).code).toBe('input.too-many-rows')
    expect((await refusalOf(readAll(path, null, { columns: 3 }))).code).toBe('input.too-many-columns')
    expect(await refusalOf(readAll(path, null, { cellChars: 5 }))).toMatchObject({
      params: { reason: 'cell' },
    })
    expect((await refusalOf(readAll(path, '没有'))).code).toBe('input.sheet-not-found')
  })
})

const OFFICE = 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'
const MIME = 'application/vnd.oasis.opendocument.spreadsheet'
const ods = (tables: string, styles = '', more: readonly RawMember[] = []): Buffer =>
  rawZip([
    { name: 'mimetype', data: MIME, stored: true },
    {
      name: 'content.xml',
      data:
        `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="${OFFICE}">` +
        `<office:automatic-styles>${styles}</office:automatic-styles>` +
        `<office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    },
    ...more,
  ])
const text = (value: string, more = ''): string =>
  `<table:table-cell office:value-type="string"${more}><text:p>${value}</text:p></table:table-cell>`
const table = (rows: string, name = '数据', more = ''): string =>
  `<table:table table:name="${name}"${more}>${rows}</table:table>`
const row = (cells: string, more = ''): string => `<table:table-row${more}>${cells}</table:table-row>`

describe('an OpenDocument spreadsheet', () => {
  it('as another program writes it gives the same as its .xls', async () => {
    // That program writes dates as numbers under a date format; everything else writes them as dates.
    const undated = {
      ...data,
      rows: data.rows.map(([name, code, , ...rest]) => [name!, code!, null, ...rest]),
    }
    const path = folder.write('a.ods', oldWorkbook([undated], 'ods'))
    const { rows } = await readAll(path)
    const judge = await readAll(folder.write('judge.xls', oldWorkbook([undated], 'biff8')))
    const plain = (all: typeof rows) =>
      all.map(({ row: number, cells }) => [number, ...cells.map((cell) => cell && [cell.kind, cell.text])])
    // The judge's writer drops formulas and keeps their texts.
    const told = plain(rows).map((line) => JSON.stringify(line).replaceAll('formula', 'text'))
    expect(told).toEqual(plain(judge.rows).map((line) => JSON.stringify(line)))
    expect(await inspect(path)).toMatchObject({ fileType: 'ods', sheets: [{ name: '数据', rows: 4 }] })
  })

  it('keeps the stored digits of numbers, joins paragraphs and blanks, leaves notes out', async () => {
    const cells =
      '<table:table-cell office:value-type="float" office:value="440106199001011234"><text:p>4.4E+17</text:p></table:table-cell>' +
      text('张<text:span>三</text:span><text:s text:c="2"/>李<text:line-break/>四</text:p><text:p>五') +
      text('<office:annotation><text:p>批注</text:p></office:annotation>正文') +
      '<table:table-cell office:value-type="date" office:date-value="2024-01-05T00:00:00"><text:p>1月5日</text:p></table:table-cell>' +
      '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value=""><text:p>#N/A</text:p></table:table-cell>' +
      '<table:table-cell table:formula="of:=[.A1]"/>' +
      text('末')
    const { rows } = await readAll(folder.write('b.ods', ods(table(row(cells)))))
    expect(rows[0]!.cells).toEqual([
      { text: '440106199001011234', kind: 'number' },
      { text: '张三  李\n四\n五', kind: 'text' },
      { text: '正文', kind: 'text' },
      { text: '2024-01-05', kind: 'date' },
      { text: '#N/A', kind: 'error' },
      { text: '', kind: 'formula' },
      { text: '末', kind: 'text' },
    ])
  })

  it('Z19 tells hidden sheets, rows, columns and filters; struck text and merged cells too', async () => {
    const styles =
      '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>' +
      '<style:style style:name="ce1" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    const rows =
      '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>' +
      row(text('甲', ' table:number-rows-spanned="2" table:style-name="ce1"') + text('乙')) +
      row(`<table:covered-table-cell/>${text('丙')}`, ' table:visibility="filter"')
    const ranges =
      '<table:database-ranges><table:database-range><table:filter/></table:database-range></table:database-ranges>'
    const bytes = ods(table(rows) + table(row(text('丁')), '旧', ' table:style-name="ta2"') + ranges, styles)
    const info = await inspect(folder.write('c.ods', bytes))
    expect(info.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['数据', false],
      ['旧', true],
    ])
    expect(info.sheets[0]).toMatchObject({
      hiddenColumns: [2],
      isFiltered: true,
      merged: [{ top: 1, left: 1, bottom: 2, right: 1 }],
      firstRows: [
        { row: 1, cells: [{ text: '甲', struck: true }, { text: '乙' }] },
        { row: 2, cells: [null, { text: '丙' }], hidden: true },
      ],
    })
  })

  it('Z16 Z17 repeats cost nothing where they are blank and hit the caps where they are not', async () => {
    const blank = `<table:table-cell table:number-columns-repeated="16384"/>`
    const rows =
      row(text('甲') + blank) + row(blank, ' table:number-rows-repeated="1048570"') + row(text('乙'))
    const read = await readAll(folder.write('d.ods', ods(table(rows))))
    expect(read.rows.map(({ row: number, cells }) => [number, cells.length])).toEqual([
      [1, 1],
      [1_048_572, 1],
    ])
    const many = ods(table(row(text('甲'), ' table:number-rows-repeated="1048576"')))
    expect((await refusalOf(readAll(folder.write('e.ods', many)))).code).toBe('input.too-many-rows')
    const wide = ods(table(row(text('甲', ' table:number-columns-repeated="16384"'))))
    expect((await refusalOf(readAll(folder.write('f.ods', wide)))).code).toBe('input.too-many-columns')
  })

  it('Z1 repeats of long texts are counted as if they were written out', async () => {
    const long = '甲'.repeat(30_000)
    const cells = text(long, ' table:number-columns-repeated="900"')
    const rows = row(cells, ' table:number-rows-repeated="1000"')
    expect(await refusalOf(readAll(folder.write('repeat.ods', ods(table(rows)))))).toMatchObject({
      code: 'input.unsafe-workbook',
      params: { reason: 'inflated' },
    })
  })

  it('Z9 Z10 Z11 refuses macros, passwords, document types and a lying name', async () => {
    const good = table(row(text('甲')))
    const code = async (name: string, bytes: Buffer) => {
      const { code: found, params } = await refusalOf(readAll(folder.write(name, bytes)))
      return [found, params['reason'] ?? params['kind']]
    }
    const module = { name: 'Basic/Standard/Module1.xml', data: '<x/>' }
    expect(await code('g.ods', ods(good, '', [module]))).toEqual(['input.unsafe-workbook', 'macro'])
    const locked = {
      name: 'META-INF/manifest.xml',
      data: '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>',
    }
    expect(await code('h.ods', ods(good, '', [locked]))).toEqual(['input.encrypted', undefined])
    expect(await code('i.ods', ods('<!DOCTYPE x>'))).toEqual(['input.unsafe-workbook', 'doctype'])
    expect(await code('j.xlsx', ods(good))).toEqual(['input.not-a-workbook', 'ods'])
  })

  it('warns when the name says something else', async () => {
    const path = folder.write('k.xls', ods(table(row(text('甲')))))
    expect((await inspect(path)).warnings).toEqual([{ code: 'extension-differs', params: { actual: 'ods' } }])
  })
})

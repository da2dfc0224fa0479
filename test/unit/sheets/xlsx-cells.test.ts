import { afterAll, describe, expect, it, vi } from 'vitest'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { rawWorkbook, textRow, type RawWorkbook } from '@test/fixtures/sheets/raw-workbook'
import { readAll, refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

// Large files are made on machines that do other work too.
vi.setConfig({ testTimeout: 60_000 })

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

const read = (workbook: RawWorkbook, limits = {}) =>
  readAll(folder.write('a.xlsx', rawWorkbook(workbook)), null, limits)
const cellsOf = async (workbook: RawWorkbook) => (await read(workbook)).rows.flatMap(({ cells }) => cells)

const DATE_STYLES =
  '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="177" formatCode="[Red]0.00_);[Blue]\\(0.00\\)"/></numFmts>' +
  '<fonts><font/><font><strike/></font></fonts>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="0" fontId="1"/><xf numFmtId="49"/><xf numFmtId="21"/></cellXfs>'

describe('cells of a workbook', () => {
  it('X1 an 18-digit number keeps every digit and says that it is a number', async () => {
    const [id] = await cellsOf({ sheet: '<row r="1"><c r="A1"><v>440106199001011234</v></c></row>' })
    expect(id).toEqual({ text: '440106199001011234', kind: 'number' })
  })

  it('X2 scientific notation stays as it is stored, as number and as text', async () => {
    const cells = await cellsOf({
      sheet:
        '<row r="1"><c r="A1"><v>4.40106E+17</v></c><c r="B1" t="inlineStr"><is><t>4.40106E+17</t></is></c></row>',
    })
    expect(cells).toEqual([
      { text: '4.40106E+17', kind: 'number' },
      { text: '4.40106E+17', kind: 'text' },
    ])
  })

  it('X9 rich text is joined, phonetic guides are left out, struck-through text is marked', async () => {
    const strings =
      '<si><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r><rPh sb="0" eb="1"><t>ZHANG</t></rPh></si>' +
      '<si><r><rPr><strike/></rPr><t>旧名</t></r><r><t>新名</t></r></si>' +
      '<si><r><rPr><strike val="0"/></rPr><t>不删</t></r></si>'
    const cells = await cellsOf({
      strings,
      styles: DATE_STYLES,
      sheet:
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" s="4" t="inlineStr"><is><t>全删</t><rPh sb="0" eb="1"><t>QUAN</t></rPh></is></c></row>',
    })
    expect(cells).toEqual([
      { text: '张三', kind: 'text' },
      { text: '旧名新名', kind: 'text', struck: true },
      { text: '不删', kind: 'text' },
      { text: '全删', kind: 'text', struck: true },
    ])
  })

  it('X11 booleans, errors and formulas have their kind; a blank formula result is blank', async () => {
    const cells = await cellsOf({
      sheet:
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c>' +
        '<c r="D1"><f>1+1</f><v>2</v></c><c r="E1" t="str"><f>A1&amp;"x"</f><v>甲x</v></c>' +
        '<c r="F1" t="str"><f>""</f><v></v></c><c r="G1"><f>NOW()</f></c></row>',
    })
    expect(cells).toEqual([
      { text: 'TRUE', kind: 'boolean' },
      { text: 'FALSE', kind: 'boolean' },
      { text: '#N/A', kind: 'error' },
      { text: '2', kind: 'number' },
      { text: '甲x', kind: 'formula' },
      null,
      { text: '', kind: 'formula' },
    ])
  })

  it('X12 a cell of 32,767 characters is taken, one of 32,768 is refused with its place', async () => {
    const [cell] = await cellsOf({ sheet: textRow(1, ['甲'.repeat(32_767)]) })
    expect(cell?.text).toHaveLength(32_767)
    for (const length of [32_768, 5_000_000]) {
      const refusal = await refusalOf(read({ sheet: textRow(1, ['甲', '甲'.repeat(length)]) }))
      expect(refusal.code).toBe('input.unsafe-workbook')
    }
    expect((await refusalOf(read({ sheet: textRow(7, ['甲', '甲'.repeat(32_768)]) }))).params).toMatchObject({
      reason: 'cell',
      row: 7,
      column: 2,
    })
  })

  it('X15 a day number is a date only when its format says so', async () => {
    const cells = await cellsOf({
      styles: DATE_STYLES,
      sheet:
        '<row r="1"><c r="A1" s="1"><v>45292</v></c><c r="B1" s="2"><v>45292.75</v></c><c r="C1"><v>45292</v></c>' +
        '<c r="D1" s="3"><v>45292</v></c><c r="E1" s="6"><v>0.5</v></c><c r="F1" s="1"><v>-5</v></c><c r="G1" t="d"><v>2024-01-01T00:00:00</v></c></row>',
    })
    expect(cells.map((cell) => [cell?.kind, cell?.text])).toEqual([
      ['date', '2024-01-01'],
      ['date', '2024-01-01'],
      ['number', '45292'],
      ['number', '45292'],
      ['number', '0.5'],
      ['number', '-5'],
      ['date', '2024-01-01'],
    ])
    expect(cells[3]?.format).toBe('[Red]0.00_);[Blue]\\(0.00\\)')
  })

  it('X16 a workbook that counts from 1904 gives the right day and says so', async () => {
    const path = folder.write(
      '1904.xlsx',
      rawWorkbook({
        date1904: true,
        styles: DATE_STYLES,
        sheet: '<row r="1"><c r="A1" s="1"><v>43830</v></c></row>',
      }),
    )
    expect((await readAll(path)).rows[0]?.cells[0]?.text).toBe('2024-01-01')
    const inspection = await (await openSheetFile({ path }, defaultSheetLimits)).inspect()
    expect(inspection.warnings).toContainEqual({ code: 'date-1904', params: {} })
  })

  it('X5 merged ranges are reported and their value is not copied down', async () => {
    const sheet = `<worksheet><sheetData>${textRow(1, ['甲', '乙'])}<row r="2"><c r="B2" t="inlineStr"><is><t>丙</t></is></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells></worksheet>`
    const { rows, end } = await read({ sheet })
    expect(rows[1]?.cells[0]).toBeNull()
    expect(end.merged).toEqual([{ top: 1, left: 1, bottom: 2, right: 1 }])
  })

  it('X13 blank and merely formatted rows are not given out, row numbers stay those of Excel', async () => {
    const { rows, end } = await read({
      sheet: `${textRow(1, ['甲'])}<row r="2"><c r="A2" s="1"/></row>${textRow(5, ['', '乙'])}`,
    })
    expect(rows.map(({ row }) => row)).toEqual([1, 5])
    expect(rows[1]?.cells).toEqual([null, { text: '乙', kind: 'text' }])
    expect(end.rows).toBe(2)
  })

  it('Z19 hidden rows and sheets are flagged', async () => {
    const path = folder.write(
      'hidden.xlsx',
      rawWorkbook({
        sheet: `<row r="1" hidden="1"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>`,
        sheets: [{ name: '藏', state: 'veryHidden', sheet: '' }],
      }),
    )
    expect((await readAll(path)).rows).toEqual([
      { row: 1, cells: [{ text: '1', kind: 'number' }], hidden: true },
      { row: 2, cells: [{ text: '2', kind: 'number' }] },
    ])
    const inspection = await (await openSheetFile({ path }, defaultSheetLimits)).inspect()
    expect(inspection.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['数据', false],
      ['藏', true],
    ])
    expect(inspection.warnings).toEqual([{ code: 'hidden-sheet', params: { sheet: '藏' } }])
  })

  it('escapes: entities, references, CDATA, line breaks and _x000D_ become the text that Excel shows', async () => {
    const cells = await cellsOf({
      sheet: `<row r="1"><c t="inlineStr"><is><t>&lt;甲&gt; &amp; &#20057;&#x20BB7;</t></is></c><c t="inlineStr"><is><t><![CDATA[<b>&amp;]]></t></is></c><c t="inlineStr"><is><t>一\r\n二_x000D_三_x005F_x0041_</t></is></c></row>`,
    })
    expect(cells.map((cell) => cell?.text)).toEqual(['<甲> & 乙𠮷', '<b>&amp;', '一\n二\n三_x0041_'])
  })

  it('C4 a character of the old private use area comes out at its present code point, with a warning', async () => {
    const { rows, end } = await read({ sheet: textRow(1, ['\ue81e\ue816']) })
    expect(rows[0]?.cells[0]?.text).toBe('\u9fb4\u{20087}')
    expect(end.warnings).toEqual([{ code: 'private-use-mapped', params: {} }])
  })

  it('reads prefixed elements, cells without addresses and unusual white space in tags', async () => {
    const sheet =
      '<x:worksheet xmlns:x="y"><x:sheetData><x:row ><x:c t = "inlineStr" ><x:is><x:t>甲</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row ></x:sheetData></x:worksheet>'
    const { rows } = await read({ sheet })
    expect(rows).toEqual([
      {
        row: 1,
        cells: [
          { text: '甲', kind: 'text' },
          { text: '1', kind: 'number' },
        ],
      },
    ])
  })
})

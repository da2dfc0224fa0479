import { afterAll, describe, expect, it, vi } from 'vitest'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { readAll, readTexts, refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

// Large files are made on machines that do other work too.
vi.setConfig({ testTimeout: 60_000 })

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

const texts = (content: Buffer | string) => readTexts(folder.write('名单.csv', content))
const inspect = async (content: Buffer | string) =>
  (await openSheetFile({ path: folder.write('名单.csv', content) }, defaultSheetLimits)).inspect()
const refusal = async (content: Buffer | string, limits = {}) => {
  const { code, params } = await refusalOf(readAll(folder.write('名单.csv', content), null, limits))
  return [code, params['row'] ?? params['hint'], params['reason']]
}
const HEADER = '姓名,文号\n张三,甲〔2026〕1号\n'
/** 姓名,文号 and 张三, in GBK. */
const GBK = Buffer.from('d0d5c3fb0ad5c5c8fd', 'hex')

describe('CSV files', () => {
  it('C1 UTF-8 with and without byte order mark', async () => {
    const expected = [
      ['姓名', '文号'],
      ['张三', '甲〔2026〕1号'],
    ]
    expect(await texts(`\ufeff${HEADER}`)).toEqual(expected)
    expect(await texts(HEADER)).toEqual(expected)
    expect((await inspect(`\ufeff${HEADER}`)).encoding).toBe('utf-8-bom')
    expect((await inspect(HEADER)).encoding).toBe('utf-8')
  })

  it('C1 UTF-16 with a byte order mark', async () => {
    const little = Buffer.from(`\ufeff${HEADER}`, 'utf16le')
    expect((await texts(little))[1]?.[0]).toBe('张三')
    expect((await texts(Buffer.from(little).swap16()))[1]?.[0]).toBe('张三')
    expect((await inspect(little)).encoding).toBe('utf-16le')
  })

  it('C2 a short GBK file is GB 18030, never Big5', async () => {
    expect(await texts(GBK)).toEqual([['姓名'], ['张三']])
    expect((await inspect(GBK)).encoding).toBe('gb18030')
  })

  it('C4 bytes of the moved characters give their present code points', async () => {
    expect(await texts(Buffer.concat([GBK, Buffer.from('fe59fe61fe51', 'hex')]))).toEqual([
      ['姓名'],
      ['张三\u9fb4\u9fb5\u{20087}'],
    ])
  })

  it('C9 Big5 is refused with a hint', async () => {
    // 公司名稱,統一編號 / 臺灣某某股份有限公司 in Big5
    const big5 = Buffer.from(
      'a4bda571a657bad92cb2ce40bd73b8b90ab44fc657ac59ac59aad1a5f7a6b3adada4bda5710a',
      'hex',
    )
    expect(await refusal(big5)).toEqual(['input.unknown-encoding', 'big5', undefined])
  })

  it('C9 UTF-8 with a damaged byte is refused, not read as another text', async () => {
    const bytes = Buffer.from(HEADER)
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at]! < 0x80) continue
      const damaged = Buffer.from(bytes)
      damaged[at] = 0x41
      expect(await refusal(damaged)).toEqual(['input.unknown-encoding', 'utf-8', undefined])
    }
  })

  it('C9 bytes of no encoding are refused', async () => {
    expect(await refusal(Buffer.from('d0d5c3fb0aff81ff', 'hex'))).toEqual([
      'input.unknown-encoding',
      'none',
      undefined,
    ])
  })

  it.each([
    ['LF', 'a,b\nc,d\n'],
    ['CRLF', 'a,b\r\nc,d\r\n'],
    ['CR', 'a,b\rc,d\r'],
    ['mixed', 'a,b\r\nc,d\r'],
    ['no end', 'a,b\nc,d'],
    ['quotes', '"a","b"\n"c","d"'],
    ['semicolon', 'a;b\nc;d\n'],
    ['tab', 'a\tb\nc\td\n'],
  ])('C10 line ends and separators: %s', async (_, content) => {
    expect(await texts(content)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('C10 line feeds, separators and quotes inside quotes', async () => {
    expect(await texts('a,b\n"一\r\n二","x,""y"""\n')).toEqual([
      ['a', 'b'],
      ['一\n二', 'x,"y"'],
    ])
  })

  it('C10 blank lines count but are not given out; trailing blanks keep the field count', async () => {
    const { rows } = await readAll(folder.write('b.csv', 'a,b\n\n,,\nc,\n'))
    expect(rows.map(({ row, cells }) => [row, cells.length])).toEqual([
      [1, 2],
      [4, 2],
    ])
    expect(rows[1]?.cells[1]).toBeNull()
  })

  it('C11 quotes that do not fit are told with their cell, and the rows behind them are read', async () => {
    const { rows } = await readAll(folder.write('open.csv', 'a,b\n"c"x,d\n"e,f\ng,h\n'))
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.text))).toEqual([
      ['a', 'b'],
      ['"c"x', 'd'],
      ['"e', 'f'],
      ['g', 'h'],
    ])
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.looseQuote ?? false))).toEqual([
      [false, false],
      [true, false],
      [true, false],
      [false, false],
    ])
  })

  it('C11 a mark in the middle of a field is told with its cell', async () => {
    const { rows } = await readAll(folder.write('loose.csv', 'a,b\nc,6"管\n"d ""x""",e\n'))
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.looseQuote ?? false))).toEqual([
      [false, false],
      [false, true],
      [false, false],
    ])
    expect(rows[1]?.cells[1]?.text).toBe('6"管')
  })

  it.each(['|', '，', '；'])('a table parted by %s is refused, not read as one column', async (separator) => {
    const content =
      ['名称', '文号', '日期'].join(separator) + '\n' + ['甲', '乙', '丙'].join(separator) + '\n'
    expect(await refusal(content)).toEqual(['input.malformed-csv', 1, 'separator'])
  })

  it('a list of one column may hold such characters', async () => {
    expect(await texts('说明\n甲，乙，丙\n')).toEqual([['说明'], ['甲，乙，丙']])
  })

  it('C11 a line without end is refused at the caps', async () => {
    expect((await refusal('a'.repeat(3_000_000)))[0]).toBe('input.malformed-csv')
    expect((await refusal('a'.repeat(3_000_000), { fileBytes: 1_000_000 }))[0]).toBe('input.file-too-large')
  })

  it.each(['\u0000', '\u001a', '\u001b', '\u0007'])(
    'C13 control character %j is refused with its row',
    async (control) => {
      expect(await refusal(`a,b\nc,${control}d\n`)).toEqual(['input.malformed-csv', 2, 'control-character'])
    },
  )

  it('C14 ragged rows keep their length, 5,000 columns are refused', async () => {
    const { rows } = await readAll(folder.write('ragged.csv', 'a,b\nc\nd,e,f\n'))
    expect(rows.map(({ cells }) => cells.length)).toEqual([2, 1, 3])
    expect((await refusal(','.repeat(4_999) + 'x'))[0]).toBe('input.too-many-columns')
  })

  it('rows that straddle the pieces are whole, and numbered right', async () => {
    const line = (index: number) => `第${index}条,"${'字'.repeat(index % 90)}\n${index}"`
    const content = Array.from({ length: 40_000 }, (_, index) => line(index)).join('\n')
    const { rows, end } = await readAll(folder.write('long.csv', content))
    expect(end.rows).toBe(40_000)
    expect(
      rows.every(
        ({ row, cells }, index) =>
          row === index + 1 && cells[1]?.text === `${'字'.repeat(index % 90)}\n${index}`,
      ),
    ).toBe(true)
    expect((await refusal(content, { rows: 39_999 }))[0]).toBe('input.too-many-rows')
  })

  it('everything is text, numbers and formulas too', async () => {
    const { rows } = await readAll(folder.write('f.csv', '=1+1,+cmd|x,440106199001011234,4.4E+17\n'))
    expect(rows[0]?.cells.every((cell) => cell?.kind === 'text')).toBe(true)
    expect(rows[0]?.cells[2]?.text).toBe('440106199001011234')
  })

  it('the inspection gives the preview, the record count and what differs from the name', async () => {
    const content = `${HEADER}${'乙,丙\n'.repeat(100)}`
    const inspection = await inspect(content)
    expect(inspection).toMatchObject({ file: '名单.csv', fileType: 'csv', separator: ',', warnings: [] })
    expect(inspection.sheets[0]).toMatchObject({ name: '名单', hidden: false, rows: 102 })
    expect(inspection.sheets[0]?.firstRows).toHaveLength(30)
    expect(inspection.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
})

import { describe, expect, it } from 'vitest'
import { mapColumns, type MappingRequest } from '@engine/sheets/column-mapping'
import type { SheetRow } from '@engine/sheets/sheet-types'
import { inventedName, inventedUscc } from '@test/fixtures/invented-subjects'
import { standard, typeOf } from '@test/unit/standard/sample-standard'

type Table = readonly (readonly string[])[]

const rowsOf = (table: Table): SheetRow[] =>
  table.map((cells, at) => ({
    row: at + 1,
    cells: cells.map((text) => (text === '' ? null : { text, kind: 'text' })),
  }))

function mapped(table: Table, more: Partial<MappingRequest> = {}, type = 'XZXK_FR') {
  const result = mapColumns({
    file: 'a.xlsx',
    rows: rowsOf(table),
    spec: typeOf(type).spec,
    codeLists: standard.pack.codeLists,
    isChosenType: true,
    ...more,
  })
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

const found = (table: Table, more: Partial<MappingRequest> = {}, type?: string) =>
  mapped(table, more, type).columns.map(({ field, by, question, candidates }) => ({
    field,
    by,
    question,
    candidates,
  }))

const bureau = inventedUscc(1, '11')
const days = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05']
/** A table with the columns that every sheet has, and others beside them. */
const table = (headers: readonly string[], values: (row: number) => readonly string[]): Table => [
  ['行政相对人名称', '许可内容', ...headers],
  ...[0, 1, 2, 3].map((row) => [inventedName(row), '准予从事食品经营', ...values(row)]),
]
const others = (headers: readonly string[], values: (row: number) => readonly string[]) =>
  found(table(headers, values)).slice(2)

describe('columns known by their values', () => {
  it('valid credit codes that vary are the subjects’, whatever the header says', () => {
    const columns = others(['企业编码', '本单位编码'], (row) => [inventedUscc(70 + row), bureau])
    expect(columns[0]).toMatchObject({ field: 'XK_XDR_SHXYM', by: 'content' })
    // The bureau's own code could be the authority's or the source's: nobody guesses.
    expect(columns[1]).toEqual({
      field: null,
      by: 'none',
      question: 'ambiguous',
      candidates: ['XK_LYDWDM', 'XK_XKJGDM'],
    })
  })

  it('document numbers, resident numbers and words of a list find their field', () => {
    const natural = found(
      [
        ['行政相对人名称', '许可内容', '案号', '号码', '种类'],
        ...['11010519491231002X', '440524188001010014', '11010519491231002X'].map((id, row) => [
          inventedName(row),
          '准予从事食品经营',
          `萍示许〔2026〕${row}号`,
          id,
          '普通',
        ]),
      ],
      {},
      'XZXK_ZRR',
    )
    expect(natural[2]).toMatchObject({ field: 'XK_WSH', by: 'content' })
    expect(natural[3]).toMatchObject({ field: 'XK_XDR_ZJHM', by: 'content' })
    expect(natural[4]).toMatchObject({ field: null, question: 'ambiguous', candidates: ['XK_XKLB'] })
  })

  it('a day that could be three days is asked about; one whose header leans one way is not', () => {
    const [asked] = others(['日期'], (row) => [days[row]!])
    expect(asked).toMatchObject({ field: null, question: 'ambiguous' })
    expect(asked!.candidates).toContain('XK_JDRQ')
    const [leaning] = others(['决定的日期'], (row) => [days[row]!])
    expect(leaning).toMatchObject({ field: 'XK_JDRQ', by: 'content', question: null })
  })

  it('columns of another matter pass through in silence', () => {
    const [fill, serial, phone] = others(['填表时间', '序号', '联系电话'], (row) => [
      '第一季度',
      String(row + 1),
      '0799-0000000',
    ])
    for (const column of [fill, serial, phone]) expect(column).toMatchObject({ field: null, question: null })
  })

  it('two columns whose values fit one field are both asked about', () => {
    const columns = others(['立案编号', '结案编号'], (row) => [
      `萍示立〔2026〕${row}号`,
      `萍示结〔2026〕${row}号`,
    ])
    for (const column of columns)
      expect(column).toMatchObject({ field: null, question: 'ambiguous', candidates: ['XK_WSH'] })
  })

  it('the kind of a document is only taken beside its number', () => {
    const kind = (row: number) => ['身份证', '护照', '身份证', '身份证'][row]!
    const [alone] = others(['证件类型'], (row) => [kind(row)])
    expect(alone).toMatchObject({ field: null, by: 'none' })
    const [beside, number] = others(['证件类型', '法人证件号码'], (row) => [kind(row), `E${row}000000`])
    expect(number).toMatchObject({ field: 'XK_FR_ZJHM', by: 'label' })
    expect(beside).toMatchObject({ field: 'XK_FR_ZJLX', by: 'content' })
  })

  it('damaged numbers are nobody’s proof', () => {
    const rows = rowsOf(table(['企业编码'], (row) => [inventedUscc(70 + row)])).map((row) => ({
      ...row,
      cells: row.cells.map((cell, at) =>
        at === 2 && row.row > 1 ? ({ text: '9.13603E+17', kind: 'number' } as const) : cell,
      ),
    }))
    const result = mapColumns({ file: 'a', rows, spec: typeOf('XZXK_FR').spec, isChosenType: true })
    expect(result.ok && result.value.columns[2]).toMatchObject({ field: null, by: 'none' })
  })

  it('says how many values were looked at and how many fit', () => {
    const [column] = mapped(
      table(['统一社会信用代码'], (row) => [row === 3 ? '91350100M000100Y40' : inventedUscc(70 + row)]),
    ).columns.slice(2)
    expect(column).toMatchObject({ field: 'XK_XDR_SHXYM', question: null, by: 'alias' })
    const [sound] = mapped(table(['统一社会信用代码'], (row) => [inventedUscc(70 + row)])).columns.slice(2)
    expect(sound?.proof).toEqual({ kind: 'uscc', fitting: 4, values: 4 })
  })
})

describe('columns that a person has to decide about', () => {
  it('X7 a header that stands twice is asked about in both places', () => {
    const columns = others(['统一社会信用代码', '信用代码'], (row) => [
      inventedUscc(70 + row),
      inventedUscc(80 + row),
    ])
    expect(columns).toEqual([
      { field: 'XK_XDR_SHXYM', by: 'alias', question: 'duplicate', candidates: ['XK_XDR_SHXYM'] },
      { field: null, by: 'none', question: 'duplicate', candidates: ['XK_XDR_SHXYM'] },
    ])
  })

  it('X7 of two equal headers the one with values has the field', () => {
    const columns = others(['统一社会信用代码', '统一社会信用代码'], (row) => ['', inventedUscc(80 + row)])
    expect(columns.map(({ field }) => field)).toEqual([null, 'XK_XDR_SHXYM'])
  })

  it('values that are not what the header says are asked about, the header keeps its word until then', () => {
    const columns = others(['统一社会信用代码', '行政许可决定文书号', '许可决定日期'], (row) => [
      `萍示许〔2026〕${row}号`,
      days[row]!,
      '见附件',
    ])
    expect(columns.map(({ field, question }) => [field, question])).toEqual([
      ['XK_XDR_SHXYM', 'contradicted'],
      ['XK_WSH', 'contradicted'],
      ['XK_JDRQ', 'contradicted'],
    ])
    const [names] = found([
      ['行政相对人名称', '许可内容'],
      ...[0, 1, 2].map((row) => [inventedUscc(row), '准予从事食品经营']),
    ])
    expect(names).toMatchObject({ field: 'XK_XDR_MC', question: 'contradicted' })
  })

  it('badly written values are no contradiction: they are what the import is for', () => {
    const columns = others(['统一社会信用代码', '许可决定日期'], (row) => [`9135010${row}`, `${row}-1-5`])
    expect(columns.map(({ question }) => question)).toEqual([null, null])
  })

  it('X21 a column in another unit than its field’s is asked about, not taken', () => {
    const [column] = mapped(
      [
        ['行政相对人名称', '处罚内容', '罚款金额（元）'],
        ['甲公司', '罚款', '5000'],
      ],
      {},
      'XZCF_FR',
    ).columns.slice(2)
    expect(column).toMatchObject({ field: null, question: 'unit', candidates: ['CF_NR_FK'], unit: '元' })
    const both = mapped(
      [
        ['行政相对人名称', '处罚内容', '罚款金额（元）', '罚款金额（万元）'],
        ['甲公司', '罚款', '5000', '0.5'],
      ],
      {},
      'XZCF_FR',
    ).columns.slice(2)
    expect(both.map(({ field, question }) => [field, question])).toEqual([
      [null, null],
      ['CF_NR_FK', null],
    ])
  })
})

describe('headers of unknown words', () => {
  const data = [0, 1, 2, 3].map((row) => [
    inventedName(row),
    inventedUscc(70 + row),
    `萍示许〔2026〕${row}号`,
    days[row]!,
  ])

  it('stand right above values that tell', () => {
    const sheet = [['2026年许可情况'], ['甲栏', '乙栏', '丙栏', '丁栏'], ...data]
    const { headerRow, columns } = mapped(sheet)
    expect(headerRow).toBe(2)
    expect(columns.map(({ header }) => header)).toEqual(['甲栏', '乙栏', '丙栏', '丁栏'])
    expect(columns[1]).toMatchObject({ field: 'XK_XDR_SHXYM', by: 'content' })
    expect(columns[2]).toMatchObject({ field: 'XK_WSH', by: 'content' })
  })

  it('are not made up where there are only values', () => {
    const result = mapColumns({ file: 'a', rows: rowsOf(data), spec: typeOf('XZXK_FR').spec })
    expect(result).toMatchObject({ ok: false, failure: { code: 'input.header-not-found' } })
  })
})

describe('headers in merged cells', () => {
  it('X6 a group reaches as far as its merged cell and no further', () => {
    const sheet = [
      ['行政相对人', '', '其他', ''],
      ['名称', '代码_1(统一社会信用代码)', '名称', '许可内容'],
      [inventedName(1), inventedUscc(1), '附件', '准予从事食品经营'],
    ]
    const groups = [
      { top: 1, bottom: 1, left: 1, right: 2 },
      { top: 1, bottom: 1, left: 3, right: 3 },
    ]
    const { headerRow, columns } = mapped(sheet, { merged: groups })
    expect(headerRow).toBe(2)
    expect(columns[0]).toMatchObject({ field: 'XK_XDR_MC' })
    expect(columns[1]).toMatchObject({ field: 'XK_XDR_SHXYM' })
    expect(columns[2]?.field).toBeNull()
  })

  it('X6 a group does not reach over the blank cell beside its merged one, but does where nothing is merged', () => {
    const sheet = [
      ['行政相对人', '', '', '许可内容'],
      ['名称', '代码_1(统一社会信用代码)', '代码_2(工商注册号)', ''],
      [inventedName(1), inventedUscc(1), '', '准予从事食品经营'],
    ]
    const merged = [{ top: 1, bottom: 1, left: 1, right: 2 }]
    expect(mapped(sheet, { merged }).columns[2]?.field).toBeNull()
    expect(mapped(sheet).columns[2]?.field).toBe('XK_XDR_GSZC')
  })

  it('X6 a cell merged downwards makes the row below a header too', () => {
    const sheet = [
      ['行政相对人名称', '期限', '', '许可内容'],
      ['', '起', '止', ''],
      [inventedName(1), '2026-11-02', '2027-11-02', '准予从事食品经营'],
    ]
    const merged = [
      { top: 1, bottom: 2, left: 1, right: 1 },
      { top: 1, bottom: 1, left: 2, right: 3 },
      { top: 1, bottom: 2, left: 4, right: 4 },
    ]
    const { headerRow, columns } = mapped(sheet, { merged })
    expect(headerRow).toBe(2)
    expect(columns.map(({ field }) => field).filter((field) => field !== null)).toEqual([
      'XK_XDR_MC',
      'XK_NR',
    ])
  })
})

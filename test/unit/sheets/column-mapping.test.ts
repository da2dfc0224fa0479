import { describe, expect, it } from 'vitest'
import { mapColumns } from '@engine/sheets/column-mapping'
import { guessRecordType } from '@engine/sheets/record-type-guess'
import type { SheetRow } from '@engine/sheets/sheet-types'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'

const field = (code: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  code,
  label,
  aliases: [],
  type: 'text',
  required: 'never',
  sensitivity: 'public',
  group: '组',
  width: 20,
  ...more,
})

const spec = (code: string, title: string, fields: readonly FieldSpec[]): RecordTypeSpec => ({
  code,
  title,
  shortTitle: title.slice(0, 2),
  policyClass: 'basic',
  subject: 'legal',
  naturalKey: ['WSH'],
  legalDate: 'RQ',
  deadline: { days: 7, start: 'day-after' },
  publicity: null,
  search: { docNo: 'WSH', subjectName: 'MC', subjectCode: null },
  fields,
})

const licence = spec('XK', '许可', [
  field('XK_MC', '行政相对人名称', { required: 'always', aliases: ['企业名称'] }),
  field('XK_DM1', '行政相对人代码_1(统一社会信用代码)', { required: 'always', format: 'uscc' }),
  field('XK_DM2', '行政相对人代码_2(工商注册号)'),
  field('XK_WSH', '行政许可决定文书号', { required: 'always', aliases: ['文号'] }),
  field('XK_RQ', '许可决定日期', { required: 'always', type: 'date' }),
  field('BZ', '备注'),
  field('SYS', '系统编号', { envelope: true }),
])

const honour = spec('RY', '表彰荣誉', [
  field('MC', '企业名称', { required: 'always' }),
  field('RYMC', '荣誉名称', { required: 'always' }),
  field('BZ', '备注'),
])

const rows = (...texts: readonly (readonly string[])[]): SheetRow[] =>
  texts
    .map((cells, index) => ({
      row: index + 1,
      cells: cells.map((text) => (text === '' ? null : ({ text, kind: 'text' } as const))),
    }))
    .filter(({ cells }) => cells.length > 0)

const mapped = (sheet: readonly SheetRow[], headerRow?: number) => {
  const result = mapColumns({
    file: 'a.xlsx',
    rows: sheet,
    spec: licence,
    ...(headerRow === undefined ? {} : { headerRow }),
  })
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}
const fieldsOf = (sheet: readonly SheetRow[], headerRow?: number) =>
  mapped(sheet, headerRow).columns.map((column) => column.field)

const LABELS = ['行政相对人名称', '行政相对人代码_1(统一社会信用代码)', '行政许可决定文书号', '许可决定日期']
const FIELDS = ['XK_MC', 'XK_DM1', 'XK_WSH', 'XK_RQ']
const DATA = ['甲公司', '', '甲〔2026〕1号', '2026-03-02']

describe('columns of a sheet', () => {
  it('X7 labels, codes and aliases are recognised, with how and how surely', () => {
    const { columns, coverage } = mapped(
      rows(['企业名称', 'xk_dm1', '行政许可决定文书号', '许可决定日期', '不相干'], [...DATA, '值']),
    )
    expect(columns.map(({ field, by, confidence }) => [field, by, confidence])).toEqual([
      ['XK_MC', 'alias', 0.95],
      ['XK_DM1', 'code', 1],
      ['XK_WSH', 'label', 1],
      ['XK_RQ', 'label', 1],
      [null, 'none', 0],
    ])
    expect(columns[4]).toMatchObject({ letter: 'E', header: '不相干', samples: ['值'] })
    expect(coverage).toBe(1)
  })

  it('X7 spaces, widths, brackets, stars and 必填 marks make no difference', () => {
    const header = [
      '*行政相对人 名称',
      '行政相对人代码＿１（统一社会信用代码）（必填）',
      '★行政许可决定文书号\n',
      '【必填】许可决定日期(YYYY/MM/DD)',
    ]
    expect(fieldsOf(rows(header, DATA))).toEqual(FIELDS)
  })

  it('X7 swapped columns keep their meaning', () => {
    expect(fieldsOf(rows([...LABELS].reverse(), DATA))).toEqual([...FIELDS].reverse())
  })

  it('X7 a header that stands twice is reported; the first column has the field', () => {
    const { columns, duplicates } = mapped(rows([...LABELS, '行政相对人名称'], DATA))
    expect(duplicates).toEqual([{ field: 'XK_MC', columns: [0, 4] }])
    expect(columns[4]?.field).toBeNull()
  })

  it('X7 an exact label wins over an alias for the same field', () => {
    const { columns, duplicates } = mapped(rows(['企业名称', ...LABELS], DATA))
    expect(columns.map(({ field }) => field)).toEqual([null, ...FIELDS])
    expect(duplicates[0]?.columns).toEqual([1, 0])
  })

  it('X7 missing required columns are listed first, envelope fields never', () => {
    const { missing } = mapped(rows(LABELS.slice(0, 3), DATA))
    expect(missing.map(({ field, required }) => [field, required])).toEqual([
      ['XK_RQ', true],
      ['XK_DM2', false],
      ['BZ', false],
    ])
  })

  it('a label without its bracket is only taken when one field fits', () => {
    expect(fieldsOf(rows([...LABELS, '行政相对人代码_2'], DATA))[4]).toBe('XK_DM2')
  })

  it('words that bureaus use one for the other name the same field, unless two fields claim them', () => {
    const persons = spec('XK', '许可', [
      ...licence.fields,
      field('FRDB', '法定代表人'),
      field('ZJHM', '法定代表人证件号码'),
      field('FRMC', '法定代表人名称'),
      field('DWMC', '法人名称'),
    ])
    const headers = ['法人证件号码', '法人代表', '法人代表名称']
    const result = mapColumns({ file: 'a.xlsx', rows: rows([...LABELS, ...headers], DATA), spec: persons })
    if (!result.ok) throw new Error(result.failure.code)
    expect(result.value.columns.slice(LABELS.length).map((column) => column.field)).toEqual([
      'ZJHM',
      'FRDB',
      null,
    ])
  })

  it('X6 below a title and a note row', () => {
    const { headerRow } = mapped(rows(['萍乡市行政许可信息表'], ['填报单位：某局'], LABELS, DATA))
    expect(headerRow).toBe(3)
  })

  it('X6 a row of codes with a row of labels: data begins below both', () => {
    for (const sheet of [rows(FIELDS, LABELS, DATA), rows(LABELS, FIELDS, DATA)]) {
      expect(mapped(sheet).headerRow).toBe(2)
      expect(fieldsOf(sheet)).toEqual(FIELDS)
    }
  })

  it('X6 two rows with merged groups above', () => {
    const sheet = rows(
      ['行政相对人', '', '行政许可决定文书号', '许可决定日期'],
      ['名称', '代码_1(统一社会信用代码)', '', ''],
      DATA,
    )
    expect(mapped(sheet).headerRow).toBe(2)
    expect(fieldsOf(sheet)).toEqual(FIELDS)
  })

  it('X6 the header row that the clerk chose is taken as it is', () => {
    expect(mapped(rows(LABELS, LABELS, DATA), 1).headerRow).toBe(1)
  })

  it('a column without header is recognised by values that can be nothing else', () => {
    const data = ['91350100M000100Y43', '91350100M000100Y43', '91350100M000100Y43'].map((code) => [
      '甲公司',
      code,
      '甲〔2026〕1号',
      '2026-03-02',
    ])
    const { columns } = mapped(rows(['行政相对人名称', '', '行政许可决定文书号', '许可决定日期'], ...data))
    expect(columns[1]).toMatchObject({ field: 'XK_DM1', by: 'content', confidence: 0.75 })
  })

  it('refuses a sheet without header and a sheet of another table', () => {
    const none = mapColumns({ file: 'a.xlsx', rows: rows(['甲', '乙'], ['丙', '丁']), spec: licence })
    expect(none).toMatchObject({
      ok: false,
      failure: { code: 'input.header-not-found', params: { file: 'a.xlsx' } },
    })
    const other = mapColumns({
      file: 'a.xlsx',
      rows: rows(['企业名称', '备注', '荣誉名称'], ['甲', '乙', '丙']),
      spec: licence,
    })
    expect(other).toMatchObject({
      ok: false,
      failure: { code: 'input.wrong-template', params: { recordType: '许可', matched: 2 } },
    })
  })

  it('guesses the record type', () => {
    expect(guessRecordType(rows(LABELS, DATA), [honour, licence])[0]?.recordType).toBe('XK')
    const guesses = guessRecordType(rows(['企业名称', '荣誉名称', '备注'], ['甲']), [licence, honour])
    expect(guesses.map(({ recordType }) => recordType)).toEqual(['RY', 'XK'])
    expect(guesses[0]?.score).toBe(1)
    expect(guessRecordType(rows(['一', '二']), [licence, honour])).toEqual([])
  })
})

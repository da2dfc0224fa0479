import { describe, expect, it } from 'vitest'
import { RowSifter } from '@engine/sheets/row-sifter'
import type { SheetRow } from '@engine/sheets/sheet-types'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'

const LABELS = ['名称', '代码', '文书号', '日期']
const fields = LABELS.map((label, index): FieldSpec => ({
  code: `F${index}`,
  label,
  aliases: [],
  type: 'text',
  required: 'always',
  sensitivity: 'public',
  group: '',
  width: 10,
}))
const spec: RecordTypeSpec = {
  code: 'T',
  title: 'T',
  shortTitle: 'T',
  policyClass: 'basic',
  subject: 'legal',
  naturalKey: ['F2'],
  legalDate: 'F3',
  deadline: { days: 7, start: 'day-after' },
  publicity: null,
  search: { docNo: 'F2', subjectName: 'F0', subjectCode: null },
  fields,
}
const columns = fields.map(({ code }, column) => ({ column, field: code }))

const row = (number: number, texts: readonly string[]): SheetRow => ({
  row: number,
  cells: texts.map((text) => (text === '' ? null : { text, kind: 'text' })),
})
const reasonOf = (...texts: readonly string[]) =>
  new RowSifter(spec, columns, 1).sift(row(2, texts)).skipped[0]?.reason ?? 'data'

describe('rows that are not data', () => {
  it.each([
    [['甲公司', '代码', '甲〔2026〕1号', '2026-03-02'], 'data'],
    [['甲公司', '', '', ''], 'data'],
    [['', '', '甲〔2026〕1号', ''], 'data'],
    [['合计会计师事务所', '', '甲〔2026〕1号', ''], 'data'],
    [['合 计', '', '3', ''], 'total'],
    [['', '总计：12条', '', ''], 'total'],
    [['本页小计', '5', '', ''], 'total'],
    [['填表人：某某', '', '审核人：某某', ''], 'signature'],
    [['审核：某某', '', '制表：某某', '2026年3月2日'], 'signature'],
    [['', '', '', '填报日期：2026年3月2日'], 'signature'],
    [['单位负责人（签字）：', '', '', ''], 'signature'],
    [['注：以上数据不含涉密事项', '', '', ''], 'signature'],
    [['示例', '91350100M000100Y43', '甲〔2026〕1号', '2026-03-02'], 'sample'],
    [['例：甲公司', '', '', ''], 'sample'],
    [['例外餐饮有限公司', '', '', ''], 'data'],
    [LABELS, 'sample'],
    [[' ', '\t', '', ''], 'blank'],
    [['1', '2', '3', '4'], 'sample'],
    [['1', '2', '3', '5'], 'data'],
    [['必填', '必填，18 位', '文本', '日期，如 2026-03-02'], 'sample'],
    [['必填餐饮店', '91350100M000100Y43', '甲〔2026〕1号', '2026-03-02'], 'data'],
  ] as const)('X13 %j is %s', (texts, reason) => {
    expect(reasonOf(...texts)).toBe(reason)
  })

  it('X13 says what stood in a row that is left out', () => {
    const { skipped } = new RowSifter(spec, columns, 1).sift(row(2, ['', '合 计', '', '共 3 件\n5 万元']))
    expect(skipped).toEqual([{ row: 2, reason: 'total', text: '合 计 共 3 件 5 万元' }])
    const long = new RowSifter(spec, columns, 1).sift(row(2, [`注：${'𠮷'.repeat(500)}`])).skipped[0]
    expect([...long!.text]).toHaveLength(40)
  })

  it('X13 blank rows between data are listed as gaps', () => {
    const sifter = new RowSifter(spec, columns, 1)
    expect(sifter.sift(row(4, ['甲', '乙'])).skipped).toEqual([
      { row: 2, lastRow: 3, reason: 'blank', text: '' },
    ])
    expect(sifter.sift(row(5_000, ['甲', '乙'])).skipped).toEqual([
      { row: 5, lastRow: 4_999, reason: 'blank', text: '' },
    ])
    expect(sifter.sift(row(5_001, ['甲', '乙'])).skipped).toEqual([])
  })
})

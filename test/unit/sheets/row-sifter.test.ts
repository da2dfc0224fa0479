import { describe, expect, it } from 'vitest'
import type { MappedColumn } from '@engine/sheets/column-mapping'
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
const columns = fields.map(({ code, label }, column): MappedColumn => ({
  column,
  letter: 'A',
  header: label,
  field: code,
  by: 'label',
  confidence: 1,
  samples: [],
}))

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
    [['', '', '', '填报日期：2026年3月2日'], 'signature'],
    [['单位负责人（签字）：', '', '', ''], 'signature'],
    [['注：以上数据不含涉密事项', '', '', ''], 'signature'],
    [['示例', '91350100M000100Y43', '甲〔2026〕1号', '2026-03-02'], 'sample'],
    [['例：甲公司', '', '', ''], 'sample'],
    [['例外餐饮有限公司', '', '', ''], 'data'],
    [LABELS, 'sample'],
    [[' ', '\t', '', ''], 'blank'],
  ] as const)('X13 %j is %s', (texts, reason) => {
    expect(reasonOf(...texts)).toBe(reason)
  })

  it('X13 blank rows between data are listed, of a long gap only the last', () => {
    const sifter = new RowSifter(spec, columns, 1)
    expect(sifter.sift(row(4, ['甲', '乙'])).skipped).toEqual([
      { row: 2, reason: 'blank' },
      { row: 3, reason: 'blank' },
    ])
    expect(sifter.sift(row(5_000, ['甲', '乙'])).skipped).toHaveLength(100)
  })
})

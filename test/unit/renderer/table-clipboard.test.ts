import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { readTable, tableHtml, tableText } from '@renderer/clipboard/table-clipboard'

describe('a table on the clipboard', () => {
  it('becomes no formula in Excel', () => {
    const table = [['文书号', '=1+1', '+86', '-5', '@SUM(A1)', '\tx', '正常']]
    expect(readTable(tableText(table))[0]).toEqual([
      '文书号',
      "'=1+1",
      "'+86",
      "'-5",
      "'@SUM(A1)",
      "'\tx",
      '正常',
    ])
    expect(tableHtml([['=1+1']])).toContain(">'=1+1</td>")
  })

  it('keeps long numbers and markup as text for Excel', () => {
    const html = tableHtml([['913603001234567890', '<b>甲&乙"</b>\n第二行']])
    expect(html).toContain(`mso-number-format:'\\@'`)
    expect(html).toContain('913603001234567890')
    expect(html).toContain('&lt;b&gt;甲&amp;乙&quot;&lt;/b&gt;<br>第二行')
  })

  it('comes back cell by cell, line ends and quotes in cells included', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('甲', 'A', '1', ' ', '"', '\t', '\n', ',', ';') })
      .map((text) => `字${text}字`)
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (table) => {
          expect(readTable(tableText(table))).toEqual(table)
        },
      ),
    )
  })

  it('is read as Excel copies it: quoted line ends, an empty line at the end, an empty selection', () => {
    expect(readTable('文书号\t内容\r\n甲1号\t"第一行\n第二行 ""引""" \r\n')).toHaveLength(2)
    expect(readTable('a\tb\r\n1\t"x\ny"\r\n\t\r\n\r\n')).toEqual([
      ['a', 'b'],
      ['1', 'x\ny'],
    ])
    expect(readTable('')).toEqual([])
    expect(readTable('\t\r\n')).toEqual([])
  })
})

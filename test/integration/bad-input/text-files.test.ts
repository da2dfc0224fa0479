import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { benchOfFile, recordsOf } from '@test/fixtures/bad-input/case-bench'
import { naughtyTexts } from '@test/fixtures/bad-input/naughty-texts'
import { encoded, goodCsv, goodTable, workbookBytes } from '@test/integration/acceptance/bad-files'
import { readTexts } from '@test/fixtures/sheets/reading'

const bench = benchOfFile()
const write = (name: string, bytes: Buffer): string => {
  writeFileSync(bench().at(name), bytes)
  return bench().at(name)
}
/** What no CSV may hold. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/
/** A CSV field, quoted whenever it needs to be. */
const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const csv = (table: readonly (readonly string[])[], end = '\r\n'): string =>
  table.map((cells) => cells.map(field).join(',') + end).join('')

describe('text files of the corpus', () => {
  it.each([
    ['C1', 'UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['C1', 'UTF-8 without one', (text: string) => Buffer.from(text)],
    ['C2', 'GBK', (text: string) => encoded(text, 'gb18030')],
    ['C10', 'CR only', (text: string) => Buffer.from(text.replaceAll('\r\n', '\r'))],
    ['C10', 'LF only', (text: string) => Buffer.from(text.replaceAll('\r\n', '\n'))],
    [
      'C10',
      'mixed line ends',
      (text: string) => Buffer.from(text.replace('\r\n', '\n').replace('\r\n', '\r')),
    ],
    ['C10', 'no end of line at the end', (text: string) => Buffer.from(text.trimEnd())],
  ] as const)('%s %s comes in exactly', async (id, title, encode) => {
    const from = 300_000 + recordsOf(bench()).length
    const table = goodTable(2, from)
    const summary = await bench().importFile(write(`${id} ${title}.csv`, encode(csv(table))))
    expect(summary).toMatchObject({
      rows: 2,
      clean: 2,
      issues: [],
      changeCount: expect.any(Number) as number,
    })
    const names = recordsOf(bench()).map(({ subjectName }) => subjectName)
    for (const cells of table.slice(1)) expect(names).toContain(cells[0])
  })

  it('C10 line ends, separators and quotes inside quotes stay in the value', async () => {
    const [header, cells] = goodTable(1, 310_000)
    const remark = '第一行\r\n第二行,有"引号"'
    const table = [
      [...header!, '备注'],
      [...cells!, remark],
    ]
    const summary = await bench().importFile(write('quoted.csv', Buffer.from(csv(table))))
    expect(summary).toMatchObject({ rows: 1, clean: 1 })
    const { recordId } = recordsOf(bench()).find(({ docNo }) => docNo === cells![5])!
    expect(bench().records.revision(recordId, 1)?.values['BZ']).toBe('第一行\n第二行,有"引号"')
  })

  it('C4 a moved character gives one record, whether it comes as GBK bytes or as an old or new code point', async () => {
    const [header, cells] = goodTable(1, 311_000)
    const named = (character: string) => [
      header!,
      cells!.map((text, at) => (at === 0 ? `萍乡${character}商行` : text)),
    ]
    const gbk = encoded(csv(named('示')), 'gb18030')
    const at = gbk.indexOf(Buffer.from('cabe', 'hex'), gbk.indexOf('\r\n'))
    Buffer.from('fe59', 'hex').copy(gbk, at)
    const first = await bench().importFile(write('moved.csv', gbk))
    expect(first).toMatchObject({ imported: 1, clean: 1 })
    const [record] = recordsOf(bench()).filter(({ docNo }) => docNo === cells![5])
    expect(record?.subjectName).toBe('萍乡\u9fb4商行')
    for (const [name, character, notices] of [
      ['new.xlsx', '\u9fb4', []],
      ['old.xlsx', '\ue81e', ['file.private-use-mapped']],
    ] as const) {
      const summary = await bench().importFile(write(name, workbookBytes('xlsx', named(character))))
      expect(summary).toMatchObject({ imported: 0, updated: 0, skipped: 1 })
      expect(summary.notices.map(({ code }) => code)).toEqual(notices)
    }
  })

  it('C7 mojibake in a text file is refused row by row', async () => {
    const text = goodCsv(3, 312_000).replace('准予从事食品经营', '锟斤拷锟斤拷')
    const summary = await bench().importFile(write('mojibake.csv', Buffer.from(text)))
    expect(summary).toMatchObject({ rows: 3, clean: 2, blocked: 1 })
    expect(summary.issueCounts).toHaveProperty('text.mojibake')
  })

  it('C14 a row with too few fields is a bad row, not a bad file', async () => {
    const table = goodTable(3, 313_000).map((cells, at) => (at === 2 ? cells.slice(0, 6) : cells))
    const summary = await bench().importFile(write('ragged.csv', Buffer.from(csv(table))))
    expect(summary).toMatchObject({ rows: 3, clean: 2, blocked: 1 })
  })

  it('C14 a row with too many fields is a bad row, a blank one too many is as bad', async () => {
    const table = goodTable(4, 314_000)
    const lines = csv(table).split('\r\n')
    lines[2] += ',多一格'
    lines[3] += ','
    const summary = await bench().importFile(write('long.csv', Buffer.from(lines.join('\r\n'))))
    expect(summary).toMatchObject({ rows: 4, clean: 2, blocked: 2 })
    expect(summary.issues.map(({ row, code, column }) => [row, code, column])).toEqual([
      [3, 'import.ragged-row', 'F'],
      [4, 'import.ragged-row', 'F'],
    ])
    expect(summary.issues[0]?.message).toContain(`${table[0]!.length + 1} 格`)
  })

  it('C14 blank fields under a header with blank fields are no fault', async () => {
    const lines = csv(goodTable(2, 315_000)).trimEnd().split('\r\n')
    const summary = await bench().importFile(
      write('padded.csv', Buffer.from(lines.map((line) => `${line},,`).join('\r\n'))),
    )
    expect(summary).toMatchObject({ rows: 2, clean: 2, issues: [] })
  })

  it('C11 a quotation mark in the middle of a field is a bad row, not a bad file', async () => {
    const [header, first, second] = goodTable(2, 316_000)
    const loose = first!.map((text, at) => (at === 7 ? `${text}"一次性"` : text))
    const text = [header!, loose, second!].map((cells) => cells.join(',')).join('\r\n')
    const summary = await bench().importFile(write('loose.csv', Buffer.from(text)))
    expect(summary).toMatchObject({ rows: 2, clean: 1, blocked: 1 })
    expect(summary.issues).toMatchObject([
      { row: 2, column: 'H', code: 'import.loose-quote', value: loose[7] },
    ])
  })

  it.each([
    ['words behind a closing mark', 317_000, '"准予"从事食品经营'],
    ['a mark that is never closed', 318_000, '"准予从事食品经营'],
  ])('C11 %s is a bad row, and the rows behind it are read', async (_, first, value) => {
    const table = goodTable(6, first)
    const column = table[1]!.indexOf('准予从事食品经营')
    const text = csv(
      table.map((cells, row) => cells.map((cell, at) => (row === 2 && at === column ? '#' : cell))),
    )
    const summary = await bench().importFile(write('quotes.csv', Buffer.from(text.replace('#', value))))
    expect(summary).toMatchObject({ rows: 6, imported: 6, clean: 5, blocked: 1 })
    expect(summary.issues).toMatchObject([{ row: 3, column: 'H', code: 'import.loose-quote', value }])
    expect(summary.issues[0]?.message).toMatch(/引号不成对.*重新导入/)
  })

  it('N13 every naughty text is taken or refused, none breaks anything, and all come back in the error workbook', async () => {
    const [header] = goodTable(0)
    const texts = naughtyTexts.filter((text) => !CONTROL.test(text))
    expect(texts.length).toBeGreaterThan(150)
    // The day is wrong in every row, so that every row stands in the error workbook.
    const rows = texts.map((text, at) => [
      ...goodTable(1, 320_000 + at)[1]!.map((cell, column) =>
        column === 0 ? text : column === 8 ? '2026-02-30' : cell,
      ),
      text,
    ])
    const summary = await bench().importFile(
      write('naughty.csv', Buffer.from(csv([[...header!, '备注'], ...rows]))),
    )
    expect(summary.rows + summary.skippedRows.length).toBe(texts.length)
    expect(summary.imported + summary.updated + summary.skipped).toBe(summary.rows)
    expect(summary.clean + summary.warned + summary.blocked).toBe(summary.imported + summary.updated)
    await bench().intake.writeErrorWorkbook(summary.importId!, bench().at('naughty-errors.xlsx'))
    const back = (await readTexts(bench().at('naughty-errors.xlsx'))).slice(1).map((cells) => cells[0])
    const listed = new Set(summary.skippedRows.map(({ row }) => row))
    // A bare CR or CR LF in a cell is a line feed for every reader of XML.
    const expected = texts.map((text) => text.replace(/\r\n?/g, '\n')).filter((_, at) => !listed.has(at + 2))
    expect(back).toEqual(expected)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(bench().audit.firstBroken()).toBeNull()
  })
})

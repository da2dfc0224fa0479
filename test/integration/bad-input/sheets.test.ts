import { rmSync, writeFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type { ImportSummary } from '@shared/contract/views/import-views'
import { benchOfFile, everyRecord, outcomeOf, recordsOf } from '@test/fixtures/bad-input/case-bench'
import { rawWorkbook, textRow } from '@test/fixtures/sheets/raw-workbook'
import { goodCells } from '@test/integration/acceptance/messy-rows'
import { goodTable } from '@test/integration/acceptance/bad-files'

/** Called before each request to a child process; a test may put something in the way. */
let onRequest = (): void => undefined
const bench = benchOfFile(() => onRequest())
const [header, ...licences] = goodTable(3, 90_000) as readonly [readonly string[], ...(readonly string[])[]]
let used = 0

/** Three good licences that no other test has. */
const fresh = (): readonly (readonly string[])[] => goodTable(3, 91_000 + 3 * used++).slice(1)

async function imported(
  shape: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void,
  name = `${used}.xlsx`,
): Promise<ImportSummary> {
  const workbook = new ExcelJS.Workbook()
  shape(workbook.addWorksheet('台账'), workbook)
  const path = bench().at(name)
  await workbook.xlsx.writeFile(path)
  return bench().importFile(path)
}

const codes = (summary: ImportSummary): readonly string[] => summary.issues.map(({ code }) => code)
const noticed = (summary: ImportSummary): readonly string[] => summary.notices.map(({ code }) => code)
const recordOf = (docNo: string) => recordsOf(bench()).find((record) => record.docNo === docNo)

describe('sheets of the corpus', () => {
  it('X5 a merged cell over data rows gives its value to the first row only', async () => {
    const rows = fresh()
    const summary = await imported((sheet) => {
      sheet.addRow([...header])
      for (const [at, cells] of rows.entries()) sheet.addRow(at === 0 ? [...cells] : ['', ...cells.slice(1)])
      sheet.mergeCells('A2:A4')
    })
    expect(summary).toMatchObject({ rows: 3, clean: 1, blocked: 2 })
    expect(codes(summary).filter((code) => code === 'import.merged-cell')).toHaveLength(2)
    expect(recordOf(rows[1]![5]!)).toMatchObject({ subjectName: '', quality: 'blocked' })
  })

  it('X11 a formula without its result is told as one, with the remedy, and not as a blank', async () => {
    const rows = fresh()
    const at = header.indexOf('许可内容')
    const summary = await imported((sheet) => {
      sheet.addRow([...header])
      for (const cells of rows) sheet.addRow([...cells])
      sheet.getRow(3).getCell(at + 1).value = { formula: 'A2&"许可"' }
    })
    expect(summary).toMatchObject({ rows: 3, clean: 2, blocked: 1 })
    expect(summary.issues).toMatchObject([{ row: 3, code: 'import.unsaved-formula', fieldLabel: '许可内容' }])
    expect(summary.issues[0]?.message).toMatch(/公式.*保存一次.*粘贴为数值/)
  })

  it.each([
    ['header in row 3 below a title and a note', 3],
    ['header of two rows', 2],
    ['header with merged cells', 2],
  ])('X6 %s is found, shown for a look, and the rows below it come in', async (title, headerRow) => {
    const rows = fresh()
    const name = `x6-${headerRow}-${used}.xlsx`
    const summary = await imported((sheet) => {
      if (headerRow === 3) {
        sheet.addRow(['2026年许可台账'])
        sheet.mergeCells('A1:H1')
        sheet.addRow(['注：逐行填写'])
      } else if (title.includes('merged')) {
        sheet.addRow(header.map((_, at) => (at < 4 ? '行政相对人' : at < 12 ? '许可决定' : '其他')))
        for (const range of ['A1:D1', 'E1:L1', 'M1:P1']) sheet.mergeCells(range)
      } else sheet.addRow(header.map((_, at) => (at === 0 ? '一、主体' : at === 4 ? '二、决定' : '')))
      sheet.addRow([...header])
      for (const cells of rows) sheet.addRow([...cells])
    }, name)
    expect(summary).toMatchObject({ rows: 3, imported: 3, clean: 3 })
    const request = { path: bench().at(name), name, recordType: null, sheet: null, headerRow: null }
    const inspection = await bench().intake.inspectFile(request)
    expect(inspection).toMatchObject({ recordType: 'XZXK_FR', headerRow })
    expect(inspection.columns.every(({ by, confidence }) => by !== 'none' && confidence > 0)).toBe(true)
  })

  it('X7 other names and another order of columns are understood, further columns pass through', async () => {
    const rows = fresh()
    const renamed = header.map((label) => (label === '统一社会信用代码' ? '信用代码' : label)).toReversed()
    const summary = await imported((sheet) => {
      sheet.addRow([...renamed, '内部编号'])
      for (const cells of rows) sheet.addRow([...cells.toReversed(), 'N-1'])
    })
    expect(summary).toMatchObject({ rows: 3, clean: 3, blocked: 0 })
    expect(recordOf(rows[0]![5]!)).toMatchObject({ subjectName: rows[0]![0], subjectCode: rows[0]![2] })
  })

  it('X7 two columns for one field that disagree block the row', async () => {
    const rows = fresh()
    const summary = await imported((sheet) => {
      sheet.addRow([...header, '统一社会信用代码'])
      for (const cells of rows) sheet.addRow([...cells, cells === rows[1] ? licences[0]![2]! : cells[2]!])
    })
    expect(summary.clean).toBeLessThan(3)
    expect(summary.blocked).toBeGreaterThan(0)
    expect(recordOf(rows[1]![5]!)).toMatchObject({ quality: 'blocked' })
  })

  it('X7 a missing column blocks every row and names the field', async () => {
    const rows = fresh()
    const summary = await imported((sheet) => {
      sheet.addRow(header.filter((label) => label !== '许可内容'))
      for (const cells of rows) sheet.addRow(cells.filter((_, at) => header[at] !== '许可内容'))
    })
    expect(summary).toMatchObject({ rows: 3, blocked: 3 })
    expect(summary.issues.filter(({ field }) => field === 'XK_NR')).toHaveLength(3)
  })

  it('X13 totals, signatures, blank rows in the middle and at the end are left out and listed', async () => {
    const rows = fresh()
    const summary = await imported((sheet) => {
      sheet.addRow([...header])
      sheet.addRow([...rows[0]!])
      sheet.addRow([])
      sheet.addRow([...rows[1]!])
      sheet.addRow([...rows[2]!])
      sheet.addRow(['合计', '3 件'])
      sheet.addRow(['填表人：示例', '', '审核人：示例'])
      for (let row = 0; row < 5_000; row++) sheet.addRow([]).getCell(1).border = { top: { style: 'thin' } }
    })
    expect(summary).toMatchObject({ rows: 3, imported: 3 })
    expect(summary.skippedRows.filter(({ reason }) => reason !== 'blank')).toMatchObject([
      { row: 6, reason: 'total' },
      { row: 7, reason: 'signature' },
    ])
  })

  it('X16 days of a workbook that counts from 1904 are the right days, and it is said', async () => {
    const [cells] = fresh()
    const summary = await imported((sheet, book) => {
      book.properties.date1904 = true
      sheet.addRow([...header])
      const row = sheet.addRow([...cells!])
      row.getCell(9).value = new Date('2026-11-10T00:00:00Z')
      row.getCell(9).numFmt = 'yyyy/m/d'
    })
    expect(noticed(summary)).toContain('file.date-1904')
    const { recordId } = recordOf(cells![5]!)!
    expect(bench().records.revision(recordId, 1)?.values['XK_JDRQ']).toBe('2026-11-10')
  })

  it.each(['hidden', 'veryHidden'] as const)('Z19 a %s sheet is not read, and it is said', async (state) => {
    const rows = fresh()
    const summary = await imported((sheet, book) => {
      sheet.addRow([...header])
      for (const cells of rows) sheet.addRow([...cells])
      book.addWorksheet('旧数据', { state }).addRow([...header])
    })
    expect(summary).toMatchObject({ rows: 3, imported: 3 })
    expect(summary.notices).toMatchObject([{ message: expect.stringContaining('“旧数据”') as string }])
  })

  it('Z19 hidden and filtered rows come in as a question, frozen panes do not matter', async () => {
    const rows = fresh()
    const summary = await imported((sheet) => {
      sheet.views = [{ state: 'frozen', ySplit: 1 }]
      sheet.autoFilter = 'A1:C1'
      sheet.addRow([...header])
      for (const cells of rows) sheet.addRow([...cells])
      sheet.getRow(3).hidden = true
    })
    expect(summary).toMatchObject({ rows: 3, clean: 2, warned: 1 })
    expect(summary.issues.filter(({ code }) => code === 'import.hidden-row')).toMatchObject([{ row: 3 }])
  })

  it('Z18 sheets with names of the prototype are sheets, and nothing is polluted', async () => {
    const rows = fresh()
    const summary = await imported((sheet, book) => {
      sheet.name = '__proto__'
      sheet.addRow([...header, '__proto__', 'constructor'])
      for (const cells of rows) sheet.addRow([...cells, 'polluted', 'toString'])
      book.addWorksheet('constructor').addRow(['polluted'])
    })
    expect(summary).toMatchObject({ rows: 3, clean: 3 })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('Z10 links to other files and embedded objects are told, nothing of them is followed', async () => {
    const rows = [header, ...fresh()]
    const path = bench().at('links.xlsx')
    const more = [
      { name: 'xl/externalLinks/externalLink1.xml', data: '<x/>' },
      { name: 'xl/embeddings/oleObject1.bin', data: 'x' },
    ]
    const sheet = rows.map((cells, at) => textRow(at + 1, cells)).join('')
    writeFileSync(path, rawWorkbook({ sheet, more }))
    const summary = await bench().importFile(path)
    expect(summary).toMatchObject({ rows: 3, clean: 3 })
    expect(noticed(summary)).toEqual(['file.external-links', 'file.embedded-objects'])
    expect(summary.notices.every(({ message }) => /。$/.test(message))).toBe(true)
  })

  it('Z16 a dimension of the whole sheet and 200,000 formatted blank rows change nothing', async () => {
    const rows = [header, ...fresh()]
    const path = bench().at('dimension.xlsx')
    const filled = rows.map((cells, at) => textRow(at + 1, cells)).join('')
    const blank = Array.from({ length: 200_000 }, (_, at) => `<row r="${at + 5}"><c s="1"/></row>`).join('')
    const sheet = `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>${filled}${blank}</sheetData></worksheet>`
    writeFileSync(path, rawWorkbook({ sheet }))
    expect(await bench().importFile(path)).toMatchObject({ rows: 3, clean: 3 })
  })

  it.each(['100%', 'a_b', 'a\\b', "o'x", '"; --'])(
    'I4 a search for %s means these characters',
    async (text) => {
      const [cells] = fresh()
      const named = cells!.map((cell, at) => (at === 0 ? `萍乡${text}商行` : cell))
      await imported((sheet) => {
        sheet.addRow([...header])
        sheet.addRow(named)
      })
      const found = (await bench().pages.page({ ...everyRecord(bench()), search: text })).rows
      expect(found.map(({ subjectName }) => subjectName)).toEqual([named[0]])
    },
  )

  it.each([
    ['changes', 'input.file-changed'],
    ['is deleted', 'input.missing-file'],
  ])('Z21 a file that %s between the look and the import leaves nothing behind', async (what, code) => {
    const before = recordsOf(bench()).length
    const path = bench().at(`z21-${code}.csv`)
    writeFileSync(
      path,
      goodTable(20, 200_000)
        .map((cells) => cells.join(','))
        .join('\n'),
    )
    let requests = 0
    onRequest = () => {
      if (++requests !== 2) return
      if (what === 'changes')
        writeFileSync(
          path,
          goodTable(10, 200_000)
            .map((cells) => cells.join(','))
            .join('\n'),
        )
      else rmSync(path)
    }
    expect(await outcomeOf(bench().importFile(path))).toMatchObject({ code })
    onRequest = () => undefined
    expect(requests).toBe(2)
    expect(recordsOf(bench())).toHaveLength(before)
  })

  it('D9 the same number twice in a file, again in the queue, and with other content after acceptance', async () => {
    const cells = goodCells('XZXK_FR', 95_000)
    const write = (sheet: ExcelJS.Worksheet, rows: readonly Readonly<Record<string, string>>[]): void => {
      sheet.addRow(Object.keys(cells))
      for (const row of rows) sheet.addRow(Object.values(row))
    }
    const other = { ...cells, XK_NR: '准予从事餐饮服务' }
    const twice = await imported((sheet) => write(sheet, [cells, other]), 'd9-twice.xlsx')
    expect(twice.issueCounts).toMatchObject({ 'import.repeated-row': 1 })
    expect(twice.blocked).toBe(1)

    const again = await imported((sheet) => write(sheet, [cells]), 'd9-again.xlsx')
    expect(again).toMatchObject({ imported: 0, updated: 0, skipped: 1 })

    const { recordId } = recordsOf(bench()).find(
      (record) => record.docNo === cells['XK_WSH'] && record.quality === 'clean',
    )!
    const accepted = {
      acceptedRevision: 1,
      platformRef: 'PX-1',
      delivery: 'accepted',
      editorial: 'sealed',
    } as const
    bench().store.write(() => bench().records.update(recordId, accepted))
    const changed = { ...cells, XK_NR: '准予从事住宿服务' }
    const later = await imported((sheet) => write(sheet, [changed]), 'd9-later.xlsx')
    expect(later).toMatchObject({ imported: 0, updated: 1, warned: 1 })
    expect(later.issueCounts).toMatchObject({ 'import.changes-accepted': 1 })
    expect(bench().records.find(recordId)).toMatchObject({ acceptedRevision: 1, headRevision: 2 })
  })
})

/** Two libraries judge our reader: what they write we read, and all three see the same cells. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { customFormat, dateOfSerial } from '@engine/sheets/serial-date'
import { readAll, readTexts } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

/** The formatter of SheetJS, which its types leave open. */
const formatter = XLSX.SSF as {
  parse_date_code(serial: number, options?: { date1904: boolean }): { y: number; m: number; d: number }
  is_date(code: string): boolean
}

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

/** A file with one sheet, written by SheetJS. */
const sheetJsFile = (name: string, rows: (string | null)[][], options: XLSX.WritingOptions): string => {
  const workbook = XLSX.utils.book_new(XLSX.utils.aoa_to_sheet(rows), '数据')
  return folder.write(name, Buffer.from(XLSX.write(workbook, { ...options, type: 'buffer' }) as Uint8Array))
}

/** Texts as people type them, with what XML and Excel treat specially. */
const cellText = fc
  .array(
    fc.oneof(
      fc.constantFrom('张', '𠮷', '〔', '&', '<', '>', '"', "'", '\n', ' ', '_x0041_', '=', ']]>', '&#65;'),
      fc.string({ unit: 'grapheme-ascii', maxLength: 5 }),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''))
const table = fc.array(fc.array(fc.oneof(fc.constant(''), cellText), { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 12,
})

const trimmed = (rows: readonly (readonly string[])[]) =>
  rows.flatMap((texts, index) => {
    const length = texts.findLastIndex((text) => text !== '') + 1
    return length === 0 ? [] : [[index + 1, texts.slice(0, length)] as const]
  })

describe('judges', () => {
  it('texts written by exceljs: ours, exceljs and SheetJS agree', async () => {
    const path = join(folder.path, 'exceljs.xlsx')
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const workbook = new ExcelJS.Workbook()
        const sheet = workbook.addWorksheet('数据')
        rows.forEach((texts, row) =>
          texts.forEach((text, column) => {
            // exceljs does not escape what looks like an escape of Excel, so it is kept out of this direction.
            if (text !== '') sheet.getCell(row + 1, column + 1).value = text.replaceAll('_x0041_', 'x')
          }),
        )
        await workbook.xlsx.writeFile(path)
        const { rows: ours } = await readAll(path)
        const expected = trimmed(rows.map((texts) => texts.map((text) => text.replaceAll('_x0041_', 'x'))))
        expect(ours.map(({ row, cells }) => [row, cells.map((cell) => cell?.text ?? '')])).toEqual(expected)
        const sheetJs = XLSX.read(readFileSync(path), { cellText: false }).Sheets['数据']!
        for (const { row, cells } of ours) {
          cells.forEach((cell, column) => {
            const other = sheetJs[XLSX.utils.encode_cell({ r: row - 1, c: column })] as
              XLSX.CellObject | undefined
            expect(other?.v ?? '').toBe(cell?.text ?? '')
          })
        }
      }),
      { numRuns: 40 },
    )
  })

  it('texts written by SheetJS, with and without a string table', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (rows, bookSST) => {
        const plain = rows.map((texts) => texts.map((text) => text.replaceAll('_x0041_', 'x')))
        const path = sheetJsFile(
          'sheetjs.xlsx',
          plain.map((texts) => texts.map((text) => (text === '' ? null : text))),
          { bookSST, compression: true },
        )
        const { rows: ours } = await readAll(path)
        expect(ours.map(({ row, cells }) => [row, cells.map((cell) => cell?.text ?? '')])).toEqual(
          trimmed(plain),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('numbers, booleans, dates, errors and formulas written by exceljs have the right kind and the day they show', async () => {
    const path = join(folder.path, 'kinds.xlsx')
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            number: fc.double({ noNaN: true, noDefaultInfinity: true }),
            day: fc.integer({ min: 61, max: 2_958_465 }),
            flag: fc.boolean(),
          }),
          { minLength: 1, maxLength: 10 },
        ),
        async (rows) => {
          const workbook = new ExcelJS.Workbook()
          const sheet = workbook.addWorksheet('数据')
          for (const { number, day, flag } of rows) {
            const row = sheet.addRow([
              number,
              new Date(Date.UTC(1899, 11, 30) + day * 86_400_000),
              flag,
              { formula: '1+1', result: 2 },
            ])
            row.getCell(2).numFmt = 'yyyy"年"m"月"d"日"'
          }
          await workbook.xlsx.writeFile(path)
          const { rows: ours } = await readAll(path)
          ours.forEach(({ cells }, index) => {
            const { number, day, flag } = rows[index]!
            expect([cells[0]?.kind, Number(cells[0]?.text)]).toEqual(['number', number === 0 ? 0 : number])
            const shown = formatter.parse_date_code(day)
            expect([cells[1]?.kind, cells[1]?.text]).toEqual([
              'date',
              [
                String(shown.y).padStart(4, '0'),
                String(shown.m).padStart(2, '0'),
                String(shown.d).padStart(2, '0'),
              ].join('-'),
            ])
            expect([cells[2]?.kind, cells[2]?.text]).toEqual(['boolean', flag ? 'TRUE' : 'FALSE'])
            expect([cells[3]?.kind, cells[3]?.text]).toEqual(['number', '2'])
          })
        },
      ),
      { numRuns: 40 },
    )
  })

  it('every day number of two centuries is the day that SheetJS shows, in both systems', () => {
    for (let serial = 61; serial < 75_000; serial += 7) {
      for (const date1904 of [false, true]) {
        const { y, m, d } = formatter.parse_date_code(serial, { date1904 })
        const expected = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
        expect(dateOfSerial(`${serial}.25`, date1904)).toBe(expected)
      }
    }
  })

  it.each([
    'yyyy/m/d',
    'yyyy-mm-dd',
    'yyyy"年"m"月"d"日"',
    '[$-804]yyyy"年"m"月"d"日";@',
    'm/d/yy h:mm',
    '[DBNum1][$-804]yyyy"年"m"月"d"日"',
    'mmm-yy',
    'd-mmm',
    'yyyy\\-mm\\-dd',
    '0',
    '0.00',
    '#,##0',
    '@',
    '0%',
    '[Red]0.00',
    '"日期"0',
    '0"年"',
    '_-* #,##0.00_-',
    '\\d0',
    '0.00E+00',
    '#" day"',
  ])('SheetJS and we agree whether %j shows a day', (code) => {
    expect(customFormat(code).isDate).toBe(formatter.is_date(code))
  })

  it.each(['h:mm', '[h]:mm:ss', 'mm:ss', 'General', '上午/下午h"时"mm"分"'])('%j shows no day', (code) => {
    expect(customFormat(code).isDate).toBe(false)
  })

  it('CSV written by SheetJS', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const plain = rows.map((texts) => [
          '首',
          ...texts.map((text) => text.replace(/^[\t\n ]+|[\t\n ]+$/g, '')),
        ])
        const path = sheetJsFile('sheetjs.csv', plain, { bookType: 'csv', FS: ',' })
        const width = Math.max(...plain.map((texts) => texts.length))
        const padded = plain.map((texts) => [...texts, ...Array<string>(width - texts.length).fill('')])
        expect(await readTexts(path)).toEqual(padded)
      }),
      { numRuns: 40 },
    )
  })

  it('an older workbook written by SheetJS under the name of a newer one is told', async () => {
    const rows = [['甲']]
    await expect(readAll(sheetJsFile('old.xlsx', rows, { bookType: 'biff8' }))).rejects.toMatchObject({
      failure: { code: 'input.legacy-workbook' },
    })
    await expect(readAll(sheetJsFile('open.xlsx', rows, { bookType: 'ods' }))).rejects.toMatchObject({
      failure: { params: { kind: 'ods' } },
    })
    await expect(readAll(sheetJsFile('binary.xlsx', rows, { bookType: 'xlsb' }))).rejects.toMatchObject({
      failure: { params: { reason: 'xlsb' } },
    })
  })
})

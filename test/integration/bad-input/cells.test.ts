import ExcelJS from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ImportSummary } from '@shared/contract/views/import-views'
import { benchOfFile } from '@test/fixtures/bad-input/case-bench'
import type { CaseType, CellCase } from '@test/fixtures/bad-input/cell-case'
import { deedCases } from '@test/fixtures/bad-input/deed-cases'
import { formatCases } from '@test/fixtures/bad-input/format-cases'
import { textCases } from '@test/fixtures/bad-input/text-cases'
import { goodCells } from '@test/integration/acceptance/messy-rows'

const cases = [...formatCases, ...textCases, ...deedCases]
const types: readonly CaseType[] = ['XZXK_FR', 'XZXK_ZRR', 'XZCF_FR']
const HEADER_ROW = 1

/** One workbook per record type, one row per case. */
async function writeCases(path: string, type: CaseType, rows: readonly CellCase[]): Promise<void> {
  const good = rows.map((one, index) => ({
    ...goodCells(type, 1_000 + index),
    ...one.beside,
    [one.field]: one.cell,
  }))
  const fields = [...new Set(good.flatMap((cells) => Object.keys(cells)))]
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('数据')
  sheet.addRow(fields)
  for (const cells of good as readonly Readonly<Record<string, ExcelJS.CellValue>>[]) {
    const row = sheet.addRow(fields.map((field) => cells[field] ?? null))
    row.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = 'yyyy-mm-dd'
    })
  }
  await workbook.xlsx.writeFile(path)
}

/** What became of the row of a case. */
interface Found {
  readonly summary: ImportSummary
  readonly row: number
  readonly quality: string
  readonly values: Readonly<Record<string, string>>
}

const bench = benchOfFile()
const summaries = new Map<CaseType, ImportSummary>()
const rowsOf = (type: CaseType): readonly CellCase[] => cases.filter((one) => one.type === type)

beforeAll(async () => {
  for (const type of types) {
    const path = bench().at(`${type}.xlsx`)
    await writeCases(path, type, rowsOf(type))
    summaries.set(type, await bench().importFile(path, { recordType: type }))
  }
})

function found(one: CellCase): Found {
  const summary = summaries.get(one.type)!
  const row = HEADER_ROW + 1 + rowsOf(one.type).indexOf(one)
  const { sha256: fileHash, recordType } = summary
  const record = bench().lookup.findByOrigin({ fileHash, recordType, sheet: '数据', row })
  if (record === null) throw new Error(`row ${row} has no record`)
  const { values } = bench().records.revision(record.recordId, record.headRevision)!
  return { summary, row, quality: record.quality, values }
}

it('I1 I2 the error workbook of all these rows holds no formula and every text as it was', async () => {
  const { importId } = summaries.get('XZXK_FR')!
  const path = bench().at('errors.xlsx')
  await bench().intake.writeErrorWorkbook(importId!, path)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  const formulas: string[] = []
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) => row.eachCell((cell) => cell.formula !== undefined && formulas.push(cell.address)))
  expect(formulas).toEqual([])
})

describe('cells of the corpus', () => {
  it.each(cases)('$id $type $field: $title is $becomes.outcome', (one) => {
    const { summary, row, quality, values } = found(one)
    const issues = summary.issues.filter((issue) => issue.row === row && issue.field === one.field)
    const codes = issues.map(({ code }) => code)
    const changes = summary.changes.filter((change) => change.row === row && change.field === one.field)
    switch (one.becomes.outcome) {
      case 'refused': {
        const { code } = one.becomes
        const issue = issues.find((each) =>
          typeof code === 'string' ? each.code === code : code.test(each.code),
        )
        expect(issue, `issues: ${codes.join(' ')}, value: ${values[one.field]}`).toMatchObject({
          severity: 'error',
        })
        expect(issue!.column).toMatch(/^[A-Z]+$/)
        expect(issue!.message).toMatch(/。$/)
        return expect(quality).toBe('blocked')
      }
      case 'doubtful': {
        const { code } = one.becomes
        const issue = issues.find((each) =>
          typeof code === 'string' ? each.code === code : code.test(each.code),
        )
        expect(issue?.severity, `issues: ${codes.join(' ')}`).toMatch(/^(warning|hint)$/)
        return expect(values[one.field]).toBe(one.becomes.value)
      }
      case 'changed':
        expect(values[one.field], codes.join(' ')).toBe(one.becomes.value)
        expect(changes).toHaveLength(1)
        return expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
      case 'taken':
        expect(values[one.field], codes.join(' ')).toBe(one.becomes.value)
        return expect(issues.filter(({ severity }) => severity !== 'hint')).toEqual([])
    }
  })
})

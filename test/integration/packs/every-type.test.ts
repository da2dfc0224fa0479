import ExcelJS from 'exceljs'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { writeTemplate } from '@engine/sheets/template-writer'
import { validateFile } from '@engine/services/file-validation'
import { silentTask } from '@engine/services/tasks-service'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import type { CompiledType } from '@shared/standard/standard'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { stoppedClock, temporaryFolder } from '@test/integration/engine-records/store-fixture'
import { recordsBench, resourceDir } from '@test/integration/engine-records/records-bench'

const standard = loadInstalledStandard(resourceDir)
const types = [...standard.types.values()].map((type) => [type.spec.code, type] as const)

let entry: BundledEntry

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())

/** The clean record of the type's cases. */
function soundRecord(code: string): Readonly<Record<string, string>> {
  const file = resolve(import.meta.dirname, `../../packs/${code}.cases.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { base: Record<string, string> }).base
}

/** A value as a clerk picks it: the label of a code, yes or no, the day with slashes. */
function asTyped(type: CompiledType, code: string, value: string): string {
  const field = type.fields.find((one) => one.code === code)!
  const labelOf = (one: string): string =>
    standard.pack.codeLists[field.codeList ?? '']?.items.find((item) => item.value === one)?.label ?? one
  switch (field.type) {
    case 'code':
      return labelOf(value)
    case 'multiCode':
      return value.split(';').map(labelOf).join('；')
    case 'flag':
      return value === '1' ? '是' : '否'
    case 'date':
      return value.replaceAll('-', '/')
    default:
      return value
  }
}

/** Fills one row of a template in, under its own headers. */
async function fillIn(
  path: string,
  type: CompiledType,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  const sheet = workbook.worksheets[0]!
  type.fields.forEach((field, index) => {
    const header = sheet.getCell(1, index + 1).text.replace(/^\*/, '')
    expect(header).toBe(field.label)
    const value = values[field.code]
    if (value !== undefined) sheet.getCell(2, index + 1).value = asTyped(type, field.code, value)
  })
  await workbook.xlsx.writeFile(path)
}

describe.each(types)('%s', (code, type) => {
  it('has a template whose one good row reads back without an issue', async () => {
    const path = resolve(temporaryFolder(), '表.xlsx')
    await writeTemplate(standard.pack, type.spec, path)
    await fillIn(path, type, soundRecord(code))
    const deps = {
      standard,
      launchSheetChild: nodeSheetLauncher(entry.path),
      clock: stoppedClock('2026-11-23T01:00:00.000Z'),
    }
    const summary = await validateFile(
      deps,
      { path, name: '表.xlsx', recordType: code, sheet: null },
      silentTask,
    )
    expect(summary.issues).toEqual([])
    expect(summary).toMatchObject({ rows: 1, clean: 1, warned: 0, blocked: 0, recordType: code })
  })
})

describe('a sheet that fits two types as well', () => {
  it('is taken for one, and the clerk is asked', async () => {
    const bench = recordsBench(nodeSheetLauncher(entry.path))
    const path = bench.at('表.xlsx')
    const workbook = new ExcelJS.Workbook()
    const headers = ['机构全称中文', '统一社会信用代码', '荣誉名称', '认定文号', '认定机关全称', '认定日期']
    workbook.addWorksheet('Sheet1').addRow(headers)
    await workbook.xlsx.writeFile(path)
    const request = { path, name: '表.xlsx', recordType: null, sheet: null, headerRow: null }
    const inspection = await bench.intake.inspectFile(request)
    expect(['RYBZ_FR', 'HONGMD_FR']).toContain(inspection.recordType)
    expect(inspection.notices.map((notice) => notice.code)).toContain('file.also-fits')
    const told = await bench.intake.inspectFile({ ...request, recordType: 'HONGMD_FR' })
    expect(told.recordType).toBe('HONGMD_FR')
    expect(told.notices.map((notice) => notice.code)).not.toContain('file.also-fits')
  })
})

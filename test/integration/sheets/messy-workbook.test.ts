import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { mapColumns } from '@engine/sheets/column-mapping'
import { openSheetFile } from '@engine/sheets/file-reader'
import { guessRecordType } from '@engine/sheets/record-type-guess'
import { RowSifter } from '@engine/sheets/row-sifter'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { loadStandard } from '@engine/standards/standard-loader'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { readAll } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

const { pack } = loadStandard(
  resolve(import.meta.dirname, '../../../resources/standards/pingxiang-credit/2026.1'),
)

describe('a workbook as a bureau writes it, against the standard', () => {
  it('X6 X7 X13 is understood without help', async () => {
    const path = join(folder.path, 'messy.xlsx')
    await writeMessyLicences(path, 300)
    const inspection = await (await openSheetFile({ path }, defaultSheetLimits)).inspect()
    const sheet = inspection.sheets[0]!
    expect(guessRecordType(sheet.firstRows, pack.recordTypes, sheet.name)[0]?.recordType).toBe('XZXK_FR')
    const spec = pack.recordTypes.find(({ code }) => code === 'XZXK_FR')!
    const mapping = mapColumns({ file: inspection.file, rows: sheet.firstRows, spec })
    if (!mapping.ok) throw new Error(mapping.failure.code)
    expect(mapping.value).toMatchObject({ headerRow: 3, coverage: 1, duplicates: [] })
    expect(mapping.value.columns.filter(({ field }) => field === null).map(({ header }) => header)).toEqual([
      '序号',
    ])

    const sifter = new RowSifter(spec, mapping.value.columns, mapping.value.headerRow)
    const { rows } = await readAll(path)
    const sifted = rows.filter(({ row }) => row > 3).map((row) => sifter.sift(row))
    expect(sifted.filter(({ isData }) => isData)).toHaveLength(300)
    expect(sifted.flatMap(({ skipped }) => skipped.map(({ reason }) => reason))).toEqual([
      'blank',
      'blank',
      'blank',
      'total',
    ])
  })

  it.each(pack.recordTypes.map((spec) => [spec.code, spec] as const))(
    'a header of labels or of codes is guessed as %s',
    (code, spec) => {
      for (const key of ['label', 'code'] as const) {
        const fields = spec.fields.filter(({ envelope }) => envelope !== true)
        const rows = [{ row: 1, cells: fields.map((field) => ({ text: field[key], kind: 'text' as const })) }]
        expect(guessRecordType(rows, pack.recordTypes)[0]?.recordType).toBe(code)
      }
    },
  )
})

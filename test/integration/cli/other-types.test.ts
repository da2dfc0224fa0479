import ExcelJS from 'exceljs'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'

/** One of each class, and of each kind of subject: with and without a document number, a person, either. */
const TYPES = ['XYCN', 'HEIMD_ZRR', 'CCJC', 'HONGMD_FR', 'HTLY', 'YJ_QX', 'GQCZ']

let folder: string
let desk: PracticeDesk

const run = (...args: readonly string[]) =>
  runCommand([...args, '--data', desk.deskDir, '--json', '--now', rehearsalNow])

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-other-types-'))
  desk = await makePracticeDesk(folder, 'clean')
})
afterAll(async () => {
  await desk?.platform.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The sound record of the type's cases, under a header of field codes. */
async function writeSound(code: string): Promise<string> {
  const file = resolve(import.meta.dirname, `../../packs/${code}.cases.json`)
  const { base } = JSON.parse(readFileSync(file, 'utf8')) as { base: Record<string, string> }
  const path = join(folder, `${code}.xlsx`)
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Sheet1')
  sheet.addRow(Object.keys(base))
  sheet.addRow(Object.values(base))
  await workbook.xlsx.writeFile(path)
  return path
}

describe('records of the other types', () => {
  it('go from a sheet to the platform as the first ones do', async () => {
    for (const code of TYPES) {
      const imported = await run('import', await writeSound(code), '--type', code)
      expect([code, imported.json]).toEqual([
        code,
        expect.objectContaining({ rows: 1, clean: 1, blocked: 0 }),
      ])
    }
    const submitted = await run('submit')
    const { batches } = submitted.json as { batches: readonly { accepted: number; items: number }[] }
    const accepted = batches.reduce((sum, batch) => sum + batch.accepted, 0)
    expect([submitted.code, accepted]).toEqual([0, TYPES.length])
  })

  it('are found again by their keys, so that the same sheet adds nothing', async () => {
    for (const code of ['CCJC', 'HONGMD_FR']) {
      const again = await run('import', join(folder, `${code}.xlsx`), '--type', code)
      expect(again.json).toMatchObject({ imported: 0, skipped: 1 })
    }
  })
})

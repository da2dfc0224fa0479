import { copyFileSync, renameSync, writeFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { validateFile } from '@engine/services/file-validation'
import { silentTask } from '@engine/services/tasks-service'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { recordMarkHeader } from '@shared/texts/zh-CN/import-texts'
import { recordsBench, resourceDir, soundLicence } from './records-bench'

let entry: BundledEntry
const launcher = () => nodeSheetLauncher(entry.path)

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())

type Row = Readonly<Record<string, string | number>>
const columns = Object.keys(soundLicence)

/** Writes rows under a header of field codes. */
async function writeSheet(
  path: string,
  rows: readonly Row[],
  fields: readonly string[] = columns,
): Promise<void> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('许可')
  sheet.addRow([...fields])
  for (const row of rows) sheet.addRow(fields.map((field) => row[field] ?? null))
  await workbook.xlsx.writeFile(path)
}

const licence = (number: number, changes: Row = {}): Row => ({
  ...soundLicence,
  XK_WSH: `萍市监许〔2026〕${number}号`,
  ...changes,
})

describe('an import', () => {
  it('stores good rows, keeps bad ones as drafts and names row, column and reason', async () => {
    const bench = recordsBench(launcher())
    const path = bench.at('许可.xlsx')
    const expected = await writeMessyLicences(path, 300)
    const summary = await bench.importFile(path)
    expect(summary).toMatchObject({ rows: 300, imported: 300, updated: 0, skipped: 0 })
    expect(summary.clean + summary.warned + summary.blocked).toBe(300)
    expect(summary.blocked).toBe(expected.blocked.size)
    for (const [row, code] of expected.blocked) {
      const codes = summary.issues.filter((issue) => issue.row === row).map((issue) => issue.code)
      expect(codes.join(' ')).toContain(code)
    }
    expect(summary.issues.every((issue) => issue.column !== null && issue.message !== '')).toBe(true)
    expect(bench.intake.summary(summary.importId!)).toEqual({
      ...summary,
      durationMs: expect.any(Number) as number,
    })
    const counts = bench.query.byTypeAndLane()
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(300)
    expect(counts.find(({ lane }) => lane === 'blocked')?.count).toBe(expected.blocked.size)
    expect(bench.audit.firstBroken()).toBeNull()
  })

  it('adds nothing when the same file comes again, under any name', async () => {
    const bench = recordsBench(launcher())
    await writeMessyLicences(bench.at('a.xlsx'), 120)
    await bench.importFile(bench.at('a.xlsx'))
    copyFileSync(bench.at('a.xlsx'), bench.at('b.xlsx'))
    expect(await bench.importFile(bench.at('b.xlsx'))).toMatchObject({
      rows: 120,
      imported: 0,
      updated: 0,
      skipped: 120,
    })
  })

  it('judges everything and stores nothing in a preview', async () => {
    const bench = recordsBench(launcher())
    await writeMessyLicences(bench.at('a.xlsx'), 120)
    const preview = await bench.importFile(bench.at('a.xlsx'), { dryRun: true })
    expect(bench.query.byTypeAndLane()).toEqual([])
    const run = await bench.importFile(bench.at('a.xlsx'))
    expect({ ...preview, importId: null, durationMs: 0 }).toEqual({ ...run, importId: null, durationMs: 0 })
  })

  it('changes an open record of the same key and leaves later corrections alone', async () => {
    const bench = recordsBench(launcher())
    await writeSheet(bench.at('a.xlsx'), [licence(1, { XK_NR: '旧内容旧内容' }), licence(2)])
    await writeSheet(bench.at('b.xlsx'), [licence(1, { XK_NR: '新内容新内容' }), licence(2), licence(3)])
    await bench.importFile(bench.at('a.xlsx'))
    expect(await bench.importFile(bench.at('b.xlsx'))).toMatchObject({ imported: 1, updated: 1, skipped: 1 })
    const [first] = bench.pages.pageAfter(allPages(bench)).rows
    expect(first).toMatchObject({ headRevision: 2, docNo: '萍市监许〔2026〕1号' })
    expect(bench.records.revision(first!.recordId, 2)?.values['XK_NR']).toBe('新内容新内容')
    // The older file does not undo the newer one.
    expect(await bench.importFile(bench.at('a.xlsx'))).toMatchObject({ imported: 0, updated: 0, skipped: 2 })
  })

  it('keeps what a file does not carry', async () => {
    const bench = recordsBench(launcher())
    await writeSheet(bench.at('a.xlsx'), [licence(1, { BZ: '备注一' })], [...columns, 'BZ'])
    await writeSheet(bench.at('b.xlsx'), [licence(1, { XK_NR: '新内容新内容' })])
    await bench.importFile(bench.at('a.xlsx'))
    expect(await bench.importFile(bench.at('b.xlsx'))).toMatchObject({ updated: 1 })
    const [record] = bench.pages.pageAfter(allPages(bench)).rows
    expect(bench.records.revision(record!.recordId, 2)?.values).toMatchObject({
      BZ: '备注一',
      XK_NR: '新内容新内容',
    })
    expect(await bench.importFile(bench.at('b.xlsx'))).toMatchObject({ updated: 0, skipped: 1 })
  })

  it('keeps a repeated key as a blocked duplicate that names the other row, and frees it when the owner goes', async () => {
    const bench = recordsBench(launcher())
    await writeSheet(bench.at('a.xlsx'), [licence(1), licence(1, { XK_NR: '另一内容内容' }), licence(1)])
    const summary = await bench.importFile(bench.at('a.xlsx'))
    expect(summary).toMatchObject({ rows: 3, imported: 2, skipped: 1, blocked: 1 })
    expect(summary.issues.filter(({ severity }) => severity === 'error')).toMatchObject([
      { row: 3, column: 'F', code: 'import.repeated-row' },
    ])
    expect(summary.issues.find(({ code }) => code === 'import.repeated-row')?.message).toContain('2')
    const [owner, duplicate] = bench.pages.pageAfter(allPages(bench)).rows
    expect(duplicate).toMatchObject({
      isDuplicate: true,
      quality: 'blocked',
      headlineCode: 'record.duplicate',
    })
    bench.decisions.discard([owner!.recordId], '重复')
    expect(bench.records.find(duplicate!.recordId)).toMatchObject({
      isDuplicate: false,
      quality: 'clean',
      editorial: 'checked',
    })
  })

  it('never changes a record that is on its way or accepted: other content becomes a blocked duplicate', async () => {
    const bench = recordsBench(launcher())
    await writeSheet(bench.at('a.xlsx'), [licence(1)])
    await bench.importFile(bench.at('a.xlsx'))
    const [record] = bench.pages.pageAfter(allPages(bench)).rows
    bench.store.write(() => {
      bench.records.update(record!.recordId, { editorial: 'sealed' })
      bench.records.moveDelivery(record!.recordId, 1, 'sealed')
    })
    await writeSheet(bench.at('b.xlsx'), [licence(1, { XK_NR: '另一内容内容' })])
    expect(await bench.importFile(bench.at('b.xlsx'))).toMatchObject({ imported: 1, updated: 0, blocked: 1 })
    expect(bench.records.find(record!.recordId)?.headRevision).toBe(1)
  })

  it('finds the drafts of a mended error workbook again', async () => {
    const bench = recordsBench(launcher())
    await writeSheet(bench.at('a.xlsx'), [
      licence(1, { XK_WSH: '' }),
      licence(2, { XK_JDRQ: '2026-13-40' }),
      licence(3),
    ])
    const summary = await bench.importFile(bench.at('a.xlsx'))
    expect(summary.blocked).toBe(2)
    expect(await bench.intake.writeErrorWorkbook(summary.importId!, bench.at('errors.xlsx'))).toBe(2)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(bench.at('errors.xlsx'))
    const sheet = workbook.worksheets[0]!
    const header = sheet.getRow(1).values as string[]
    expect(header).toContain(recordMarkHeader)
    sheet.getRow(2).getCell(header.indexOf('XK_WSH')).value = '萍市监许〔2026〕1号'
    sheet.getRow(3).getCell(header.indexOf('XK_JDRQ')).value = '2026-11-18'
    await workbook.xlsx.writeFile(bench.at('mended.xlsx'))
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({
      imported: 0,
      updated: 2,
      clean: 2,
    })
    expect(bench.query.byTypeAndLane()).toEqual([{ type: 'XZXK_FR', lane: 'ready', count: 3 }])
    expect(await bench.importFile(bench.at('mended.xlsx'))).toMatchObject({
      imported: 0,
      updated: 0,
      skipped: 2,
    })
    expect(await bench.importFile(bench.at('a.xlsx'))).toMatchObject({ imported: 0, updated: 0, skipped: 3 })
  })

  it('keeps committed chunks when it is cancelled and says how many rows that were', async () => {
    const bench = recordsBench(launcher())
    const lines = Array.from({ length: 9_000 }, (_, index) => Object.values(licence(index + 1)).join(','))
    writeFileSync(bench.at('a.csv'), [columns.join(','), ...lines].join('\n'))
    const abort = new AbortController()
    const task = {
      signal: abort.signal,
      progress: (step: string) => {
        if (step === 'storing') abort.abort()
      },
    }
    const error = await bench.importFile(bench.at('a.csv'), {}, task).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FailureError)
    const { failure } = error as FailureError
    expect(failure.code).toBe('task.cancelled')
    const stored = Number(failure.params['stored'])
    expect(stored).toBeGreaterThan(0)
    expect(stored).toBeLessThan(9_000)
    expect(bench.query.byTypeAndLane()[0]?.count).toBe(stored)
    expect(await bench.importFile(bench.at('a.csv'))).toMatchObject({
      imported: 9_000 - stored,
      skipped: stored,
    })
  })

  it('calls a file by the name that the user gave it, wherever it lies', async () => {
    const bench = recordsBench(launcher())
    const shelved = bench.at('hZ9c-token')
    const request = { path: shelved, name: '11月许可.xlsx' }
    writeFileSync(shelved, 'PK\u0003\u0004 not a zip')
    const named = { code: 'input.damaged', params: { file: request.name } }
    const looking = bench.intake.inspectFile({ ...request, recordType: null, sheet: null, headerRow: null })
    await expect(looking).rejects.toMatchObject({ failure: named })
    await expect(bench.importFile(shelved, { name: request.name })).rejects.toMatchObject({ failure: named })

    const book = bench.at('book.xlsx')
    await writeSheet(book, [licence(1)])
    renameSync(book, shelved)
    const summary = await bench.importFile(shelved, { name: request.name })
    expect(summary).toMatchObject({ fileName: request.name, imported: 1 })
    expect(bench.intake.summary(summary.importId!).fileName).toBe(request.name)
    const [record] = bench.records.sealable({ type: null, recordIds: null })
    expect(bench.views.detail(record!.recordId)).toMatchObject({
      origin: { fileName: request.name, row: 2 },
      timeline: [{ act: 'record.imported', params: { file: request.name, row: 2 } }],
    })
  })

  it('remembers a mapping for the next file with the same header', async () => {
    const bench = recordsBench(launcher())
    const fields = columns.map((field) => (field === 'XK_NR' ? '甲栏' : field))
    const row = { ...licence(1), 甲栏: '准予从事食品经营活动' }
    await writeSheet(bench.at('a.xlsx'), [row], fields)
    const at = fields.indexOf('甲栏')
    expect(await bench.importFile(bench.at('a.xlsx'), { mapping: { [at]: 'XK_NR' } })).toMatchObject({
      blocked: 0,
    })
    await writeSheet(bench.at('b.xlsx'), [{ ...row, XK_WSH: '萍市监许〔2026〕2号' }], fields)
    const inspection = await bench.intake.inspectFile({
      path: bench.at('b.xlsx'),
      name: 'b.xlsx',
      recordType: 'XZXK_FR',
      sheet: null,
      headerRow: null,
    })
    expect(inspection.columns[at]).toMatchObject({ field: 'XK_NR', by: 'remembered' })
    expect(await bench.importFile(bench.at('b.xlsx'))).toMatchObject({ imported: 1, blocked: 0 })
  })

  it('gives every row what no column gives, says so, and remembers it for the same header', async () => {
    const bench = recordsBench(launcher())
    const fields = columns.filter((field) => field !== 'XK_NR')
    await writeSheet(bench.at('a.xlsx'), [licence(1)], fields)
    expect(await bench.importFile(bench.at('a.xlsx'))).toMatchObject({ blocked: 1 })
    const fills = { XK_NR: ' 准予从事食品经营 ', XK_WSH: '不作数，表里有这一列', BZ: '' }
    const summary = await bench.importFile(bench.at('a.xlsx'), { fills })
    expect(summary).toMatchObject({ updated: 1, blocked: 0 })
    expect(summary.notices).toMatchObject([{ code: 'columns.filled' }])
    expect(summary.notices[0]!.message).toContain('许可内容')
    await writeSheet(bench.at('b.xlsx'), [licence(2)], fields)
    const request = { path: bench.at('b.xlsx'), name: 'b.xlsx', recordType: 'XZXK_FR' }
    const inspection = await bench.intake.inspectFile({ ...request, sheet: null, headerRow: null })
    expect(inspection.fills).toEqual({ XK_NR: ' 准予从事食品经营 ' })
    expect(await bench.importFile(bench.at('b.xlsx'))).toMatchObject({ imported: 1, blocked: 0 })
    const unknown = bench.importFile(bench.at('b.xlsx'), { fills: { NO_SUCH: '甲' } })
    await expect(unknown).rejects.toMatchObject({ failure: { code: 'record.unknown-field' } })
  })

  it('leaves what was changed at the desk alone when its file comes again, and fills only what is still empty', async () => {
    const bench = recordsBench(launcher())
    const fields = columns.filter((field) => field !== 'XK_NR')
    await writeSheet(bench.at('a.xlsx'), [licence(1), licence(2)], fields)
    await bench.importFile(bench.at('a.xlsx'))
    const [first, second] = bench.pages.pageAfter(allPages(bench)).rows
    bench.editing.save(first!.recordId, 1, { XK_XDR_MC: '萍乡市改名商贸有限公司', XK_NR: '准予从事餐饮服务' })
    // A column of the file and a field without one were changed: together they are no content that ever was.
    expect(await bench.importFile(bench.at('a.xlsx'))).toMatchObject({ updated: 0, skipped: 2 })
    const fills = { XK_NR: '准予从事食品经营' }
    expect(await bench.importFile(bench.at('a.xlsx'), { fills })).toMatchObject({ updated: 1, skipped: 1 })
    const valuesOf = (record: typeof first) => {
      const { recordId, headRevision } = bench.records.find(record!.recordId)!
      return bench.records.revision(recordId, headRevision)!.values
    }
    expect(valuesOf(first)).toMatchObject({ XK_XDR_MC: '萍乡市改名商贸有限公司', XK_NR: '准予从事餐饮服务' })
    expect(valuesOf(second)).toMatchObject({ XK_NR: '准予从事食品经营' })
    // A column that was changed at the desk stays; a row that says something new is taken.
    await writeSheet(bench.at('b.xlsx'), [licence(1, { XK_XDR_MC: '萍乡市新名商贸有限公司' })], fields)
    expect(await bench.importFile(bench.at('b.xlsx'))).toMatchObject({ updated: 1 })
    expect(valuesOf(first)).toMatchObject({ XK_XDR_MC: '萍乡市新名商贸有限公司', XK_NR: '准予从事餐饮服务' })
  })

  it('refuses a file without rows and a mapping to a field that does not exist', async () => {
    const bench = recordsBench(launcher())
    await writeSheet(bench.at('a.xlsx'), [])
    await expect(bench.importFile(bench.at('a.xlsx'))).rejects.toMatchObject({
      failure: { code: 'input.no-rows' },
    })
    await writeSheet(bench.at('b.xlsx'), [licence(1)])
    await expect(bench.importFile(bench.at('b.xlsx'), { mapping: { 0: 'NO_SUCH' } })).rejects.toMatchObject({
      failure: { code: 'record.unknown-field' },
    })
    const twice = bench.importFile(bench.at('b.xlsx'), { mapping: { 0: 'XK_WSH', 1: 'XK_WSH' } })
    await expect(twice).rejects.toMatchObject({ failure: { code: 'usage.invalid' } })
  })
})

it('checks a file without a store as an import into an empty one would', async () => {
  const bench = recordsBench(launcher())
  await writeMessyLicences(bench.at('a.xlsx'), 60)
  const checked = await validateFile(
    { standard: loadInstalledStandard(resourceDir), launchSheetChild: launcher(), clock: bench.clock },
    { path: bench.at('a.xlsx'), name: 'a.xlsx', recordType: 'XZXK_FR', sheet: null },
    silentTask,
  )
  const imported = await bench.importFile(bench.at('a.xlsx'))
  expect(checked.blocked).toBe(imported.blocked)
  expect(checked.rows).toBe(imported.rows)
})

const allPages = (bench: ReturnType<typeof recordsBench>) => ({
  type: null,
  filter: 'all' as const,
  search: '',
  sort: 'doc_no' as const,
  after: null,
  limit: 100,
  delivery: null,
  clock: null,
  days: bench.deadlines.clockDays(),
})

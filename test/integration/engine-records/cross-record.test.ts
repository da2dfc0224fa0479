import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { validateFile } from '@engine/services/file-validation'
import { silentTask } from '@engine/services/tasks-service'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { recordsBench, resourceDir, soundLicence } from './records-bench'
import type { RecordsBench } from './records-bench'

let entry: BundledEntry
const launcher = () => nodeSheetLauncher(entry.path)

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())

type Row = Readonly<Record<string, string>>
const OTHER = { XK_XDR_MC: '萍乡市示例第2号贸易有限公司', XK_XDR_SHXYM: '91360000625912173B' }

const licence = (number: number, changes: Row = {}): Row => ({
  ...soundLicence,
  XK_WSH: `萍市监许〔2026〕${number}号`,
  ...changes,
})

function writeCsv(bench: RecordsBench, name: string, rows: readonly Row[]): string {
  const columns = Object.keys(soundLicence)
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
  writeFileSync(bench.at(name), lines.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n'))
  return bench.at(name)
}

function accept(bench: RecordsBench, recordId: string): void {
  bench.store.write(() => {
    const { headRevision } = bench.records.find(recordId)!
    bench.records.update(recordId, { editorial: 'sealed' })
    for (const state of ['sealed', 'sending', 'processing', 'accepted'] as const)
      bench.records.moveDelivery(recordId, headRevision, state)
    bench.records.update(recordId, {
      platformRef: `P-${recordId}`,
      acceptedRevision: headRevision,
      firstReceivedAt: bench.clock.now(),
    })
  })
}

const codesOf = (issues: readonly { readonly row: number; readonly code: string }[]) =>
  issues.map(({ row, code }) => [row, code])

describe('the same decision twice (D9)', () => {
  it('in one file is an error', async () => {
    const bench = recordsBench(launcher())
    const path = writeCsv(bench, 'a.csv', [licence(1), licence(1, { XK_NR: '另一内容内容' })])
    const summary = await bench.importFile(path)
    expect(codesOf(summary.issues)).toEqual([[3, 'import.repeated-row']])
    expect(summary).toMatchObject({ clean: 1, blocked: 1 })
  })

  it('typed into a desk that has it waiting is an error that leads to the other record', () => {
    const bench = recordsBench()
    const first = bench.editing.create('XZXK_FR', licence(1))
    const second = bench.editing.create('XZXK_FR', licence(1, { XK_WSH: '萍市监许（2026）1号' }))
    const { quality, issueList } = bench.views.detail(second)
    expect(quality).toBe('blocked')
    expect(issueList.filter(({ severity }) => severity !== 'hint')).toMatchObject([
      { code: 'record.duplicate', severity: 'error', otherRecordId: first },
    ])
  })

  it('after it was accepted is a correction that somebody has to mean', async () => {
    const bench = recordsBench(launcher())
    const recordId = bench.editing.create(
      'XZXK_FR',
      licence(1, { XK_JDRQ: '2025-11-18', XK_YXQZ: '2025-11-18' }),
    )
    accept(bench, recordId)
    const changed = licence(1, { XK_JDRQ: '2025-11-18', XK_YXQZ: '2025-11-18', XK_NR: '新内容新内容' })
    const summary = await bench.importFile(writeCsv(bench, 'a.csv', [changed]))
    expect(summary).toMatchObject({ imported: 0, updated: 1, warned: 1, blocked: 0 })
    expect(summary.issues).toMatchObject([{ code: 'import.changes-accepted', severity: 'warning' }])
    expect(summary.issues[0]?.message).toContain('许可内容')
    expect(bench.records.find(recordId)).toMatchObject({
      op: 'correct',
      delivery: 'none',
      quality: 'warned',
      acceptedRevision: 1,
      headRevision: 2,
    })
    expect(bench.records.sealable({ type: null, recordIds: null })).toEqual([])
    bench.decisions.confirmMany([recordId], 'import.changes-accepted', '确需更正')
    expect(bench.records.sealable({ type: null, recordIds: null })).toHaveLength(1)
    expect(bench.audit.ofRef(recordId, 9).map(({ act }) => act)).toContain('record.correction-drafted')
  })

  it('with nothing new in it is no news, however often it comes', async () => {
    const bench = recordsBench(launcher())
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    accept(bench, recordId)
    const path = writeCsv(bench, 'a.csv', [licence(1)])
    expect(await bench.importFile(path)).toMatchObject({ imported: 0, updated: 0, skipped: 1 })
    expect(bench.records.find(recordId)).toMatchObject({ headRevision: 1, delivery: 'accepted' })
  })
})

describe('one document number for two subjects', () => {
  const rows = [licence(1), licence(1, OTHER), licence(2)]

  it('warns in a check without a desk, in a preview and in the import alike', async () => {
    const bench = recordsBench(launcher())
    const path = writeCsv(bench, 'a.csv', rows)
    const expected = [[3, 'record.same-document-number']]
    const standard = loadInstalledStandard(resourceDir)
    const checked = await validateFile(
      { standard, launchSheetChild: launcher(), clock: bench.clock },
      { path, name: 'a.csv', recordType: 'XZXK_FR', sheet: null },
      silentTask,
    )
    expect(codesOf(checked.issues)).toEqual(expected)
    const preview = await bench.importFile(path, { dryRun: true })
    expect(codesOf(preview.issues)).toEqual(expected)
    const summary = await bench.importFile(path)
    expect(codesOf(summary.issues)).toEqual(expected)
    for (const one of [checked, preview, summary])
      expect(one).toMatchObject({ clean: 2, warned: 1, blocked: 0 })
  })

  it('stays confirmed while the other record moves on', async () => {
    const bench = recordsBench(launcher())
    await bench.importFile(writeCsv(bench, 'a.csv', rows))
    const warned = bench.pages
      .pageAfter({ ...everything, days: bench.deadlines.clockDays() })
      .rows.find(({ quality }) => quality === 'warned')!
    const other = bench.lookup.findOtherSubject({ ...warned, exceptRecordId: warned.recordId })!
    bench.decisions.confirmWarning(warned.recordId, 'record.same-document-number', 'XK_WSH', '一文两证')
    accept(bench, other.recordId)
    await bench.checking.recheckDrafts(null)
    expect(bench.records.find(warned.recordId)).toMatchObject({ quality: 'clean', editorial: 'checked' })
  })
})

const everything = {
  type: null,
  filter: 'all',
  search: '',
  delivery: null,
  clock: null,
  sort: 'danger',
  after: null,
  limit: 100,
} as const

import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuse } from '@shared/kernel/failure'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { outcomeOf, recordsOf } from '@test/fixtures/bad-input/case-bench'
import { inventedUscc } from '@test/fixtures/invented-subjects'
import { recordsBench, soundLicence } from './records-bench'
import type { RecordsBench } from './records-bench'
import { openedStore } from './store-fixture'

let entry: BundledEntry
const launcher = () => nodeSheetLauncher(entry.path)

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
})
afterAll(() => entry.remove())

type Row = Readonly<Record<string, string>>
const columns = Object.keys(soundLicence)

const licence = (number: number, changes: Row = {}): Row => ({
  ...soundLicence,
  XK_XDR_MC: `萍乡市示例第${number}号贸易有限公司`,
  XK_XDR_SHXYM: inventedUscc(number),
  XK_WSH: `萍市监许〔2026〕${number}号`,
  ...changes,
})

function imported(bench: RecordsBench, name: string, rows: readonly Row[], torn = '') {
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(','))
  writeFileSync(bench.at(name), [columns.join(','), ...lines].join('\n') + torn)
  return bench.importFile(bench.at(name))
}

const faulty = [
  licence(1),
  licence(2, { XK_XDR_SHXYM: '91360302230001009X' }),
  licence(3, { XK_WSH: '' }),
  licence(4, { XK_NR: '' }),
]
const mended = [licence(1), licence(2), licence(3), licence(4)]

describe('a table that its owner has mended', () => {
  it('finds the drafts of its faulty rows, under the same name', async () => {
    const bench = recordsBench(launcher())
    expect(await imported(bench, '台账.csv', faulty)).toMatchObject({ imported: 4, clean: 1, blocked: 3 })
    const before = new Set(recordsOf(bench).map(({ recordId }) => recordId))
    expect(await imported(bench, '台账.csv', mended)).toMatchObject({
      ...{ imported: 0, updated: 3, skipped: 1, clean: 3, blocked: 0 },
      issueCounts: {},
    })
    const after = recordsOf(bench)
    expect(new Set(after.map(({ recordId }) => recordId))).toEqual(before)
    expect(after.map(({ quality }) => quality)).toEqual(['clean', 'clean', 'clean', 'clean'])
  })

  it('finds them under another name, with rows moved and others added', async () => {
    const bench = recordsBench(launcher())
    await imported(bench, '台账.csv', faulty)
    const moved = [licence(9), ...mended].reverse()
    expect(await imported(bench, '台账（改）.csv', moved)).toMatchObject({
      imported: 1,
      updated: 3,
      skipped: 1,
    })
    expect(recordsOf(bench)).toHaveLength(5)
  })

  it('a preview says the same', async () => {
    const bench = recordsBench(launcher())
    await imported(bench, '台账.csv', faulty)
    writeFileSync(
      bench.at('看.csv'),
      [columns.join(','), ...mended.map((row) => columns.map((column) => row[column] ?? '').join(','))].join(
        '\n',
      ),
    )
    expect(await bench.importFile(bench.at('看.csv'), { dryRun: true })).toMatchObject({
      imported: 0,
      updated: 3,
    })
    expect(recordsOf(bench).filter(({ quality }) => quality === 'blocked')).toHaveLength(3)
  })

  it('next week’s table of the same name takes nobody’s place', async () => {
    const bench = recordsBench(launcher())
    await imported(bench, '台账.csv', faulty)
    const next = [licence(11), licence(12), licence(13), licence(14)]
    expect(await imported(bench, '台账.csv', next)).toMatchObject({ imported: 4, updated: 0 })
    expect(recordsOf(bench)).toHaveLength(8)
  })

  it('drafts that no row is about any more are told of, once they are', async () => {
    const bench = recordsBench(launcher())
    const left = (summary: {
      readonly notices: readonly { readonly code: string; readonly message: string }[]
    }) =>
      summary.notices
        .filter(({ code }) => code === 'drafts.left')
        .map(({ message }) => /\d+/.exec(message)?.[0])
    expect(left(await imported(bench, '台账.csv', faulty))).toEqual([])
    expect(left(await imported(bench, '台账.csv', faulty))).toEqual([])
    expect(left(await imported(bench, '别的.csv', [licence(20)]))).toEqual([])
    expect(left(await imported(bench, '台账.csv', [licence(1), licence(2)]))).toEqual(['2'])
    expect(left(await imported(bench, '台账.csv', mended))).toEqual([])
  })

  it('two decisions about one subject do not share a draft', async () => {
    const bench = recordsBench(launcher())
    await imported(bench, '一.csv', [licence(1, { XK_WSH: '' })])
    const both = [licence(1), licence(1, { XK_WSH: '萍市监许〔2026〕2号' })]
    expect(await imported(bench, '二.csv', both)).toMatchObject({ imported: 1, updated: 1, clean: 2 })
    expect(recordsOf(bench).map(({ docNo }) => docNo)).toEqual(['萍市监许〔2026〕1号', '萍市监许〔2026〕2号'])
  })

  it('C14 a row that was torn and is whole again is mended though its values are the same', async () => {
    const bench = recordsBench(launcher())
    const torn = await imported(bench, '行.csv', [licence(1)], ',\n')
    expect(torn).toMatchObject({ blocked: 1, issueCounts: { 'import.ragged-row': 1 } })
    expect(await imported(bench, '行.csv', [licence(1)], '\n')).toMatchObject({
      updated: 1,
      clean: 1,
      blocked: 0,
    })
    expect(recordsOf(bench).map(({ quality }) => quality)).toEqual(['clean'])
  })

  it('C14 a torn row that comes back untouched in the error workbook is as torn as before', async () => {
    const bench = recordsBench(launcher())
    const { importId } = await imported(bench, '行.csv', [licence(1)], ',\n')
    await bench.intake.writeErrorWorkbook(importId!, bench.at('错误.xlsx'))
    expect(await bench.importFile(bench.at('错误.xlsx'))).toMatchObject({ updated: 0, skipped: 1 })
    expect(recordsOf(bench).map(({ quality }) => quality)).toEqual(['blocked'])
  })
})

describe('an import that fails on its way', () => {
  it('its trail counts what was kept, not what was rolled back', async () => {
    const opened = openedStore()
    let writes = 0
    const store = {
      ...opened.store,
      write: <T>(work: () => T): T =>
        opened.store.write(() => {
          const result = work()
          if (++writes === 2) refuse('storage.full')
          return result
        }),
    }
    const bench = recordsBench(launcher(), { ...opened, store })
    // Long enough that the reader hands it over in several pieces.
    const content = '准予从事食品经营'.repeat(60)
    const rows = Array.from({ length: 9_000 }, (_, at) => licence(at + 1, { XK_NR: content }))
    const failure = await outcomeOf(imported(bench, '长.csv', rows))
    expect(failure).toMatchObject({ code: 'storage.full' })
    const stored = opened.database.prepare('SELECT count(*) FROM record').pluck().get()
    const body = opened.database
      .prepare<[], string>("SELECT body_json FROM audit WHERE act = 'import.cut-short'")
      .pluck()
      .get()
    expect(stored).toBeGreaterThan(0)
    expect(stored).toBeLessThan(rows.length)
    expect(JSON.parse(body!)).toMatchObject({ rows: stored, imported: stored })
    expect(failure).toMatchObject({ params: { stored } })
  })
})
